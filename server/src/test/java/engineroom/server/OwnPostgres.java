package engineroom.server;

import engineroom.stores.PostgresAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A PostgreSQL server that one test has for itself, to stop it, to kill it and to start it again
/// at the same port. Other tests share [PostgresServer].
final class OwnPostgres implements AutoCloseable {
  static final String DATABASE = "shop";
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /// What a copy of a server must not have.
  private static final Pattern OF_THE_RUNNING =
      Pattern.compile("^(postmaster\\.|epg-lock|pg_wal/|pg_replslot/|pg_stat_tmp/)");

  private static final PostgresAddress.Login LOGIN = new PostgresAddress.Login("postgres", "");

  private final Path data;
  private final Map<String, String> settings;
  private int port;
  private EmbeddedPostgres running;

  /// A new server with an empty database.
  OwnPostgres(Path data) throws IOException {
    this(data, Map.of());
    execute("postgres", "CREATE DATABASE " + DATABASE + " ENCODING 'UTF8' TEMPLATE template0");
  }

  /// A server on a folder that may hold one already.
  OwnPostgres(Path data, Map<String, String> settings) throws IOException {
    this(data, settings, 0);
  }

  private OwnPostgres(Path data, Map<String, String> settings, int wanted) throws IOException {
    this.data = data;
    port = wanted;
    this.settings = Map.copyOf(settings);
    running = started();
    port = running.getPort();
  }

  private EmbeddedPostgres started() throws IOException {
    var server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setPGStartupWait(START_MAX)
            .setServerConfig("synchronous_commit", "on") // a killed server keeps what it took
            .setServerConfig("max_connections", "100");
    settings.forEach(server::setServerConfig);
    return server.start();
  }

  /// A standby of a server, which follows it from now on: a copy of its files, taken while it runs.
  static OwnPostgres standbyOf(OwnPostgres primary, Path data) throws IOException {
    return standbyOf(primary, data, 0);
  }

  /// The same at a port that is known already.
  static OwnPostgres standbyOf(OwnPostgres primary, Path data, int port) throws IOException {
    primary.copyTo(data);
    Files.createFile(data.resolve("standby.signal"));
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=" + primary.port() + " user=postgres'\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return new OwnPostgres(data, Map.of(), port);
  }

  /// What `pg_basebackup` does, which is not among the programs that tests have.
  private void copyTo(Path target) throws IOException {
    try (var connection = running.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('standby', fast => true)");
      copyFiles(target);
      try (var rows = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        rows.next();
        Files.writeString(target.resolve("backup_label"), rows.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void copyFiles(Path target) throws IOException {
    try (var files = Files.walk(data)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var name = data.relativize(file).toString();
        if (Files.isDirectory(file)) {
          Files.createDirectories(target.resolve(name));
        } else if (!OF_THE_RUNNING.matcher(name).find()) {
          copy(file, target.resolve(name));
        }
      }
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
  }

  private static void copy(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException _) {
      // a table that was dropped meanwhile: the log tells
    }
  }

  int port() {
    return port;
  }

  Path data() {
    return data;
  }

  /// The address of the database.
  PostgresAddress address() {
    return addressBy(port);
  }

  /// The same by way of another port.
  static PostgresAddress addressBy(int port) {
    return new PostgresAddress("localhost", port, DATABASE, LOGIN, Map.of());
  }

  /// Stops it as its service is stopped: connections end, the disk has all.
  void stop() throws IOException {
    running.close();
  }

  /// `kill -9` of the first of its processes, which takes the others along.
  void kill() throws IOException {
    var pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    var processes = new ArrayList<ProcessHandle>();
    ProcessHandle.of(pid).ifPresent(processes::add);
    processes.addAll(processes.getFirst().children().toList());
    processes.getFirst().destroyForcibly();
    processes.forEach(process -> process.onExit().join());
    running.close(); // gives its lock of the folder back
  }

  /// Starts it again, and comes back when it serves.
  void start() throws IOException {
    running = started();
  }

  /// Ends all connections that others have to the database.
  void cutConnections() {
    execute(
        "postgres",
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE datname = '"
            + DATABASE
            + "' AND pid <> pg_backend_pid()");
  }

  /// Does something as the one whose server it is.
  void execute(String database, String sql) {
    var _ = asked(database, sql);
  }

  /// The first column of what a statement gives.
  List<String> asked(String database, String sql) {
    try (var connection = running.getDatabase("postgres", database).getConnection();
        var statement = connection.createStatement()) {
      var found = new ArrayList<String>();
      if (statement.execute(sql)) {
        var rows = statement.getResultSet();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
