package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.store.WithoutPushdown;
import engineroom.stores.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values that are kept stay what they would be if they were worked out: after every write, of any
/// kind. The seed is told where they differ; `-Dseed=…` runs it again.
class TwinsTest {
  private static final int STEPS = Integer.getInteger("steps", 400);

  @TempDir private Path folder;

  @Test
  void kept_values_agree_with_their_twins_in_memory() {
    agree(new MemoryStore(Place.model(Place.COMPUTED).model()), STEPS);
  }

  @Test
  void kept_values_agree_with_their_twins_without_pushdown() {
    var memory = new MemoryStore(Place.model(Place.COMPUTED).model());
    agree(new WithoutPushdown(memory), STEPS / 4);
  }

  @Test
  void kept_values_agree_with_their_twins_in_sqlite() {
    try (var database = SqliteDatabase.open(folder.resolve("twins.db"))) {
      agree(database.store(Place.model(Place.COMPUTED).model()), STEPS);
    }
  }

  private static void agree(Store store, int steps) {
    long seed = Long.getLong("seed", new Random().nextLong());
    try (store) {
      var twins = new Twins(store, Place.model(Place.COMPUTED), seed);
      for (int i = 0; i < steps; i++) {
        twins.step("seed " + seed);
      }
      assertThat(twins.done()).isGreaterThan(steps / 3);
    }
  }
}
