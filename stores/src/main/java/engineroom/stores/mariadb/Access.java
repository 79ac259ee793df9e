package engineroom.stores.mariadb;

import engineroom.data.Row;
import engineroom.stores.mariadb.MariaConnection.Begin;
import engineroom.stores.mariadb.migrate.MariaGround;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.EntitySql;
import java.util.function.Supplier;

/// What a migration asks of an open database.
///
/// @param connection that it runs on
record Access(MariaDatabase database, MariaConnection connection) implements MariaGround.Access {
  /// Over a connection of its own, so that rows need not be held while others are written.
  @Override
  public SqlSession.Rows every(String sql) {
    return database.connection().streamed(sql);
  }

  @Override
  public <T> T transaction(Supplier<T> work) {
    return connection.transaction(Begin.WRITE, work);
  }

  @Override
  public boolean same(RuntimeException failure) {
    return failure instanceof MariaFailure maria && maria.code() == MariaFailure.DUPLICATE;
  }

  @Override
  public void words(EntitySql sql, Row row) {
    WordTable.add(connection, sql, row);
  }
}
