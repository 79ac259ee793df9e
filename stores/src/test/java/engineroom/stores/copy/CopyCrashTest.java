package engineroom.stores.copy;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.FieldRules;
import engineroom.stores.Database;
import engineroom.stores.PostgresAddress;
import engineroom.stores.postgres.PostgresDatabase;
import engineroom.stores.postgres.PostgresSide;
import engineroom.stores.postgres.Servers;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.stores.sqlite.SqliteSide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a program while it copies a database that is written to: the next one goes on, and in the
/// end both databases have the same.
class CopyCrashTest {
  private static final int ITEMS = 3_000;
  private static final int KILLS = 8;
  private static final int STEPS = 40;

  @TempDir Path folder;

  /// Copies, and says a word at each step.
  static final class Child {
    private Child() {}

    static void main(String[] arguments) {
      try (var from = SqliteSide.reading(Path.of(arguments[0]));
          var to = target(arguments)) {
        new Copy(Stock.MODEL, from, to, new Telling()).run();
      }
      IO.println("done");
    }

    private static Side target(String[] arguments) {
      return arguments.length == 2
          ? SqliteSide.writing(Path.of(arguments[1]))
          : PostgresSide.writing(address(Integer.parseInt(arguments[1]), arguments[2]));
    }
  }

  private static PostgresAddress address(int port, String database) {
    var login = new PostgresAddress.Login("postgres", "");
    return new PostgresAddress("localhost", port, database, login, Map.of());
  }

  private static final class Telling implements Watch {
    private int times = 3;

    @Override
    public void copied(String table, long done, long whole) {
      IO.println("copied " + done);
    }

    @Override
    public void compared(String table, long done, long whole) {
      IO.println("compared " + done);
    }

    @Override
    public void following(long change) {
      IO.println("following " + change);
    }

    @Override
    public boolean goOn() {
      return --times > 0;
    }
  }

  @Test
  void goes_on_after_kills_into_postgres() throws Exception {
    var to = Servers.fresh();
    try (var database = PostgresDatabase.open(to, rules())) {
      database.store(Stock.MODEL);
    }
    survives(() -> PostgresSide.writing(to), Integer.toString(to.port()), to.database());
    isWhole(PostgresDatabase.open(to, rules()));
  }

  @Test
  void goes_on_after_kills_into_a_file() throws Exception {
    var to = folder.resolve("to.db");
    try (var database = SqliteDatabase.open(to, rules())) {
      database.store(Stock.MODEL);
    }
    survives(() -> SqliteSide.writing(to), to.toString());
    isWhole(SqliteDatabase.open(to, rules()));
  }

  private static FieldRules rules() {
    return new FieldRules((_, _) -> List.of());
  }

  private static void isWhole(Database opened) {
    try (var database = opened) {
      assertThat(database.planned(Stock.MODEL)).isEmpty();
      assertThat(database.drift(Stock.MODEL)).isEmpty();
    }
  }

  private void survives(Supplier<Side> target, String... arguments) throws Exception {
    var from = folder.resolve("from.db");
    var seed = System.nanoTime();
    var random = new Random(seed);
    var cut = 0;
    try (var database = SqliteDatabase.open(from, rules())) {
      var stock = new Stock(database.store(Stock.MODEL), random);
      stock.fill(ITEMS);
      for (var kill = 0; kill < KILLS; kill++) {
        cut += killed(random.nextInt(STEPS), from, arguments);
        for (var change = 0; change < 30; change++) {
          stock.change(ITEMS);
        }
      }
      try (var source = SqliteSide.reading(from);
          var to = target.get()) {
        var copied = new Copy(Stock.MODEL, source, to, Watch.NONE).run();
        assertThat(copied.tables()).as("seed " + seed).allMatch(Copied.Table::same);
        assertThat(copied.change()).isEqualTo(database.store(Stock.MODEL).lastChange());
      }
    }
    assertThat(cut).as("kills in the middle of a copy, seed " + seed).isPositive();
  }

  /// Kills a copy after so many steps. Returns 1 where it was not done by then.
  private static int killed(int steps, Path from, String... arguments)
      throws IOException, InterruptedException {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var command =
        new ArrayList<>(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                from.toString()));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var cut = 1;
    var said = 0;
    try (var lines = process.inputReader()) {
      String line;
      while ((line = lines.readLine()) != null) {
        cut = line.equals("done") ? 0 : cut;
        if (said++ == steps) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return cut;
  }
}
