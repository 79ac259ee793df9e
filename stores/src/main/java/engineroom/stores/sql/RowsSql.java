package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Variable;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.stores.sql.Dialect.Tables.Matching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The statements of a plan for rows.
///
/// @param rows columns: the JSON text, the version, then the parts of the sort keys
/// @param count of all rows, or null where nothing is counted
/// @param keys the forms of the sort keys
public record RowsSql(SqlText rows, @Nullable CountSql count, List<Form> keys) {
  /// The statements that count the rows of a plan.
  public sealed interface CountSql {
    /// Counts every row: one number.
    record Exact(SqlText all) implements CountSql {}

    /// Counts few rows exactly and guesses of many.
    ///
    /// @param few one number: the matching rows, or one more than are counted exactly
    /// @param last the greatest number of a row: a table has no more rows than that; null where the
    ///   database takes no samples
    /// @param sample two numbers: rows of the sample that match, and the greatest number of a row
    record Estimate(SqlText few, @Nullable SqlText last, @Nullable SqlText sample)
        implements CountSql {}

    /// Nothing where nothing is counted.
    static Optional<CountSql> of(Plan.Rows plan, ExpressionWriter writer) {
      var entity = plan.entity();
      var none = Names.at(plan.moment());
      return switch (plan.counted()) {
        case Counted.Nothing.NOTHING -> Optional.empty();
        case Counted.Exactly(var filter) ->
            Optional.of(new Exact(matching(entity, "count(*)", filter, none, writer).done()));
        case Counted.Roughly(var filter) when writer.tables().adopted(entity) != null ->
            Optional.of(new Exact(matching(entity, "count(*)", filter, none, writer).done()));
        case Counted.Roughly(var filter) -> Optional.of(estimate(entity, filter, writer));
      };
    }

    private static Estimate estimate(String entity, Expression filter, ExpressionWriter writer) {
      var few =
          Sql.of("SELECT count(*) FROM (")
              .add(matching(entity, "1", filter, Names.none(), writer))
              .add(" LIMIT " + (Counted.EXACT_UP_TO + 1) + ")" + writer.dialect().alias())
              .done();
      var none = Names.none();
      var table = none.fresh(entity);
      var condition = writer.condition(filter, none.with(Variable.ROW, table));
      var matching = new Matching(writer.rows().from(table), table.alias(), condition);
      var sample = writer.dialect().tables().sample(entity, matching);
      return sample == null
          ? new Estimate(few, null, null)
          : new Estimate(few, sample.last().done(), sample.sample().done());
    }
  }

  private static final int FIRST_KEY = 2;

  public RowsSql {
    keys = List.copyOf(keys);
  }

  /// Writes a plan as SQL.
  public static RowsSql of(Plan.Rows plan, ExpressionWriter writer) {
    var none = Names.at(plan.moment());
    var table = none.fresh(plan.entity());
    var names = none.with(Variable.ROW, table);
    var sql = Sql.of("SELECT ", new JsonSql(writer).object(plan.shape(), table, names));
    sql.add(", ").add(table.column("version"));
    for (var key : plan.sort()) {
      for (var part = 0; part < writer.form(key.by()).parts(); part++) {
        sql.add(", ").add(writer.value(key.by(), part, names));
      }
    }
    sql.add(
        Sql.of(
            " FROM ",
            writer.rows().from(table),
            " WHERE ",
            writer.condition(plan.filter(), names)));
    if (!plan.sort().isEmpty()) {
      sql.add(" ORDER BY ").add(new SortWriter(writer).order(plan.sort(), names));
    }
    sql.add(" LIMIT ").bind(Bind.Limit.LIMIT).add(" OFFSET ").bind(Bind.Offset.OFFSET);
    var keys = plan.sort().stream().map(key -> writer.form(key.by())).toList();
    var count = CountSql.of(plan, writer).orElse(null);
    return new RowsSql(sql.done(), count, keys);
  }

  /// The rows of an entity that meet a condition, whole.
  public static SqlText whole(EntitySql entity, Expression condition, ExpressionWriter writer) {
    var none = Names.none();
    var table = none.fresh(entity.entity().name());
    var names = none.with(Variable.ROW, table);
    var all = entity.all(table.alias());
    return Sql.of(all, " WHERE ", writer.condition(condition, names)).done();
  }

  /// The ids of the rows that meet a condition.
  public static SqlText ids(String entity, Expression condition, ExpressionWriter writer) {
    return matching(entity, "id", condition, Names.none(), writer).done();
  }

  /// What a result says of each row that meets a condition.
  static Sql matching(
      String entity, String result, Expression condition, Names none, ExpressionWriter writer) {
    var table = none.fresh(entity);
    var names = none.with(Variable.ROW, table);
    return Sql.of("SELECT ", result, " FROM ", writer.rows().from(table), " WHERE ")
        .add(writer.condition(condition, names));
  }

  /// Whether one row meets a condition: gives a row or none.
  ///
  /// @param id the position of the row's id among the arguments
  public static SqlText holds(
      String entity, Expression condition, int id, ExpressionWriter writer) {
    var none = Names.none();
    var table = none.fresh(entity);
    var names = none.with(Variable.ROW, table);
    var rows = Sql.of("SELECT 1 FROM ", writer.rows().from(table), " WHERE ");
    if (!writer.tables().composed(entity)) {
      var form = Form.id(writer.tables().model(), entity);
      rows.add(table.column("id") + " = ").bind(new Bind.Argument(id, form, 0));
    } else {
      rows.add(writer.rows().composed(table, new Bind.Operand.Given(id, Type.Scalar.TEXT)));
    }
    return rows.add(" AND ").add(writer.condition(condition, names)).done();
  }

  /// The sort values of the row that a result stands on.
  public List<Value> keys(Codec.Columns columns) {
    var values = new ArrayList<Value>();
    var column = FIRST_KEY;
    for (var form : keys) {
      values.add(Codec.decode(form, columns, column));
      column += form.parts();
    }
    return values;
  }
}
