package engineroom.stores.postgres;

import static engineroom.problem.ProblemException.problem;

import engineroom.operation.FieldRules;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.PostgresAddress;
import engineroom.stores.copy.OwnTables.Counted;
import engineroom.stores.copy.Side;
import engineroom.stores.migrate.Ground;
import engineroom.stores.postgres.PostgresConnection.Begin;
import engineroom.stores.postgres.migrate.PostgresGround;
import engineroom.stores.sql.TableSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A PostgreSQL database as one side of a copy.
public final class PostgresSide implements Side {
  private static final String OPTION = "ApplicationName";
  private static final String COPIES = "engineroom copy";
  private static final String SERVES = "engineroom";

  private static final int LOOKS = 60;
  private static final long LOOK_MILLIS = 50;

  /// Nobody else copies into a database at the same time.
  private static final String ALONE =
      "SELECT pg_try_advisory_lock(hashtext('engineroom copy'), hashtext(current_schema()))";

  /// Programs that serve an app are known by the name that their connections have.
  private static final String SERVED =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = ?""";

  /// References first: they need uniques.
  private static final String REFERENCES =
      """
      SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
      WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
      ORDER BY c.relname, k.conname""";

  private static final String UNIQUES =
      """
      SELECT c.relname, pg_get_indexdef(i.indexrelid), t.relname
      FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid
      WHERE i.indisunique AND t.relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
      ORDER BY c.relname""";

  private final PostgresAddress address;
  private final PostgresDatabase database;
  private final PostgresConnection connection;

  private PostgresSide(PostgresAddress address) {
    this.address = address;
    this.database = PostgresDatabase.unmade(named(address), new FieldRules((_, _) -> List.of()));
    this.connection = database.connection();
  }

  private static PostgresAddress named(PostgresAddress address) {
    var options = new LinkedHashMap<>(address.options());
    options.put(OPTION, COPIES);
    return new PostgresAddress(
        address.host(), address.port(), address.database(), address.login(), options);
  }

  /// A database that is read, whoever else uses it.
  public static PostgresSide reading(PostgresAddress address) {
    return new PostgresSide(address);
  }

  /// A database that nobody else copies into, and no program serves.
  public static PostgresSide writing(PostgresAddress address) {
    var side = new PostgresSide(address);
    if (!soon(() -> side.number(ALONE) > 0)) {
      side.close();
      throw refused("Another copy into " + address + " is under way.", "Wait until it is done.");
    }
    if (!soon(() -> !side.served())) {
      side.close();
      throw refused("An app is served from " + address + ".", "Stop it, or take another one.");
    }
    return side;
  }

  /// Whether something is so, or is in a moment: the server sees late that a connection was closed.
  private static boolean soon(BooleanSupplier so) {
    for (var look = 0; look < LOOKS; look++) {
      if (so.getAsBoolean()) {
        return true;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  private static RuntimeException refused(String what, String wayOut) {
    return problem(new Unavailable(what, wayOut));
  }

  @Override
  public String name() {
    return address.toString();
  }

  @Override
  public Ground ground() {
    return new PostgresGround(connection, PostgresProblems::same);
  }

  @Override
  public <T> T still(Supplier<T> work) {
    return connection.transaction(Begin.READ, work);
  }

  @Override
  public <T> T change(Supplier<T> work) {
    return connection.transaction(Begin.SCHEMA, work);
  }

  @Override
  public long settled() {
    return ChangeLog.settled(connection);
  }

  private long number(String sql, Object... values) {
    try (var rows = connection.rows(sql, values)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  private static String numbers(Counted table) {
    return TableSql.name(table.table() + "_" + table.column() + "_seq");
  }

  @Override
  public long given(Counted table) {
    return number(
        "SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM " + numbers(table));
  }

  @Override
  public void goOn(Counted table, long number) {
    var last = Math.max(number, given(table));
    connection.run(
        "SELECT setval(CAST(? AS regclass), greatest(CAST(? AS bigint), 1), CAST(? AS boolean))",
        numbers(table),
        last,
        last > 0);
  }

  @Override
  public boolean served() {
    return number(SERVED, address.options().getOrDefault(OPTION, SERVES)) > 0;
  }

  /// None: PostgreSQL keeps no U+0000.
  @Override
  public List<Spot> zeros(String table, String key) {
    return List.of();
  }

  @Override
  public Loose loosen(Collection<String> tables) {
    var away = new ArrayList<String>();
    var back = new ArrayList<String>();
    try (var rows = connection.rows(UNIQUES)) {
      while (rows.next()) {
        if (tables.contains(rows.text(2))) {
          away.add("DROP INDEX " + TableSql.name(rows.text(0)));
          back.add(rows.text(1));
        }
      }
    }
    try (var rows = connection.rows(REFERENCES)) {
      while (rows.next()) {
        if (tables.contains(rows.text(0))) {
          var table = "ALTER TABLE " + TableSql.name(rows.text(0));
          var constraint = TableSql.name(rows.text(1));
          away.addFirst(table + " DROP CONSTRAINT " + constraint);
          back.add(table + " ADD CONSTRAINT " + constraint + " " + rows.text(2));
        }
      }
    }
    return new Loose(away, back);
  }

  @Override
  public void settle() {
    connection.execute("ANALYZE");
  }

  @Override
  public RuntimeException told(RuntimeException failure) {
    return failure instanceof PostgresFailure e ? PostgresProblems.told(e, Duration.ZERO) : failure;
  }

  @Override
  public void close() {
    connection.close();
    database.close();
  }
}
