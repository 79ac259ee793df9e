package engineroom.stores.sql;

import engineroom.data.JsonText;
import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Variable;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Summary;
import engineroom.operation.Summary.Having;
import engineroom.plan.Plan;
import engineroom.stores.sql.Dialect.Rank;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes the statement of a plan for groups: an inner one groups and measures, an outer one keeps
/// the groups that have what is asked, orders them and makes their JSON.
///
/// Some plans have no statement and are answered in memory: those that group by a list or by a
/// decimal without a scale, and those with a measure that [MeasureWriter] has no words for. A
/// statement fails with an overflow where a sum leaves 64 bits; then memory answers, too.
public final class GroupsSql {
  /// The alias of the inner statement.
  private static final String GROUPS = "g";

  private final ExpressionWriter writer;
  private final Dialect.Json json;
  private final Summary summary;
  private final List<Column> columns;

  private GroupsSql(ExpressionWriter writer, Summary summary, List<Column> columns) {
    this.writer = writer;
    this.json = writer.dialect().json();
    this.summary = summary;
    this.columns = columns;
  }

  /// A group or a measure: its form, and the names and texts of its parts in the inner statement.
  private record Column(Form form, List<String> names, List<Sql> parts) {}

  /// Writes a plan as SQL whose one column is the JSON text, where there is such SQL.
  public static Optional<SqlText> of(Plan.Groups plan, ExpressionWriter writer) {
    var summary = plan.summary();
    var none = Names.at(plan.moment());
    var table = none.fresh(summary.entity());
    var names = none.with(Variable.ROW, table);
    var columns = new ArrayList<Column>();
    for (var group : summary.groups()) {
      var form = writer.form(group.by());
      if (form == Form.Simple.EXACT || form instanceof Form.Array) {
        return Optional.empty();
      }
      columns.add(column(columns.size(), form, parts(writer, group.by(), names)));
    }
    var measures = new MeasureWriter(writer);
    for (var measure : summary.measures()) {
      var written = measures.write(measure, names);
      if (written == null) {
        return Optional.empty();
      }
      columns.add(column(columns.size(), written.form(), written.parts()));
    }
    return Optional.of(new GroupsSql(writer, summary, columns).statement(table, names));
  }

  private static List<Sql> parts(ExpressionWriter writer, Expression by, Names names) {
    var parts = new ArrayList<Sql>();
    for (var part = 0; part < writer.form(by).parts(); part++) {
      parts.add(writer.value(by, part, names));
    }
    return parts;
  }

  private static Column column(int number, Form form, List<Sql> parts) {
    var names = new ArrayList<String>();
    for (var part = 0; part < parts.size(); part++) {
      names.add("c" + number + "_" + part);
    }
    return new Column(form, names, parts);
  }

  private SqlText statement(Names.Table table, Names names) {
    var sql = Sql.of("SELECT ", object(), " FROM (", inner(table, names), ") ", GROUPS);
    var kept = summary.having().stream().map(this::having).toList();
    if (!kept.isEmpty()) {
      sql.add(" WHERE ").add(Sql.joined(" AND ", kept));
    }
    var order = order();
    if (!order.isEmpty()) {
      sql.add(" ORDER BY " + String.join(", ", order));
    }
    return sql.add(" LIMIT ")
        .bind(Bind.Limit.LIMIT)
        .add(" OFFSET ")
        .bind(Bind.Offset.OFFSET)
        .done();
  }

  private Sql inner(Names.Table table, Names names) {
    var results = new ArrayList<Sql>();
    for (var column : columns) {
      for (var part = 0; part < column.parts().size(); part++) {
        results.add(Sql.of(column.parts().get(part), " AS ", column.names().get(part)));
      }
    }
    if (results.isEmpty()) {
      results.add(Sql.of("count(*)"));
    }
    var groups = columns.subList(0, summary.groups().size());
    var keys = groups.stream().flatMap(group -> group.names().stream()).toList();
    return Sql.of("SELECT ", Sql.joined(", ", results), " FROM ", writer.rows().from(table))
        .add(Sql.of(" WHERE ", writer.condition(summary.filter(), names)))
        .add(keys.isEmpty() ? "" : " GROUP BY " + positions(keys.size()));
  }

  private static String positions(int count) {
    var positions = new ArrayList<String>();
    for (var i = 1; i <= count; i++) {
      positions.add(Integer.toString(i));
    }
    return String.join(", ", positions);
  }

