package engineroom.stores.sqlite;

import engineroom.expression.Lookup;
import engineroom.migrate.Layout;
import engineroom.model.Model;
import engineroom.stores.migrate.Drift;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import java.util.List;
import java.util.Map;

/// What migrations of a SQLite file stand on.
record SqliteGround(SqliteConnection connection) implements Ground {
  @Override
  public SqlSession session() {
    return connection;
  }

  @Override
  public TableNames tables(Model model) {
    return new TableNames(model);
  }

  @Override
  public Lookup rows(Map<String, EntitySql> entities) {
    return new SqliteTables(connection, entities);
  }

  @Override
  public List<String> drift(Layout recorded) {
    return Drift.of(Schema.read(connection).sql(), recorded);
  }

  @Override
  public List<String> strange(Layout recorded, String entity) {
    return Drift.strange(Schema.read(connection).sql(), recorded, entity);
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
