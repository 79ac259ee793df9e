package engineroom.stores.sql;

import engineroom.authorize.Shape;
import engineroom.authorize.Shape.Member;
import engineroom.data.JsonText;
import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Variable;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Dialect.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes SQL that makes the JSON text of rows, piece by piece.
final class JsonSql {
  private final ExpressionWriter writer;
  private final Dialect.Json dialect;

  JsonSql(ExpressionWriter writer) {
    this.writer = writer;
    this.dialect = writer.dialect().json();
  }

  /// The JSON object of a row.
  Sql object(Shape shape, Names.Table table, Names names) {
    var pieces = new JsonPieces();
    pieces.text("{");
    members(pieces, shape, table, names, "");
    pieces.text("}");
    return pieces.concat(dialect);
  }

  private void members(
      JsonPieces pieces, Shape shape, Names.Table table, Names names, String separator) {
    var before = separator;
    for (var member : shape.members()) {
      var name = new StringBuilder(before);
      JsonText.quote(name, member.name());
      pieces.text(name.append(':').toString());
      switch (member) {
        case Member.Plain(var field, var visible) ->
            pieces.add(seen(visible, json(field, table, names), names));
        case Member.One one -> pieces.add(one(one, table, names));
        case Member.Many many -> pieces.value(many(many, table, names));
      }
      before = ",";
    }
  }

  private JsonPieces seen(Expression visible, JsonPieces json, Names names) {
    if (visible.equals(Expression.TRUE)) {
      return json;
    }
    var condition = writer.condition(visible, names);
    return new JsonPieces()
        .value(Sql.of("CASE WHEN ", condition, " THEN ", json.concat(dialect), " ELSE 'null' END"));
  }

  /// The JSON of a field's value; the text `null` where there is none.
  private JsonPieces json(Field field, Names.Table table, Names names) {
    if (field.virtual()) {
      return virtual(field, table, names);
    }
    var columns = writer.tables().columns(field).stream().map(table::column).toList();
    var json = pieces(writer.tables().form(field), columns);
    return field.required() ? json : orNullText(json.orNull(dialect));
  }

  /// Worked out once, however often its JSON mentions it.
  private JsonPieces virtual(Field field, Names.Table table, Names names) {
    var row = new Expression.Variable(Variable.ROW, new Type.RowOf(table.entity()));
    var get = new Expression.Get(row, field.name(), field.type().type());
    var value = writer.value(get, 0, names.with(Variable.ROW, table));
    var form = writer.tables().form(field);
    return orNullText(writer.dialect().once(value, column -> json(form, List.of(column))));
  }

  private JsonPieces orNullText(Sql json) {
    return new JsonPieces().value(dialect.or(json, Sql.of("'null'")));
  }

  /// The JSON of a value that stands in columns; null of null.
  Sql json(Form form, List<String> columns) {
    return pieces(form, columns).orNull(dialect);
  }

  /// The pieces of the JSON of a value that stands in columns; one of them is null for null.
  private JsonPieces pieces(Form form, List<String> columns) {
    return switch (form) {
      case Form.Scaled(var scale) -> dialect.decimal(columns.getFirst(), scale);
      case Form.Money(var currency) -> money(columns, currency);
      case Form.Array _ -> new JsonPieces().value(shown(Form.Simple.JSON, columns.getFirst()));
      case Form.Simple simple -> simple(simple, columns);
    };
  }

  private String shown(Form.Simple form, String column) {
    return dialect.shown(form, column);
  }

  private JsonPieces simple(Form.Simple form, List<String> columns) {
    var column = columns.getFirst();
    var json = new JsonPieces();
    return switch (form) {
      case TEXT -> json.value(dialect.quoted(column));
      case UUID, TIMESTAMP, DATE, TIME, EXACT, DURATION, BYTES ->
          JsonPieces.quoted(shown(form, column));
      case INTEGER, JSON, NUMBER, BOOLEAN -> json.value(shown(form, column));
      case POINT ->
          json.text("{\"latitude\":")
              .value(shown(Form.Simple.NUMBER, column))
              .text(",\"longitude\":")
              .value(shown(Form.Simple.NUMBER, columns.get(1)))
              .text("}");
    };
  }

  /// The JSON of the id that a reference holds.
  private JsonPieces id(Member.One one, String column) {
    return simple((Form.Simple) writer.tables().form(one.field()), List.of(column));
  }

  private JsonPieces money(List<String> columns, @Nullable String currency) {
    var json = new JsonPieces().text("{\"amount\":");
    json.value(shown(Form.Simple.INTEGER, columns.getFirst())).text(",\"currency\":");
    return currency == null
        ? json.value(dialect.quoted(columns.get(1))).text("}")
        : json.text("\"" + currency + "\"}");
  }

  private JsonPieces one(Member.One one, Names.Table table, Names names) {
    var id = table.column(one.name());
    var alone = new JsonPieces().text("{\"id\":").add(id(one, id)).text("}");
    if (one.shape().members().isEmpty()) {
      var json = one.field().required() ? alone : orNullText(alone.orNull(dialect));
      return seen(one.visible(), json, names);
    }
    var key = writer.rows().key(table, one.name());
    var whole = dialect.or(expanded(one, new Link(id, key), names), alone.orNull(dialect));
    return seen(one.visible(), orNullText(whole), names);
  }

  /// The id that a row refers to, as it is shown and as it is looked for.
  private record Link(String id, String key) {}

  private Sql expanded(Member.One one, Link link, Names names) {
    var target = ((FieldType.Reference) one.field().type()).entity();
    var table = names.fresh(target);
    var inner = names.with(Variable.ROW, table);
    var pieces = new JsonPieces();
    pieces.text("{\"id\":").add(id(one, link.id()));
    members(pieces, one.shape(), table, inner, ",");
    pieces.text("}");
    var rows = writer.rows();
    return Sql.of("(SELECT ", pieces.concat(dialect), " FROM ", rows.from(table), " WHERE ")
        .add(Sql.of(rows.key(table, "id"), " = ", link.key(), " AND "))
        .add(Sql.of(writer.condition(one.guard(), inner), ")"));
  }

  private Sql many(Member.Many many, Names.Table owner, Names names) {
    var table = names.fresh(many.entity());
    var inner = names.with(Variable.ROW, table);
    var json = object(many.shape(), table, inner);
    var rows =
        Sql.of(" FROM ", writer.rows().from(table), " WHERE ")
            .add(writer.rows().key(table, many.field()) + " = ")
            .add(writer.rows().key(owner, "id") + " AND ")
            .add(writer.condition(many.filter(), inner));
    var keys = new SortWriter(writer).order(many.sort(), inner);
    return dialect.array(new Each(json, rows), new Order(keys, many.limit()));
  }
}
