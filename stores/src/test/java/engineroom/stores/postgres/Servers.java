package engineroom.stores.postgres;

import engineroom.stores.PostgresAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL server for all tests of a program, and a database for each that asks.
public final class Servers {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Servers() {}

  private static final class Server {
    static final EmbeddedPostgres ONE = started();

    private static EmbeddedPostgres started() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A new, empty database.
  public static PostgresAddress fresh() {
    var name = "test" + DATABASES.incrementAndGet();
    try (var connection = Server.ONE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    var login = new PostgresAddress.Login("postgres", "");
    return new PostgresAddress("localhost", Server.ONE.getPort(), name, login, Map.of());
  }

  /// Does something in a database as the one whose server it is.
  static void execute(PostgresAddress address, String... statements) {
    try (var connection = Server.ONE.getDatabase("postgres", address.database()).getConnection();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
