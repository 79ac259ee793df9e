package engineroom.stores.migration;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.problem.ProblemException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Walks through random models, each made from the one before: after each step the database is as
/// one made from the model would be, and what the model keeps is there as it was.
public abstract class MigrationWalkCases {
  private static final int MODELS = 200;
  private static final int ROWS_EACH = 3;
  private static final int ROWS_MAX = 40;

  @TempDir Path folder;
  private long rows = 1;
  private int refusals;

  /// An empty database; in a file where it is one.
  protected abstract Migrated open(Path file);

  @Test
  void walks_through_two_hundred_random_models() {
    var seed = Long.getLong("engineroom.seed", System.nanoTime());
    var models = new RandomModels(new Random(seed));
    var model = Sketch.model();
    try (var database = open(folder.resolve("walk.db"))) {
      for (var taken = 0; taken < MODELS; ) {
        var next = models.next(model);
        var before = contents(database, model);
        if (migrates(database, next, "seed " + seed + " model " + taken)) {
          compare(before, contents(database, next), model, next, "seed " + seed);
          fresh(database, next, taken, seed);
          model = next;
          taken++;
          fill(database, model, models);
        } else {
          assertThat(contents(database, model)).as("seed " + seed).isEqualTo(before);
        }
      }
    }
    assertThat(rows).as("rows written, seed " + seed).isGreaterThan(MODELS);
    assertThat(refusals).as("refused, seed " + seed).isBetween(1, MODELS * 2);
  }

  private boolean migrates(Migrated database, Model next, String when) {
    try {
      database.database().migrate(next, Loss.ALLOWED);
    } catch (ProblemException e) {
      assertThat(e.problem().errors()).as(when).isNotEmpty();
      refusals++;
      return false;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(when, e);
    }
    database.consistent(next);
    return true;
  }

  private static Map<String, Map<String, Row>> contents(Migrated database, Model model) {
    var contents = new LinkedHashMap<String, Map<String, Row>>();
    model.entities().keySet().forEach(e -> contents.put(e, database.rows(model, e)));
    return contents;
  }

  private static void compare(
      Map<String, Map<String, Row>> before,
      Map<String, Map<String, Row>> after,
      Model old,
      Model now,
      String when) {
    for (var entity : now.entities().values()) {
      var was = entity.notes().was();
      var former = was != null && old.findEntity(was).isPresent() ? was : entity.name();
      if (old.findEntity(former).isPresent()) {
        compare(
            before.getOrDefault(former, Map.of()),
            after.getOrDefault(entity.name(), Map.of()),
            RandomModels.byFormerName(entity, old.entity(former)),
            old.entity(former),
            when + " " + entity.name());
      }
    }
  }

  private static void compare(
      Map<String, Row> before,
      Map<String, Row> after,
      Map<String, Field> kept,
      Entity old,
      String when) {
    assertThat(after.keySet()).as(when).isEqualTo(before.keySet());
    before.forEach(
        (id, row) ->
            kept.forEach(
                (former, field) -> {
                  var value = row.value(former);
                  var now = after.getOrDefault(id, row).value(field.name());
                  boolean same = field.type().type().equals(old.field(former).type().type());
                  if (same && !(value instanceof Value.Decimal) && value != Value.NULL) {
                    assertThat(now).as(when + " " + field.name()).isEqualTo(value);
                  } else if (value != Value.NULL && !value.equals(new Value.ListOf(List.of()))) {
                    assertThat(now).as(when + " " + field.name()).isNotEqualTo(Value.NULL);
                  }
                }));
  }

  private void fresh(Migrated database, Model model, int number, long seed) {
    try (var fresh = open(folder.resolve("fresh" + number + ".db"))) {
      fresh.to(model);
      assertThat(database.schema()).as("seed " + seed).isEqualTo(fresh.schema());
    }
  }

  private void fill(Migrated database, Model model, RandomModels models) {
    var ids = ids(database, model);
    for (var entity : model.entities().values()) {
      var room = ids.getOrDefault(entity.name(), List.of()).size() < ROWS_MAX;
      for (var i = 0; i < ROWS_EACH && room; i++) {
        rows++;
        try {
          database.with(model, entity.name(), models.row(entity, rows, ids));
        } catch (ProblemException _) {
          rows++; // a value that is there already, in a field that is unique
        }
      }
    }
  }

  private static Map<String, List<Value>> ids(Migrated database, Model model) {
    var ids = new LinkedHashMap<String, List<Value>>();
    contents(database, model)
        .forEach((entity, rows) -> ids.put(entity, rows.values().stream().map(Row::id).toList()));
    return ids;
  }
}
