package engineroom.server;

import engineroom.stores.PostgresAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL server for all tests of a program, and a database for each that asks. It writes
/// to no disk for good, as nobody will look for what tests left.
public final class PostgresServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  private static final class Server {
    static final EmbeddedPostgres ONE = started();

    private static EmbeddedPostgres started() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A new, empty database.
  public static PostgresAddress fresh() {
    return copyOf("template0");
  }

  /// A new database that begins as another one is, which nobody has open.
  public static PostgresAddress copyOf(String template) {
    var name = "test" + DATABASES.incrementAndGet();
    execute("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE " + template);
    var login = new PostgresAddress.Login("postgres", "");
    return new PostgresAddress("localhost", Server.ONE.getPort(), name, login, Map.of());
  }

  /// The tables of a database.
  public static List<String> tables(PostgresAddress address) {
    return rows(address, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  }

  /// The first column of what a question gives.
  public static List<String> rows(PostgresAddress address, String sql) {
    var found = new ArrayList<String>();
    var database = Server.ONE.getDatabase("postgres", address.database());
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /// Does something in a database, as any program may.
  public static void execute(PostgresAddress address, String sql) {
    var database = Server.ONE.getDatabase("postgres", address.database());
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Does something as the one whose server it is.
  public static void execute(String sql) {
    try (var connection = Server.ONE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
