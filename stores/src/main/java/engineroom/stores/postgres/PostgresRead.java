package engineroom.stores.postgres;

import engineroom.data.Value;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.store.Store.Binding;
import engineroom.store.Store.Result;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.RowsSql;
import engineroom.stores.sql.RowsSql.CountSql;
import engineroom.stores.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A read made ready.
sealed interface PostgresRead extends Store.Statement {
  /// What it means, for the times when SQL can't tell.
  Plan plan();

  /// Whether it is one statement, and so a transaction by itself.
  boolean single();

  /// Whether SQL has words for it.
  boolean sayable();

  /// Runs it within the transaction that the connection is in.
  Result read(PostgresConnection connection, Binding binding);

  /// Rows as JSON.
  ///
  /// @param sql null where SQL has no words for the plan
  record OfRows(Plan.Rows plan, @Nullable RowsSql sql, Supplier<List<String>> explained)
      implements PostgresRead {
    @Override
    public boolean single() {
      return sql != null && sql.count() == null;
    }

    @Override
    public boolean sayable() {
      return sql != null;
    }

    @Override
    public List<String> explain() {
      return explained.get();
    }

    private RowsSql said() {
      return java.util.Objects.requireNonNull(sql);
    }

    @Override
    public Result read(PostgresConnection connection, Binding binding) {
      var sql = said();
      var source = connection.source(binding.arguments(), binding.limit() + 1L, binding.offset());
      var found = new ArrayList<byte[]>();
      List<Value> keys = List.of();
      var version = 0L;
      var more = false;
      try (var rows = run(connection, sql.rows(), source)) {
        while (!more && rows.next()) {
          more = found.size() == binding.limit();
          if (!more) {
            found.add(rows.bytes(0));
          }
          if (!more && found.size() == binding.limit()) {
            keys = sql.keys(rows);
            version = rows.number(1);
          }
        }
      }
      var seen = found.isEmpty() ? 0 : binding.offset() + found.size() + (more ? 1 : 0);
      var count = sql.count();
      var counted =
          count == null ? null : (Long) Math.max(seen, counted(connection, count, source));
      return new Result(found, keys, version, more, counted);
    }

    private static long counted(PostgresConnection connection, CountSql count, Bind.Source source) {
      return switch (count) {
        case CountSql.Exact(var all) -> number(connection, all, source);
        case CountSql.Estimate(var few, _, _) -> {
          var exact = number(connection, few, source);
          yield exact <= Counted.EXACT_UP_TO
              ? exact
              : Math.max(exact, Estimate.of(connection, few, source));
        }
      };
    }

    private static long number(PostgresConnection connection, SqlText text, Bind.Source source) {
      try (var rows = run(connection, text, source)) {
        rows.next();
        return rows.number(0);
      }
    }

    /// The ids of the rows, which are the last of their sort keys.
    List<Value> ids(PostgresConnection connection, Binding binding) {
      var source = connection.source(binding.arguments(), binding.limit(), binding.offset());
      var ids = new ArrayList<Value>();
      try (var rows = run(connection, said().rows(), source)) {
        while (rows.next()) {
          ids.add(said().keys(rows).getLast());
        }
      }
      return ids;
    }
  }

  /// Groups and their measures, as JSON.
  ///
  /// @param sql null where SQL has no words for the plan
  record OfGroups(Plan.Groups plan, @Nullable SqlText sql, Supplier<List<String>> explained)
      implements PostgresRead {
    @Override
    public boolean single() {
      return sql != null;
    }

    @Override
    public boolean sayable() {
      return sql != null;
    }

    @Override
    public List<String> explain() {
      return explained.get();
    }

    @Override
    public Result read(PostgresConnection connection, Binding binding) {
      var text = java.util.Objects.requireNonNull(sql);
      var source = connection.source(binding.arguments(), binding.limit() + 1L, binding.offset());
      var found = new ArrayList<byte[]>();
      try (var rows = run(connection, text, source)) {
        while (rows.next()) {
          if (found.size() == binding.limit()) {
            return new Result(found, List.of(), 0, /* more= */ true, null);
          }
          found.add(rows.bytes(0));
        }
      }
      return new Result(found, List.of(), 0, /* more= */ false, null);
    }
  }

  private static PostgresRows run(PostgresConnection connection, SqlText text, Bind.Source source) {
    return connection.rows(text.text(), text.values(source));
  }

  /// PostgreSQL's words on how it runs a statement.
  static List<String> explained(PostgresConnection connection, SqlText sql) {
    var lines = new ArrayList<String>();
    var values = new @Nullable Object[sql.binds().size()];
    try (var rows = connection.rows("EXPLAIN " + sql.text(), values)) {
      while (rows.next()) {
        lines.add(rows.text(0).strip());
      }
    }
    return lines;
  }

  /// How many rows the planner expects of a statement that counts few of them: the most that a step
  /// within the limit expects.
  final class Estimate {
    private static final Pattern ROWS = Pattern.compile(" rows=([0-9]+) ");

    private Estimate() {}

    static long of(PostgresConnection connection, SqlText few, Bind.Source source) {
      var limited = false;
      try (var rows = connection.rows("EXPLAIN " + few.text(), few.values(source))) {
        while (rows.next()) {
          var line = rows.text(0);
          var match = ROWS.matcher(line);
          if (limited && match.find()) {
            return Long.parseLong(match.group(1));
          }
          limited = limited || line.contains("Limit ");
        }
      }
      return 0;
    }
  }
}
