package engineroom.stores.sqlite;

import engineroom.data.Value;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.store.Store.Binding;
import engineroom.store.Store.Result;
import engineroom.stores.sql.RowsSql;
import engineroom.stores.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A read made ready.
sealed interface SqliteRead extends Store.Statement {
  /// Whether it may take long, so that short reads must not wait for it.
  boolean isLong();

  /// The statement, by which its like is known.
  String text();

  /// Whether it is one statement, and so a transaction by itself.
  boolean single();

  /// One step of how SQLite runs a statement, in its words.
  ///
  /// @param within the number of the step that it is part of; 0 for none
  record Step(long within, String words) {
    /// Whether it looks at all rows of a table, or at all that match before the first one comes.
    /// What is sorted for a row of the answer is few rows.
    boolean isLong() {
      var table = words.startsWith("SCAN ") && !words.startsWith("SCAN (");
      return (table && !words.contains(" USING "))
          || (within == 0 && words.equals("USE TEMP B-TREE FOR ORDER BY"));
    }
  }

  /// Rows as JSON.
  ///
  /// @param count null where nothing is counted
  record OfRows(RowsSql sql, @Nullable SqliteCount count, boolean isLong, List<String> explain)
      implements SqliteRead {
    public OfRows {
      explain = List.copyOf(explain);
    }

    @Override
    public String text() {
      return sql.rows().text();
    }

    @Override
    public boolean single() {
      return count == null;
    }

    Result read(SqliteConnection connection, Binding binding) {
      var source = connection.source(binding.arguments(), binding.limit() + 1L, binding.offset());
      var found = new ArrayList<byte[]>();
      List<Value> keys = List.of();
      var version = 0L;
      var more = false;
      var text = sql.rows();
      try (var rows = connection.statement(text.text()).run(text.values(source))) {
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
      var seen = binding.offset() + found.size() + (more ? 1 : 0);
      var counted =
          count == null ? null : count.run(connection, source, found.isEmpty() ? 0 : seen);
      return new Result(found, keys, version, more, counted);
    }

    /// The ids of the rows, which are the last of their sort keys.
    List<Value> ids(SqliteConnection connection, Binding binding) {
      var source = connection.source(binding.arguments(), binding.limit(), binding.offset());
      var ids = new ArrayList<Value>();
      var text = sql.rows();
      try (var rows = connection.statement(text.text()).run(text.values(source))) {
        while (rows.next()) {
          ids.add(sql.keys(rows).getLast());
        }
      }
      return ids;
    }
  }

  /// Groups and their measures, as JSON.
  ///
  /// @param plan what it means, for the times when SQL can't tell
  /// @param sql null where SQL has no words for the plan
  record OfGroups(Plan.Groups plan, @Nullable SqlText sql, boolean isLong, List<String> explain)
      implements SqliteRead {
    public OfGroups(Plan.Groups plan, @Nullable SqlText sql, List<String> explain) {
      this(plan, sql, sql == null || scans(explain), explain);
    }

    public OfGroups {
      explain = List.copyOf(explain);
    }

    private static boolean scans(List<String> lines) {
      return lines.stream().anyMatch(l -> l.startsWith("SCAN ") && !l.equals("SCAN g"));
    }

    @Override
    public String text() {
      return sql == null ? "" : sql.text();
    }

    /// Where a sum overflows, the rows are read once more.
    @Override
    public boolean single() {
      return false;
    }

    /// @param inMemory answers where SQL can't
    Result read(SqliteConnection connection, Binding binding, Supplier<Result> inMemory) {
      if (sql == null) {
        return inMemory.get();
      }
      try {
        return read(connection, binding, sql);
      } catch (SqliteFailure e) {
        if (SqliteProblems.overflow(e)) {
          return inMemory.get();
        }
        throw e;
      }
    }

    private static Result read(SqliteConnection connection, Binding binding, SqlText sql) {
      var source = connection.source(binding.arguments(), binding.limit() + 1L, binding.offset());
      var found = new ArrayList<byte[]>();
      try (var rows = connection.statement(sql.text()).run(sql.values(source))) {
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

  /// SQLite's words on how it runs a statement.
  static List<String> explained(SqliteConnection connection, SqlText sql) {
    return steps(connection, sql).stream().map(Step::words).toList();
  }

  /// How SQLite runs a statement.
  static List<Step> steps(SqliteConnection connection, SqlText sql) {
    var steps = new ArrayList<Step>();
    var values = new Object[sql.binds().size()];
    try (var rows = connection.statement("EXPLAIN QUERY PLAN " + sql.text()).run(values)) {
      while (rows.next()) {
        steps.add(new Step(rows.number(1), rows.text(3)));
      }
    }
    return steps;
  }
}
