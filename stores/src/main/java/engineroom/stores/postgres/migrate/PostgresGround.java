package engineroom.stores.postgres.migrate;

import engineroom.expression.Lookup;
import engineroom.migrate.Layout;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.Remembered;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.session.SessionTables;
import engineroom.stores.sql.EntitySql;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What migrations of a PostgreSQL database stand on.
///
/// @param session within a transaction
/// @param same whether a failure says that two rows would be the same in what is unique
public record PostgresGround(SqlSession session, Predicate<RuntimeException> same)
    implements Ground {
  private static final String RECORD =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_migration" (
        id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, format BIGINT NOT NULL,
        time TEXT NOT NULL, steps TEXT NOT NULL, layout TEXT NOT NULL
      )""";

  @Override
  public Lookup rows(Map<String, EntitySql> entities) {
    return new SessionTables(session, entities);
  }

  @Override
  public SqlSession.Rows every(String sql) {
    return new CursorRows(session, sql);
  }

  @Override
  public boolean has(String table) {
    return new Catalog(session).has(table);
  }

  @Override
  public void makeRecord() {
    session.execute(RECORD);
  }

  @Override
  public List<String> drift(Layout recorded) {
    return new Remembered(session, new Catalog(session)).drift(recorded.entities().keySet());
  }

  /// None: tables are changed where they stand, and keep what no model knows.
  @Override
  public List<String> strange(Layout recorded, String entity) {
    return List.of();
  }

  @Override
  public boolean unlessSame(Runnable work) {
    session.execute("SAVEPOINT engineroom_same");
    try {
      work.run();
    } catch (RuntimeException e) {
      if (!same.test(e)) {
        throw e;
      }
      session.execute("ROLLBACK TO SAVEPOINT engineroom_same");
      return false;
    }
    session.execute("RELEASE SAVEPOINT engineroom_same");
    return true;
  }
}
