package engineroom.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteImportTest extends ImportContract {
  @TempDir private Path folder;
  private @Nullable SqliteDatabase database;

  @Override
  Depot open() {
    var good = Depot.model(folder);
    var opened = SqliteDatabase.open(folder.resolve("depot.db"));
    database = opened;
    return new Depot(opened.store(good.model()), good);
  }

  @Test
  void lets_others_write_between_its_lines() throws InterruptedException {
    var imported = new AtomicBoolean();
    var other = Thread.ofPlatform().start(() -> write(imported));
    var lines = new StringBuilder("sku,name\n");
    IntStream.range(0, 40_000).forEach(n -> lines.append("S%1$d,Thing %1$d\n".formatted(n)));
    assertThat(depot.csv("", lines.toString()).body()).contains("\"created\":40000");
    imported.set(true);
    other.join();
    var parts = new ArrayList<>(depot.changed());
    parts.removeIf(entity -> !entity.equals("product") && !entity.equals("category"));
    long breaks =
        IntStream.range(1, parts.lastIndexOf("product"))
            .filter(i -> parts.get(i).equals("category") && parts.get(i - 1).equals("product"))
            .count();
    assertThat(breaks).isGreaterThan(10); // where nobody waits, two hundred parts are one
  }

  private void write(AtomicBoolean imported) {
    for (int i = 0; i < 100_000 && !imported.get(); i++) {
      depot.json("POST", "/api/categories", "{\"name\":\"Category %d\"}".formatted(i));
    }
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }
}
