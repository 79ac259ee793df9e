package engineroom.stores.migration;

import static engineroom.stores.migration.Sketch.choice;
import static engineroom.stores.migration.Sketch.entity;
import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.kept;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.optional;
import static engineroom.stores.migration.Sketch.reference;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.text;
import static engineroom.stores.migration.Sketch.thing;
import static engineroom.stores.migration.Sketch.was;
import static engineroom.stores.migration.Sketch.wasValues;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.store.Versions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the versions of rows when the model changes.
public abstract class MigrationHistoryCases {
  private static final Field NAME = field("name", Text.PLAIN);
  private static final Field COUNT = field("count", new Whole(0L, 100L));
  private static final Model PLAIN = model(thing(NAME, COUNT));
  private static final Model KEPT = model(kept(thing(NAME, COUNT)));
  private static final Change.Origin ORIGIN =
      new Change.Origin("ann", "request", Instant.parse("2026-08-01T12:00:00Z"));

  @TempDir Path folder;
  private Migrated database;

  /// An empty database; in a file where it is one.
  protected abstract Migrated open(Path file);

  @BeforeEach
  void open() {
    database = open(folder.resolve("things.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Row tea(String name, int count) {
    return row(1, Map.of("name", Value.of(name), "count", Value.of(count)));
  }

  /// A thing that was `tea` with the count 7 before it became `mate` with 8.
  private void withTwoVersions(Model model) {
    var before = tea("tea", 7);
    var after = tea("mate", 8).with("version", Value.of(3));
    database
        .database()
        .store(model)
        .write(
            transaction -> {
              var versions = new Versions(transaction, model.entity("thing"));
              transaction.insert("thing", before);
              versions.created(before, ORIGIN);
              transaction.update("thing", after, Set.of("name", "count", "version"));
              versions.changed(before, after, ORIGIN);
              return 0;
            });
  }

  private List<Value> past(Model model, String field) {
    return database.values(History.stored(model), History.past("thing"), field);
  }

  @Test
  void keeps_the_rows_that_are_there_as_first_versions() {
    database.with(PLAIN, "thing", tea("tea", 7).with("version", Value.of(1)));
    assertThat(database.steps(KEPT)).containsExactly("keep the history of thing | SAFE 0");
    database.to(KEPT);
    assertThat(past(KEPT, "name")).containsExactly(Value.of("tea"));
    assertThat(past(KEPT, "id")).containsExactly(Versions.id(Shop.id(1), 1));
    assertThat(past(KEPT, History.ROW)).containsExactly(Shop.id(1));
    assertThat(past(KEPT, History.UNTIL)).containsExactly(Value.NULL);
    assertThat(past(KEPT, History.KIND)).containsExactly(Value.of("create"));
    assertThat(past(KEPT, History.BY)).containsExactly(Value.of("migration"));
  }

  @Test
  void creates_an_entity_together_with_its_history() {
    assertThat(database.steps(KEPT))
        .containsExactly("create thing | SAFE 0", "keep the history of thing | SAFE 0");
    database.to(KEPT);
    assertThat(past(KEPT, "name")).isEmpty();
  }

  @Test
  void forgets_versions_only_where_that_is_allowed() {
    withTwoVersions(KEPT);
    assertThat(database.steps(PLAIN))
        .containsExactly("forget the history of thing | DESTRUCTIVE 2");
    assertThat(database.refused(PLAIN, Loss.REFUSED))
        .containsExactly("forget the history of thing loses the values of 2 rows");
    assertThat(database.losing(PLAIN).backup()).isNotNull();
    assertThat(database.named("thing__past")).isEmpty();
    assertThat(database.values(PLAIN, "thing", "name")).containsExactly(Value.of("mate"));
  }

  @Test
  void renames_a_field_in_its_versions() {
    withTwoVersions(KEPT);
    var after = model(kept(thing(was(field("title", Text.PLAIN), "name"), COUNT)));
    assertThat(database.steps(after)).containsExactly("rename thing.name to thing.title | SLOW 1");
    database.to(after);
    assertThat(past(after, "title")).containsExactly(Value.of("tea"), Value.of("mate"));
  }

  @Test
  void renames_an_entity_with_its_versions() {
    withTwoVersions(KEPT);
    var after = model(was(kept(entity("item", NAME, COUNT)), "thing"));
    assertThat(database.steps(after)).containsExactly("rename thing to item | SAFE 1");
    database.to(after);
    assertThat(database.values(History.stored(after), "item__past", "name"))
        .containsExactly(Value.of("tea"), Value.of("mate"));
  }

  @Test
  void adds_a_field_that_versions_of_the_past_do_not_have() {
    withTwoVersions(KEPT);
    var colour = Sketch.initial(field("colour", Text.PLAIN), Value.of("green"));
    var after = model(kept(thing(NAME, COUNT, colour)));
    assertThat(database.steps(after)).containsExactly("add thing.colour | SLOW 1");
    database.to(after);
    assertThat(past(after, "colour")).containsExactly(Value.NULL, Value.NULL);
    assertThat(past(after, "name")).containsExactly(Value.of("tea"), Value.of("mate"));
  }

  @Test
  void loses_a_field_that_is_dropped_only_where_that_is_allowed() {
    withTwoVersions(KEPT);
    var after = model(kept(thing(NAME)));
    assertThat(database.steps(after))
        .containsExactly(
            "drop thing.count | DESTRUCTIVE 1",
            "drop count from the history of thing | DESTRUCTIVE 2");
    database.losing(after);
    assertThat(past(after, "name")).containsExactly(Value.of("tea"), Value.of("mate"));
  }

  @Test
  void converts_versions_as_far_as_they_can_be_converted() {
    var texts = model(kept(thing(NAME, field("count", Text.PLAIN))));
    var before = row(1, Map.of("name", Value.of("tea"), "count", Value.of("many")));
    var after = before.with("count", Value.of("8")).with("version", Value.of(3));
    database
        .database()
        .store(texts)
        .write(
            transaction -> {
              var versions = new Versions(transaction, texts.entity("thing"));
              transaction.insert("thing", before);
              versions.created(before, ORIGIN);
              transaction.update("thing", after, Set.of("count", "version"));
              versions.changed(before, after, ORIGIN);
              return 0;
            });
    database.to(KEPT);
    assertThat(database.values(KEPT, "thing", "count")).containsExactly(Value.of(8));
    assertThat(past(KEPT, "count")).containsExactly(Value.NULL, Value.of(8));
  }

  @Test
  void keeps_versions_that_the_limits_of_today_would_refuse() {
    withTwoVersions(KEPT);
    var after = model(kept(thing(field("name", text(4)), field("count", new Whole(8L, 9L)))));
    database.to(after);
    assertThat(past(after, "count")).containsExactly(Value.of(7), Value.of(8));
    assertThat(past(after, "name")).containsExactly(Value.of("tea"), Value.of("mate"));
  }

  @Test
  void renames_values_of_an_enum_in_versions_and_keeps_those_that_are_gone() {
    var before = model(kept(thing(field("name", choice("tea", "mate")), COUNT)));
    withTwoVersions(before);
    var named = wasValues(field("name", choice("yerba")), Map.of("mate", "yerba"));
    var after = model(kept(thing(named, COUNT)));
    database.to(after);
    assertThat(database.values(after, "thing", "name")).containsExactly(Value.of("yerba"));
    assertThat(past(after, "name")).containsExactly(Value.of("tea"), Value.of("yerba"));
  }

  @Test
  void follows_references_whose_ids_become_others() {
    var box = entity("box", NAME);
    var before = model(kept(thing(optional("box", reference("box")))), box);
    database.with(before, "box", row(9, "name", Value.of("red")));
    var held = row(1, "box", Shop.id(9));
    database
        .database()
        .store(before)
        .write(
            transaction -> {
              transaction.insert("thing", held);
              new Versions(transaction, before.entity("thing")).created(held, ORIGIN);
              return 0;
            });
    var after = model(kept(thing(optional("box", reference("box")))), textIds(box));
    database.to(after);
    var id = database.values(after, "box", "id");
    assertThat(past(after, "box")).isEqualTo(id);
  }

  private static Entity textIds(Entity entity) {
    var fields = new java.util.LinkedHashMap<>(entity.fields());
    fields.put("id", Field.of("id", Text.PLAIN));
    return new Entity(
        entity.name(),
        entity.plural(),
        fields,
        entity.lists(),
        entity.keys(),
        entity.access(),
        entity.notes());
  }

  @Test
  void takes_a_secret_out_of_sight_of_the_past() {
    withTwoVersions(KEPT);
    FieldType secret = Plain.SECRET;
    var after = model(kept(thing(NAME, COUNT, optional("pin", secret))));
    database.to(after);
    assertThat(database.columns("thing__past")).contains("name", "count").doesNotContain("pin");
  }
}