  /// Whether a group has what is asked: the evaluator compares.
  private Sql having(Having having) {
    var column = columns.get(summary.groups().size() + having.measure());
    var asked = having.value().type();
    var measured = measured(column.form(), asked);
    var given = given(asked);
    var compare =
        new Compare(having.comparison(), new Parameter(0, asked), new Parameter(1, asked));
    var parts = new ArrayList<Sql>();
    column.names().subList(0, measured.parts()).forEach(name -> parts.add(Sql.of(at(name))));
    for (var part = 0; part < given.parts(); part++) {
      parts.add(writer.argument(having.value().index(), given, part));
    }
    return writer
        .dialect()
        .computed(new Computation(compare, List.of(measured, given), Form.Simple.BOOLEAN), parts);
  }

  /// How a measure is compared: money with what is not money by its amount.
  private static Form measured(Form form, Type asked) {
    return form instanceof Form.Money && asked != Type.Scalar.MONEY ? Form.Simple.INTEGER : form;
  }

  private Form given(Type asked) {
    return asked == Type.Scalar.INTEGER || asked == Type.Scalar.NUMBER
        ? Form.Simple.EXACT
        : Form.of(writer.tables().model(), asked);
  }

  private static String at(String name) {
    return GROUPS + "." + name;
  }

  private List<String> order() {
    var keys = new ArrayList<String>();
    for (var key : summary.sort()) {
      addKeys(keys, columns.get(key.column()), key.direction());
    }
    for (var i = 0; i < summary.groups().size(); i++) {
      addKeys(keys, columns.get(i), Direction.ASCENDING);
    }
    return keys;
  }

  private void addKeys(List<String> keys, Column column, Direction direction) {
    var rank = direction == Direction.DESCENDING ? Rank.DESCENDING_NULLS : Rank.ASCENDING_NULLS;
    for (var name : column.names()) {
      keys.add(writer.dialect().ordered(at(name), column.form(), rank));
    }
  }

  private Sql object() {
    var pieces = new JsonPieces();
    pieces.text("{");
    if (!summary.groups().isEmpty()) {
      pieces.text("\"group\":{");
      groups(pieces);
      pieces.text("}");
    }
    var byFunction = new LinkedHashMap<Summary.Function, List<Integer>>();
    for (var i = 0; i < summary.measures().size(); i++) {
      var function = summary.measures().get(i).function();
      byFunction.computeIfAbsent(function, _ -> new ArrayList<>()).add(i);
    }
    var separator = summary.groups().isEmpty() ? "\"" : ",\"";
    for (var entry : byFunction.entrySet()) {
      pieces.text(separator + entry.getKey().name().toLowerCase(Locale.ROOT) + "\":");
      measures(pieces, entry.getValue());
      separator = ",\"";
    }
    pieces.text("}");
    return pieces.concat(json);
  }

  private void groups(JsonPieces pieces) {
    for (var i = 0; i < summary.groups().size(); i++) {
      var group = summary.groups().get(i);
      member(pieces, i == 0 ? "" : ",", group.name());
      var json = json(columns.get(i));
      pieces.value(
          group.by().type() instanceof Type.RowOf
              ? present(this.json.joined(List.of(Sql.of("'{\"id\":'"), json, Sql.of("'}'"))))
              : present(json));
    }
  }

  private void measures(JsonPieces pieces, List<Integer> positions) {
    var first = summary.groups().size();
    var measures = summary.measures();
    if (positions.size() == 1 && measures.get(positions.getFirst()).name().isEmpty()) {
      pieces.value(present(json(columns.get(first + positions.getFirst()))));
      return;
    }
    var separator = "{";
    for (var position : positions) {
      member(pieces, separator, measures.get(position).name());
      pieces.value(present(json(columns.get(first + position))));
      separator = ",";
    }
    pieces.text("}");
  }

  private static void member(JsonPieces pieces, String separator, String name) {
    var text = new StringBuilder(separator);
    JsonText.quote(text, name);
    pieces.text(text.append(':').toString());
  }

  /// The JSON of a column; null of null.
  private Sql json(Column column) {
    return new JsonSql(writer)
        .json(column.form(), column.names().stream().map(GroupsSql::at).toList());
  }

  private Sql present(Sql json) {
    return this.json.or(json, Sql.of("'null'"));
  }
}
