package engineroom.stores.sql;

import engineroom.expression.Expression;
import engineroom.expression.Expression.Variable;
import engineroom.plan.Counted;
import java.util.Optional;

/// The statements that count the rows of a plan.
public sealed interface CountSql {
  /// Rows looked at, spread over the table, to guess how many of all rows match.
  int SAMPLE = Counted.EXACT_UP_TO;

  /// Counts every row: one number.
  record Exact(SqlText all) implements CountSql {}

  /// Counts few rows exactly and guesses of many.
  ///
  /// @param last the greatest number of a row: a table has no more rows than that
  /// @param few one number: the matching rows, or one more than are counted exactly
  /// @param sample two numbers: rows of the sample that match, and the greatest number of a row
  record Estimate(SqlText last, SqlText few, SqlText sample) implements CountSql {}

  /// Nothing where nothing is counted.
  static Optional<CountSql> of(String entity, Counted counted, ExpressionWriter writer) {
    return switch (counted) {
      case Counted.Nothing.NOTHING -> Optional.empty();
      case Counted.Exactly(var filter) ->
          Optional.of(new Exact(RowsSql.matching(entity, "count(*)", filter, writer).done()));
      case Counted.Roughly(var filter) -> Optional.of(estimate(entity, filter, writer));
    };
  }

  private static Estimate estimate(String entity, Expression filter, ExpressionWriter writer) {
    var few =
        Sql.of("SELECT count(*) FROM (")
            .add(RowsSql.matching(entity, "1", filter, writer))
            .add(" LIMIT " + (Counted.EXACT_UP_TO + 1) + ")");
    var last = "SELECT coalesce(max(rowid), 0) FROM " + Sql.name(entity);
    return new Estimate(new Sql().add(last).done(), few.done(), sample(entity, filter, writer));
  }

  /// One row of each stretch, at a place that differs from stretch to stretch, so that what returns
  /// in the data with a period does not return in the sample. Rows that are gone count as rows that
  /// do not match, so gaps do no harm.
  private static SqlText sample(String entity, Expression filter, ExpressionWriter writer) {
    var none = Names.none();
    var table = none.fresh(entity);
    var names = none.with(Variable.ROW, table);
    return Sql.of(
            "WITH RECURSIVE point(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM point WHERE n < ",
            SAMPLE - 1,
            "), whole(last) AS MATERIALIZED (SELECT max(rowid) FROM ",
            Sql.name(entity),
            ") SELECT count(*), (SELECT coalesce(last, 0) FROM whole) FROM whole CROSS JOIN point CROSS JOIN ",
            RowWriter.from(table),
            " WHERE ",
            table.alias(),
            ".rowid = 1 + CAST((n + n * 7919 % 10007 / 10007.0) * (whole.last / ",
            SAMPLE,
            ".0) AS INTEGER) AND ",
            writer.condition(filter, names))
        .done();
  }
}
