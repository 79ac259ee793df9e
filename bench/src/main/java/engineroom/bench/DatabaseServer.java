package engineroom.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/// A PostgreSQL server of its own for the benchmark, durable as it is by default, whose statements
/// can be listened to and whose processor time can be read.
final class DatabaseServer implements AutoCloseable {
  private static final String NAME = "shop";

  private final EmbeddedPostgres server;
  private final Path log;
  private final Path data;

  /// Begins empty.
  DatabaseServer(Path folder) throws IOException, SQLException {
    Bench.clear(folder);
    Files.createDirectories(folder);
    data = folder.resolve("data");
    log = folder.resolve("postgres.log");
    Files.createFile(log);
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_connections", "100")
            .setServerConfig("log_line_prefix", "'" + Recorded.PREFIX + "'")
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    execute("CREATE DATABASE " + NAME + " ENCODING 'UTF8' TEMPLATE template0");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Brings statistics up to date, so that plans are those of a database that has stood for a
  /// while.
  void analyzed() throws SQLException {
    try (var connection = server.getDatabase("postgres", NAME).getConnection();
        var statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    }
  }

  /// As a model says it.
  String address() {
    return "postgres://postgres@localhost:" + server.getPort() + "/" + NAME;
  }

  /// As JDBC says it, with the settings that the real program has.
  String jdbc() {
    return server.getJdbcUrl("postgres", NAME)
        + "&stringtype=unspecified&prepareThreshold=2&options=-c%20TimeZone=UTC";
  }

  /// Something that somebody asks of a program meanwhile.
  interface Asked {
    void run() throws IOException;
  }

  /// What was logged while something was asked, every statement with its values.
  String heard(Asked asked) throws IOException, SQLException {
    listen("all");
    var from = Files.size(log);
    asked.run();
    ServerProcess.pause(500);
    var heard = Files.readString(log).substring((int) from);
    listen("none");
    return heard;
  }

  private void listen(String statements) throws SQLException {
    execute("ALTER SYSTEM SET log_statement = '" + statements + "'");
    execute("SELECT pg_reload_conf()");
    ServerProcess.pause(500);
  }

  /// Processor time of all its processes so far, those that ended too, in microseconds.
  long cpuMicros() throws IOException {
    var pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    var ticks = ticks(pid, 4);
    for (var child : ProcessHandle.of(pid).orElseThrow().children().toList()) {
      ticks += ticks(child.pid(), 2);
    }
    return ticks * 10_000;
  }

  /// User and system time, and with 4 those of ended children too, in ticks of 10 ms (proc(5)).
  private static long ticks(long pid, int fields) throws IOException {
    var file = Path.of("/proc/" + pid + "/stat");
    if (!Files.exists(file)) {
      return 0; // it ended meanwhile
    }
    var stat = Files.readString(file);
    var all = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = 0; i < fields; i++) {
      ticks += Long.parseLong(all[11 + i]);
    }
    return ticks;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
