package engineroom.stores.sqlite;

import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.indexed;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.searched;
import static engineroom.stores.migration.Sketch.thing;
import static engineroom.stores.migration.Sketch.things;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Field;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a program while it migrates: the database has the old model or the new one, whole, and the
/// next start says which.
class MigrationCrashTest {
  private static final int ROWS = 5_000;
  private static final int KILLS_AT_RANDOM = 12;
  private static final Field NAME = searched(field("name", Text.PLAIN));
  private static final Model WHOLE = things(NAME, field("count", new Whole(null, null)));
  private static final Model TEXT =
      model(indexed(thing(NAME, field("count", Text.PLAIN)), "count"));

  @TempDir Path folder;

  /// Migrates there and back until it is killed, and says when each migration begins and ends.
  static final class Child {
    private Child() {}

    static void main(String[] arguments) {
      var database = SqliteDatabase.open(Path.of(arguments[0]));
      while (true) {
        for (var model : new Model[] {TEXT, WHOLE}) {
          IO.println("begin");
          database.migrate(model, Loss.REFUSED);
          IO.println("end");
        }
      }
    }
  }

  @Test
  void has_the_old_model_or_the_new_one_after_each_kill() throws Exception {
    var file = folder.resolve("things.db");
    try (var database = new SqliteMigrated(file)) {
      var rows = new ArrayList<Row>();
      for (var number = 0; number < ROWS; number++) {
        var name = Value.of("name " + number);
        rows.add(row(number, Map.of("name", name, "count", Value.of(number))));
      }
      database.with(WHOLE, "thing", rows);
    }
    var seed = System.nanoTime();
    var random = new Random(seed);
    var cut = 0;
    for (var kill = 0; kill < KILLS_AT_RANDOM; kill++) {
      cut +=
          survives(file, "begin", random.nextDouble(0.05, 1.1), "seed " + seed + " kill " + kill);
    }
    for (var moment : new String[] {"begin", "end"}) {
      survives(file, moment, 0.0, "at the " + moment);
    }
    assertThat(cut).as("kills in the middle of a migration, seed " + seed).isPositive();
  }

  /// Kills the child after it has said a word for the third time, when so much of the time has
  /// passed that a migration took, and looks at what is left. Returns 1 where a migration was under
  /// way.
  private static int survives(Path file, String word, double part, String when) throws Exception {
    kill(file, word, part);
    var intention = file.resolveSibling(file.getFileName() + ".migrating");
    var number = Files.exists(intention) ? Files.readString(intention) : "";
    try (var database = new SqliteMigrated(file)) {
      boolean whole = database.database().planned(WHOLE).isEmpty();
      var model = whole ? WHOLE : TEXT;
      database.consistent(model);
      var counts = database.values(model, "thing", "count");
      assertThat(counts).as(when).hasSize(ROWS);
      for (var at = 0; at < ROWS; at++) {
        var expected = whole ? Value.of(at) : Value.of(String.valueOf(at));
        assertThat(counts.get(at)).as(when).isEqualTo(expected);
      }
      var last = Long.parseLong(database.sql("SELECT max(id) FROM _engineroom_migration").get(0));
      var note = database.database().note();
      if (number.isEmpty()) {
        // the kill may have come between making the file and writing into it
        note.ifPresent(text -> assertThat(text).as(when).contains("undone"));
        return 0;
      }
      assertThat(note.orElseThrow())
          .as(when)
          .contains(last >= Long.parseLong(number) ? "has the new model" : "is undone");
      assertThat(intention).doesNotExist();
      return 1;
    }
  }

  private static void kill(Path file, String word, double part) throws IOException {
    var java = ProcessHandle.current().info().command().orElseThrow();
    var process =
        new ProcessBuilder(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines = process.inputReader()) {
      // the first may have nothing to do
      var took = Math.max(migration(lines), migration(lines));
      assertThat(lines.readLine()).isEqualTo("begin");
      if (word.equals("end")) {
        assertThat(lines.readLine()).isEqualTo("end");
      }
      process.waitFor((long) (part * took), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.toHandle().destroyForcibly();
      process.onExit().join();
    }
  }

  /// Waits for a whole migration, and tells how many nanoseconds it took.
  private static long migration(BufferedReader lines) throws IOException {
    assertThat(lines.readLine()).isEqualTo("begin");
    var begun = System.nanoTime();
    assertThat(lines.readLine()).isEqualTo("end");
    return System.nanoTime() - begun;
  }
}
