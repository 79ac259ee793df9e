package engineroom.stores.sqlite;

import engineroom.expression.Lookup;
import engineroom.migrate.Layout;
import engineroom.stores.migrate.Drift;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.session.SessionTables;
import engineroom.stores.sql.EntitySql;
import java.util.List;
import java.util.Map;

/// What migrations of a SQLite file stand on.
record SqliteGround(SqliteConnection connection) implements Ground {
  private static final String RECORD =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_migration" (
        id INTEGER PRIMARY KEY AUTOINCREMENT, format INTEGER NOT NULL, time TEXT NOT NULL,
        steps TEXT NOT NULL, layout TEXT NOT NULL
      ) STRICT""";
  private static final String PRESENT = "SELECT 1 FROM sqlite_schema WHERE name = ?";

  @Override
  public SqlSession session() {
    return connection;
  }

  @Override
  public Lookup rows(Map<String, EntitySql> entities) {
    return new SessionTables(connection, entities);
  }

  @Override
  public SqlSession.Rows every(String sql) {
    return connection.rows(sql);
  }

  @Override
  public boolean has(String table) {
    try (var rows = connection.rows(PRESENT, table)) {
      return rows.next();
    }
  }

  @Override
  public void makeRecord() {
    connection.execute(RECORD);
  }

  @Override
  public List<String> drift(Layout recorded) {
    return Drift.of(Schema.read(connection).sql(), recorded, connection.dialect());
  }

  @Override
  public List<String> strange(Layout recorded, String entity) {
    return Drift.strange(Schema.read(connection).sql(), recorded, entity, connection.dialect());
  }

  @Override
  public boolean unlessSame(Runnable work) {
    try {
      work.run();
      return true;
    } catch (SqliteFailure e) {
      if (!SqliteProblems.unique(e)) {
        throw e;
      }
      return false;
    }
  }
}
