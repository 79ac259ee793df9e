package engineroom.stores.sqlite;

import static java.util.Objects.requireNonNull;

import engineroom.plan.Counted;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.RowsSql.CountSql;
import engineroom.stores.sql.SqlText;
import java.util.List;

/// A count made ready.
///
/// @param way how an estimate of a large table begins
/// @param explain SQLite's words on how it runs
record SqliteCount(CountSql sql, Way way, List<String> explain) {
  SqliteCount {
    explain = List.copyOf(explain);
  }

  enum Way {
    /// An index leads to the rows that match: those are counted, up to the bound.
    MATCHING,
    /// Rows would have to be looked at one after the other: a sample is.
    SAMPLED
  }

  static SqliteCount of(SqliteConnection connection, CountSql sql) {
    return switch (sql) {
      case CountSql.Exact(var all) ->
          new SqliteCount(sql, Way.MATCHING, SqliteRead.explained(connection, all));
      case CountSql.Estimate(var few, _, var sample) -> {
        var lines = SqliteRead.explained(connection, few);
        yield MissingIndex.scans(lines)
            ? new SqliteCount(sql, Way.SAMPLED, SqliteRead.explained(connection, sample))
            : new SqliteCount(sql, Way.MATCHING, lines);
      }
    };
  }

  /// @param seen rows known to match; there are no fewer
  long run(SqliteConnection connection, Bind.Source source, long seen) {
    return switch (sql) {
      case CountSql.Exact(var all) -> number(connection, all, source);
      case CountSql.Estimate estimate -> Math.max(seen, estimate(connection, estimate, source));
    };
  }

  private long estimate(
      SqliteConnection connection, CountSql.Estimate estimate, Bind.Source source) {
    var few = 0L;
    boolean small =
        number(connection, requireNonNull(estimate.last()), source) <= Counted.EXACT_UP_TO;
    if (small || way == Way.MATCHING) {
      few = number(connection, estimate.few(), source);
      if (few <= Counted.EXACT_UP_TO) {
        return few;
      }
    }
    return Math.max(few, sampled(connection, requireNonNull(estimate.sample()), source));
  }

  private static long sampled(SqliteConnection connection, SqlText text, Bind.Source source) {
    try (var rows = connection.statement(text.text()).run(text.values(source))) {
      rows.next();
      return Math.round((double) rows.number(0) / SqliteTableWords.SAMPLE * rows.number(1));
    }
  }

  private static long number(SqliteConnection connection, SqlText text, Bind.Source source) {
    try (var rows = connection.statement(text.text()).run(text.values(source))) {
      rows.next();
      return rows.number(0);
    }
  }
}
