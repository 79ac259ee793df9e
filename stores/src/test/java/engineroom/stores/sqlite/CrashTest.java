package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.stores.migration.Shop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  private static final int KILLS = 20;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 50;

  @TempDir Path folder;

  /// Writes products from an id on until it is killed, and prints each id once its write is
  /// acknowledged.
  static final class Child {
    private Child() {}

    static void main(String[] arguments) throws InterruptedException {
      var store = SqliteDatabase.open(Path.of(arguments[0])).store(Shop.MODEL);
      var next = new AtomicLong(Long.parseLong(arguments[1]));
      try (var threads = Executors.newFixedThreadPool(4)) {
        for (var i = 0; i < 4; i++) {
          threads.execute(() -> write(store, next));
        }
      }
    }

    private static void write(SqliteStore store, AtomicLong next) {
      while (true) {
        var id = next.incrementAndGet();
        store.write(
            transaction -> {
              transaction.insert("product", Shop.product(id, "product " + id));
              return id;
            });
        IO.println(id);
      }
    }
  }

  @Test
  void finds_every_acknowledged_row_after_each_of_twenty_kills() throws Exception {
    var file = folder.resolve("shop.db");
    var acknowledged = new ArrayList<Value>();
    for (var kill = 0; kill < KILLS; kill++) {
      run(file, kill * 1_000_000L).forEach(id -> acknowledged.add(Shop.id(id)));
      assertThat(kept(file)).containsAll(acknowledged);
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * (ACKNOWLEDGED_BEFORE_KILL - 1));
  }

  private static List<Long> run(Path file, long from) throws IOException, InterruptedException {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var process =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                file.toString(),
                Long.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var ids = new ArrayList<Long>();
    try (var lines = process.inputReader()) {
      String line;
      while ((line = lines.readLine()) != null) {
        ids.add(Long.valueOf(line));
        if (ids.size() == ACKNOWLEDGED_BEFORE_KILL) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    ids.removeLast(); // the kill may have cut its line short
    return ids;
  }

  private static List<Value> kept(Path file) {
    try (var database = SqliteDatabase.open(file)) {
      return database
          .store(Shop.MODEL)
          .scan(
              tables -> {
                var ids = new ArrayList<Value>();
                for (Row row : tables.rows("product")) {
                  ids.add(row.id());
                }
                return ids;
              });
    }
  }
}
