package engineroom.stores.migration;

import static engineroom.stores.migration.Sketch.choice;
import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.optional;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.thing;
import static engineroom.stores.migration.Sketch.things;
import static engineroom.stores.migration.Sketch.unique;
import static engineroom.stores.migration.Sketch.was;
import static engineroom.stores.migration.Sketch.wasValues;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Literal;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Field;
import engineroom.model.Field.Sequence;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.store.Transaction.Counter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are there when their entity becomes numbered, and counters when a model changes.
public abstract class MigrationNumbersCases {
  private static final Field KIND = field("kind", choice("a", "b"));
  private static final Model BEFORE = things(KIND);
  private static final Field NUMBER = numbered(field("number", new Whole(null, null)), "kind");

  @TempDir Path folder;
  private Migrated database;

  /// An empty database; in a file where it is one.
  protected abstract Migrated open(Path file);

  @BeforeEach
  void with_four_things_the_first_the_youngest() {
    database = open(folder.resolve("things.db"));
    database.with(
        BEFORE, "thing", aged(1, "a", 40), aged(2, "b", 30), aged(3, "a", 20), aged(4, "a", 20));
  }

  @AfterEach
  void closed() {
    database.close();
  }

  private static Row aged(long number, String kind, int second) {
    var time = Instant.parse("2026-08-01T10:00:00Z").plusSeconds(second);
    return row(number, "kind", Value.of(kind)).with("createdAt", new Value.Timestamp(time));
  }

  private static Field numbered(Field field, String... per) {
    return numbered(field, new Sequence(true, 10, List.of(per), null, null));
  }

  private static Field numbered(Field f, @Nullable Sequence sequence) {
    var filling = new Field.Filling(null, null, null, sequence);
    return new Field(f.name(), f.type(), f.required(), f.traits(), filling, f.access(), f.notes());
  }

  private static Model numberedThings(Field kind, Field number) {
    return model(unique(thing(kind, number), kind.name(), number.name()));
  }

  private List<Value> numbers(Model model) {
    return database.values(model, "thing", "number");
  }

  private long next(Model model, String entity, String field, String kind) {
    var counter = new Counter(entity, field, "[\"" + kind + "\"]");
    return database.database().store(model).write(transaction -> transaction.next(counter, 10));
  }

  @Test
  void numbers_rows_in_the_order_in_which_they_were_created() {
    var after = numberedThings(KIND, NUMBER);
    assertThat(database.steps(after))
        .containsExactly(
            "add thing.number | SLOW 4",
            "make unique in thing: kind, number | SLOW 4",
            "number thing by number, in the order of createdAt | SLOW 4");
    database.to(after);
    assertThat(numbers(after))
        .containsExactly(Value.of(12), Value.of(10), Value.of(10), Value.of(11));
    assertThat(next(after, "thing", "number", "a")).isEqualTo(13);
    assertThat(next(after, "thing", "number", "b")).isEqualTo(11);
  }

  @Test
  void numbers_by_a_format_those_that_meet_the_condition() {
    Expression isA =
        new Compare(
            Comparison.EQUAL,
            BEFORE.entity("thing").get("kind"),
            new Literal(Value.of("a"), KIND.type().type()));
    var sequence = new Sequence(true, 1, List.of("kind"), "{kind}-{number:3}", isA);
    var number = numbered(optional("number", Text.PLAIN), sequence);
    var after = numberedThings(KIND, number);
    database.to(after);
    assertThat(numbers(after))
        .containsExactly(Value.of("a-003"), Value.NULL, Value.of("a-001"), Value.of("a-002"));
  }

  @Test
  void goes_on_behind_numbers_that_rows_have_already() {
    var plain = things(KIND, optional("number", new Whole(null, null)));
    database.to(plain);
    database.execute(
        "UPDATE thing SET number = 30 WHERE id = '" + ((Value.Uuid) Shop.id(3)).uuid() + "'");
    var after = numberedThings(KIND, NUMBER);
    database.to(after);
    assertThat(numbers(after))
        .containsExactly(Value.of(32), Value.of(10), Value.of(30), Value.of(31));
    assertThat(next(after, "thing", "number", "a")).isEqualTo(33);
  }

  @Test
  void refuses_numbers_that_rows_have_twice() {
    var plain = things(KIND, optional("number", new Whole(null, null)));
    database.to(plain);
    database.execute("UPDATE thing SET number = 30");
    assertThat(database.refused(numberedThings(KIND, NUMBER), Loss.REFUSED))
        .anyMatch(line -> line.contains("number"));
  }

  @Test
  void counts_on_where_entity_and_field_have_other_names() {
    var numbered = numberedThings(KIND, NUMBER);
    database.to(numbered);
    assertThat(next(numbered, "thing", "number", "a")).isEqualTo(13);
    var renamed = was(field("no", new Whole(null, null)), "number");
    var entity = Sketch.entity("item", KIND, numbered(renamed, NUMBER.filling().sequence()));
    var after = model(was(unique(entity, "kind", "no"), "thing"));
    database.to(after);
    assertThat(next(after, "item", "no", "a")).isEqualTo(14);
    assertThat(database.sql("SELECT DISTINCT concat(entity, field) FROM _engineroom_sequence"))
        .containsExactly("itemno");
  }

  @Test
  void counts_by_values_that_are_called_otherwise_now() {
    database.to(numberedThings(KIND, NUMBER));
    var kind = wasValues(field("kind", choice("x", "b")), Map.of("a", "x"));
    var after = numberedThings(kind, NUMBER);
    database.to(after);
    assertThat(numbers(after))
        .containsExactly(Value.of(12), Value.of(10), Value.of(10), Value.of(11));
    assertThat(next(after, "thing", "number", "x")).isEqualTo(13);
    assertThat(next(after, "thing", "number", "b")).isEqualTo(11);
  }

  @Test
  void counts_anew_by_other_fields() {
    database.to(numberedThings(KIND, NUMBER));
    var shop = Sketch.initial(field("shop", Text.PLAIN), Value.of("north"));
    var number = numbered(NUMBER, new Sequence(true, 10, List.of("shop", "kind"), null, null));
    var after = model(unique(thing(KIND, shop, number), "shop", "kind", "number"));
    assertThat(database.steps(after))
        .contains("number thing by number, in the order of createdAt | SLOW 4");
    database.to(after);
    var counter = new Counter("thing", "number", "[\"north\",\"a\"]");
    assertThat(database.database().store(after).<Long>write(t -> t.next(counter, 10)))
        .isEqualTo(13);
  }

  @Test
  void forgets_counters_of_what_is_no_longer_numbered() {
    database.to(numberedThings(KIND, NUMBER));
    var plain = things(KIND, field("number", new Whole(null, null)));
    assertThat(database.steps(plain)).contains("note thing.number: no sequence any more | SAFE 0");
    database.to(plain);
    assertThat(database.sql("SELECT count(*) FROM _engineroom_sequence")).containsExactly("0");
  }

  @Test
  void keeps_counters_through_any_other_migration() {
    var numbered = numberedThings(KIND, NUMBER);
    database.to(numbered);
    next(numbered, "thing", "number", "a");
    var color = optional("color", new FieldType.Choice(List.of("red")));
    var after = model(unique(thing(KIND, NUMBER, color), "kind", "number"));
    database.to(after);
    assertThat(next(after, "thing", "number", "a")).isEqualTo(14);
  }
}
