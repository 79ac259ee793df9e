package engineroom.stores.sqlite;

import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.indexed;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.searched;
import static engineroom.stores.migration.Sketch.text;
import static engineroom.stores.migration.Sketch.thing;
import static engineroom.stores.migration.Sketch.things;
import static engineroom.stores.migration.Sketch.unique;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Field;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The steps that touch every row, on databases without rows, with one and with very many.
class MigrationSizeTest {
  private static final Field NAME = searched(field("name", text(20)));
  private static final Field COUNT = field("count", new Whole(0L, 1_000_000L));
  private static final Model BEFORE = things(NAME, COUNT);

  @TempDir Path folder;

  @Test
  void keeps_every_row_through_a_rebuild_a_conversion_and_new_indexes() {
    for (var count : new int[] {0, 1, 100_000}) {
      keeps(count);
    }
  }

  private void keeps(int count) {
    try (var database = new SqliteMigrated(folder.resolve(count + ".db"))) {
      var rows = new ArrayList<Row>();
      for (var number = 0; number < count; number++) {
        var name = Value.of("word" + number % 100 + " n" + number);
        rows.add(row(number, Map.of("name", name, "count", Value.of(number))));
      }
      database.with(BEFORE, "thing", rows);
      var before = new TreeMap<String, Row>();
      rows.forEach(row -> before.put(JsonText.of(row.id()), row));

      var rebuilt = things(searched(field("name", text(30))), COUNT);
      database.to(rebuilt);
      assertThat(database.rows(rebuilt, "thing").equals(before)).isTrue();

      var converted = things(searched(field("name", text(30))), field("count", Text.PLAIN));
      database.to(converted);
      before.replaceAll((_, row) -> row.with("count", Value.of(JsonText.of(row.value("count")))));
      assertThat(database.rows(converted, "thing").equals(before)).isTrue();

      var keyed = model(indexed(unique(thing(own(converted)), "name"), "count"));
      database.to(keyed);
      assertThat(database.rows(keyed, "thing").equals(before)).isTrue();
      assertThat(
              database.sql("SELECT count(*) FROM thing__search WHERE thing__search MATCH 'word7'"))
          .containsExactly(String.valueOf(count == 100_000 ? 1_000 : 0));
    }
  }

  private static Field[] own(Model model) {
    return model.entity("thing").fields().values().stream()
        .filter(f -> f.name().equals("name") || f.name().equals("count"))
        .toArray(Field[]::new);
  }
}
