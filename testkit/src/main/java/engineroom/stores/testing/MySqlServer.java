package engineroom.stores.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One MySQL server for all tests of a program, and a database for each that asks. The program is
/// what `.ci/mysql` fetched, or stands in the folder that `-Dmysql.home=` names; where there is
/// none, whoever asks for it is skipped.
public final class MySqlServer {
  private static final String ABSENT =
      "There is no MySQL: run .ci/mysql, or name its folder by -Dmysql.home=. Tests are skipped.";

  private MySqlServer() {}

  private record Server(Path place, int port) {
    static final Server ONE = started();

    private static Server started() {
      try {
        var target = Path.of("target").toAbsolutePath();
        var place = Files.createTempDirectory(Files.createDirectories(target), "mysql");
        var server = new Server(place, Databases.freePort());
        server.prepare();
        server.start();
        return server;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /// Makes the server's own tables.
    private void prepare() throws IOException, InterruptedException {
      if (process("--initialize-insecure").start().waitFor() != 0) {
        throw new IllegalStateException(Files.readString(place.resolve("log")));
      }
    }

    /// What is faster here keeps what it promises as long as the machine runs.
    private ProcessBuilder process(String... more) throws IOException {
      var program = home();
      var command = new ArrayList<>(loader(program));
      command.addAll(
          List.of(
              program.resolve("usr/sbin/mysqld").toString(),
              "--no-defaults",
              "--user=" + System.getProperty("user.name"),
              "--basedir=" + program.resolve("usr"),
              "--lc-messages-dir=" + program.resolve("usr/share/mysql"),
              "--character-sets-dir=" + program.resolve("usr/share/mysql/charsets"),
              "--plugin-dir=" + program.resolve("usr/lib/mysql/plugin"),
              "--datadir=" + place.resolve("data"),
              "--secure-file-priv=NULL",
              "--skip-log-bin",
              "--mysqlx=OFF",
              "--performance-schema=OFF",
              "--innodb-redo-log-capacity=64M",
              "--innodb-stats-persistent=OFF",
              "--innodb-flush-method=nosync",
              "--innodb-flush-log-at-trx-commit=0"));
      command.addAll(List.of(more));
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(place.resolve("log").toFile()));
    }

    /// The loader and the libraries that came with it; the machine's may be older.
    private static List<String> loader(Path program) throws IOException {
      try (var all = Files.walk(program.resolve("usr/lib"), 2)) {
        var loader =
            all.filter(file -> String.valueOf(file.getFileName()).matches("ld-linux.*\\.so.*"))
                .findFirst();
        if (loader.isEmpty()) {
          return List.of();
        }
        var libraries = String.valueOf(loader.get().getParent());
        var own = libraries + ":" + program.resolve("usr/lib/mysql/private");
        return List.of(loader.get().toString(), "--library-path", own);
      }
    }

    private void start() throws IOException, InterruptedException {
      var process =
          process(
              "--bind-address=127.0.0.1",
              "--max-connections=300",
              "--port=" + port,
              "--socket=socket",
              "--pid-file=pid");
      RunningServer.start(process, place, port);
    }
  }

  private static Path home() {
    var named = System.getProperty("mysql.home");
    if (named != null) {
      return Path.of(named);
    }
    var cache = System.getenv("XDG_CACHE_HOME");
    var folder =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return folder.resolve("engineroom/mysql");
  }

  /// Whether there is one.
  public static boolean present() {
    return Files.isExecutable(home().resolve("usr/sbin/mysqld"));
  }

  private static Databases databases() {
    if (!present()) {
      System.err.println(ABSENT);
      abort(ABSENT);
    }
    return new Databases(Server.ONE.port());
  }

  /// The server's port at 127.0.0.1; who signs in as `root` needs no password.
  public static int port() {
    return databases().port();
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
