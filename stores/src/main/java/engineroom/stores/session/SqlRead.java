package engineroom.stores.session;

import engineroom.data.Value;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.store.Store.Binding;
import engineroom.store.Store.Result;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.RowsSql;
import engineroom.stores.sql.RowsSql.CountSql;
import engineroom.stores.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A read made ready.
public sealed interface SqlRead extends Store.Statement {
  /// What it means, for the times when SQL can't tell.
  Plan plan();

  /// Whether it is one statement, and so a transaction by itself.
  boolean single();

  /// Whether SQL has words for it with these values.
  boolean sayable(Binding binding);

  /// The rows that it may give, where memory answers.
  Optional<Narrowed> narrowed();

  /// Runs it within the transaction that the connection is in.
  Result read(ReadSession connection, Binding binding);

  /// Rows as JSON.
  record OfRows(
      Plan.Rows plan,
      Variants<RowsSql> sql,
      Supplier<List<String>> explained,
      Optional<Narrowed> narrowed)
      implements SqlRead {
    @Override
    public boolean single() {
      return plan.counted() == Counted.Nothing.NOTHING;
    }

    @Override
    public boolean sayable(Binding binding) {
      return sql.of(binding.arguments()).isPresent();
    }

    @Override
    public List<String> explain() {
      return explained.get();
    }

    @Override
    public Result read(ReadSession connection, Binding binding) {
      var sql = this.sql.of(binding.arguments()).orElseThrow();
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

    private static long counted(ReadSession connection, CountSql count, Bind.Source source) {
      return switch (count) {
        case CountSql.Exact(var all) -> number(connection, all, source);
        case CountSql.Estimate(var few, _, _) -> {
          var exact = number(connection, few, source);
          yield exact <= Counted.EXACT_UP_TO
              ? exact
              : Math.max(exact, connection.estimate(few, source));
        }
      };
    }

    private static long number(ReadSession connection, SqlText text, Bind.Source source) {
      try (var rows = run(connection, text, source)) {
        rows.next();
        return rows.number(0);
      }
    }

    /// The ids of the rows, which are the last of their sort keys.
    public List<Value> ids(ReadSession connection, Binding binding) {
      var source = connection.source(binding.arguments(), binding.limit(), binding.offset());
      var ids = new ArrayList<Value>();
      var said = sql.of(binding.arguments()).orElseThrow();
      try (var rows = run(connection, said.rows(), source)) {
        while (rows.next()) {
          ids.add(said.keys(rows).getLast());
        }
      }
      return ids;
    }
  }

  /// Groups and their measures, as JSON.
  record OfGroups(
      Plan.Groups plan,
      Variants<SqlText> sql,
      Supplier<List<String>> explained,
      Optional<Narrowed> narrowed)
      implements SqlRead {
    @Override
    public boolean single() {
      return true;
    }

    @Override
    public boolean sayable(Binding binding) {
      return sql.of(binding.arguments()).isPresent();
    }

    @Override
    public List<String> explain() {
      return explained.get();
    }

    @Override
    public Result read(ReadSession connection, Binding binding) {
      var text = sql.of(binding.arguments()).orElseThrow();
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

  private static SqlSession.Rows run(ReadSession connection, SqlText text, Bind.Source source) {
    return connection.rows(text.text(), text.values(source));
  }
}
