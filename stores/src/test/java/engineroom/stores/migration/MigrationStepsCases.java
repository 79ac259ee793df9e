package engineroom.stores.migration;

import static engineroom.stores.migration.Sketch.backfill;
import static engineroom.stores.migration.Sketch.choice;
import static engineroom.stores.migration.Sketch.entity;
import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.indexed;
import static engineroom.stores.migration.Sketch.initial;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.optional;
import static engineroom.stores.migration.Sketch.reference;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.searched;
import static engineroom.stores.migration.Sketch.text;
import static engineroom.stores.migration.Sketch.thing;
import static engineroom.stores.migration.Sketch.things;
import static engineroom.stores.migration.Sketch.was;
import static engineroom.stores.migration.Sketch.wasValues;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.ExpressionMistake;
import engineroom.expression.ExpressionReader;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.model.ModelScope;
import engineroom.outcome.Change;
import engineroom.stores.migrate.LayoutJson;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each kind of step, with the rows before and after.
public abstract class MigrationStepsCases {
  private static final Field NAME = field("name", Text.PLAIN);
  private static final Field COUNT = field("count", new Whole(0L, 100L));
  private static final Model BEFORE = things(NAME, COUNT);

  @TempDir Path folder;
  private Migrated database;

  /// An empty database; in a file where it is one.
  protected abstract Migrated open(Path file);

  @BeforeEach
  void with_two_things() {
    database = open(folder.resolve("things.db"));
    database.with(
        BEFORE,
        "thing",
        row(1, Map.of("name", Value.of("tea"), "count", Value.of(7))),
        row(2, Map.of("name", Value.of("Coffee pot"), "count", Value.of(100))));
  }

  @AfterEach
  void closed() {
    database.close();
  }

  /// All that was there is there as it was, but for one field.
  private void kept(Model after, String changed) {
    var present = database.rows(after, "thing");
    assertThat(present).hasSize(2);
    present.values().forEach(row -> assertThat(row.value("createdAt")).isNotEqualTo(Value.NULL));
    assertThat(present.values().stream().map(row -> row.version())).containsExactly(2L, 3L);
    if (!changed.equals("name") && after.entity("thing").findField("name").isPresent()) {
      assertThat(database.values(after, "thing", "name"))
          .containsExactly(Value.of("tea"), Value.of("Coffee pot"));
    }
    if (!changed.equals("count") && after.entity("thing").findField("count").isPresent()) {
      assertThat(database.values(after, "thing", "count"))
          .containsExactly(Value.of(7), Value.of(100));
    }
    assertThat(database.keys("thing")).containsExactly("1", "2");
  }

  private static Expression read(Model model, String text, Scalar type) throws ExpressionMistake {
    var scope = ModelScope.of(model, "thing", ModelScope.Use.RULE);
    return ExpressionReader.read(text, scope, type).expression();
  }

  @Test
  void creates_an_entity_that_others_refer_to() {
    var after = model(thing(NAME, COUNT, optional("box", reference("box"))), entity("box", NAME));
    assertThat(database.steps(after))
        .containsExactly("add thing.box | SAFE 0", "create box | SAFE 0");
    database.to(after);
    kept(after, "");
    database.with(after, "box", row(9, "name", Value.of("red")));
  }

  @Test
  void adds_an_optional_field_in_place() {
    var after = things(NAME, optional("color", text(10)), COUNT);
    assertThat(database.steps(after)).containsExactly("add thing.color | SAFE 0");
    database.to(after);
    kept(after, "");
    assertThat(database.values(after, "thing", "color")).containsOnly(Value.NULL);
  }

  @Test
  void adds_a_required_field_with_a_default() {
    var after = things(NAME, COUNT, initial(field("kind", choice("a", "b")), Value.of("b")));
    assertThat(database.steps(after)).containsExactly("add thing.kind | SLOW 2");
    database.to(after);
    kept(after, "");
    assertThat(database.values(after, "thing", "kind")).containsOnly(Value.of("b"));
  }

  @Test
  void adds_a_required_field_by_a_backfill_over_the_row() throws Exception {
    var sum = backfill(field("title", Text.PLAIN), read(BEFORE, "upper(name)", Scalar.TEXT));
    var after = things(NAME, COUNT, sum);
    database.to(after);
    kept(after, "");
    assertThat(database.values(after, "thing", "title"))
        .containsExactly(Value.of("TEA"), Value.of("COFFEE POT"));
  }

  @Test
  void makes_a_slug_from_its_source() {
    var slug = new Text(FieldType.Format.SLUG, null, null, null, false, "name");
    var after = things(NAME, COUNT, field("slug", slug));
    database.to(after);
    assertThat(database.values(after, "thing", "slug"))
        .containsExactly(Value.of("tea"), Value.of("coffee-pot"));
  }

  @Test
  void renames_a_field_with_its_limits_indexes_and_words() {
    var before = model(indexed(thing(searched(NAME), COUNT), "count"));
    database.to(before);
    var after =
        model(
            indexed(
                thing(
                    was(searched(field("title", Text.PLAIN)), "missing"),
                    was(field("amount", new Whole(0L, 100L)), "count")),
                "amount"));
    var renamed =
        model(
            indexed(
                thing(searched(NAME), was(field("amount", new Whole(0L, 100L)), "count")),
                "amount"));
    assertThat(database.steps(renamed))
        .containsExactly("rename thing.count to thing.amount | SLOW 2");
    database.to(renamed);
    kept(renamed, "");
    assertThat(database.values(renamed, "thing", "amount"))
        .containsExactly(Value.of(7), Value.of(100));
    assertThat(database.steps(after)).contains("drop thing.name | DESTRUCTIVE 2");
  }

  @Test
  void renames_an_entity_that_others_and_itself_refer_to() {
    var before =
        model(
            thing(searched(NAME), COUNT, optional("part", reference("thing"))),
            entity("note", field("of", new Reference("thing", "notes", OnDelete.CASCADE, false))));
    database.to(before);
    database.with(before, "note", row(5, "of", Shop.id(1)));
    var after =
        model(
            was(
                entity("item", searched(NAME), COUNT, optional("part", reference("item"))),
                "thing"),
            entity("note", field("of", new Reference("item", "notes", OnDelete.CASCADE, false))));
    assertThat(database.steps(after)).containsExactly("rename thing to item | SAFE 2");
    database.to(after);
    assertThat(database.values(after, "item", "name"))
        .containsExactly(Value.of("tea"), Value.of("Coffee pot"));
    assertThat(database.values(after, "note", "of")).containsExactly(Shop.id(1));
    assertThat(database.schema()).noneMatch(line -> line.contains("thing"));
  }

  @Test
  void widens_a_limit_and_makes_a_field_optional() {
    var after = things(optional("name", text(20)), field("count", new Whole(0L, 1_000L)));
    database.to(things(field("name", text(10)), COUNT));
    assertThat(database.steps(after))
        .containsExactly(
            "widen thing.name: max from 10 to 20 | SLOW 2",
            "widen thing.name: required becomes optional | SLOW 2",
            "widen thing.count: max from 100 to 1000 | SLOW 2");
    database.to(after);
    kept(after, "");
    database.with(after, "thing", row(3, "count", Value.of(1_000)));
  }

  @Test
  void widens_an_integer_to_a_decimal() {
    var after = things(NAME, field("count", new FieldType.Decimal(9, 2, null, null)));
    assertThat(database.steps(after))
        .containsExactly("widen thing.count: integer becomes decimal | SLOW 2");
    database.to(after);
    kept(after, "count");
    assertThat(database.values(after, "thing", "count"))
        .containsExactly(
            new Value.Decimal(new BigDecimal("7.00")), new Value.Decimal(new BigDecimal("100.00")));
    var more = things(NAME, field("count", new FieldType.Decimal(12, 4, null, null)));
    database.to(more);
    assertThat(database.values(more, "thing", "count"))
        .contains(new Value.Decimal(new BigDecimal("7.0000")));
  }

  @Test
  void drops_a_pattern_without_a_look_at_the_rows() {
    var pattern = new Text(FieldType.Format.PLAIN, null, null, "^[a-zA-Z ]+$", false, null);
    database.to(things(field("name", pattern), COUNT));
    assertThat(database.steps(BEFORE))
        .containsExactly("widen thing.name: without pattern | SAFE 2");
    database.to(BEFORE);
    kept(BEFORE, "");
  }

  @Test
  void narrows_where_every_row_fits() {
    var after = things(field("name", text(10)), field("count", new Whole(7L, 100L)));
    assertThat(database.steps(after))
        .containsExactly(
            "narrow thing.name: max to 10 | SLOW 2",
            "narrow thing.count: min from 0 to 7 | SLOW 2");
    database.to(after);
    kept(after, "");
  }

  @Test
  void makes_a_field_required_with_a_default_for_the_rows_without_it() {
    var between = things(NAME, COUNT, optional("color", Text.PLAIN));
    database.to(between);
    database.with(
        between,
        "thing",
        row(3, Map.of("name", Value.of("x"), "count", Value.of(1), "color", Value.of("red"))));
    var after = things(NAME, COUNT, initial(field("color", Text.PLAIN), Value.of("none")));
    assertThat(database.steps(after))
        .containsExactly(
            "narrow thing.color: optional becomes required | SLOW 3",
            "note thing.color: another default | SAFE 0");
    database.to(after);
    assertThat(database.values(after, "thing", "color"))
        .containsExactly(Value.of("none"), Value.of("none"), Value.of("red"));
  }

  @Test
  void renames_values_of_an_enum() {
    var kind = field("kind", choice("draft", "active"));
    var before = things(NAME, COUNT, initial(kind, Value.of("draft")));
    database.to(before);
    var now = wasValues(field("kind", choice("open", "active")), Map.of("draft", "open"));
    var after = things(NAME, COUNT, initial(now, Value.of("open")));
    assertThat(database.steps(after))
        .startsWith("rename values of thing.kind: draft to open | SLOW 2");
    database.to(after);
    kept(after, "");
    assertThat(database.values(after, "thing", "kind")).containsOnly(Value.of("open"));
  }

  @Test
  void renames_values_in_lists_of_an_enum() {
    var kinds = optional("kinds", new FieldType.ListOf(choice("draft", "active")));
    var before = things(NAME, COUNT, kinds);
    database.to(before);
    var both = new Value.ListOf(List.of(Value.of("draft"), Value.of("active")));
    database.with(
        before,
        "thing",
        row(3, Map.of("name", Value.of("x"), "count", Value.of(1), "kinds", both)));
    var now = optional("kinds", new FieldType.ListOf(choice("open", "active")));
    var after = things(NAME, COUNT, wasValues(now, Map.of("draft", "open")));
    assertThat(database.steps(after))
        .contains("rename values of thing.kinds: draft to open | SLOW 1");
    database.to(after);
    assertThat(database.values(after, "thing", "kinds"))
        .contains(new Value.ListOf(List.of(Value.of("open"), Value.of("active"))));
  }

  @Test
  void converts_there_and_back() {
    var texts = things(NAME, field("count", Text.PLAIN));
    assertThat(database.steps(texts))
        .containsExactly("convert thing.count: integer becomes text | SLOW 2");
    database.to(texts);
    kept(texts, "count");
    assertThat(database.values(texts, "thing", "count"))
        .containsExactly(Value.of("7"), Value.of("100"));
    database.to(BEFORE);
    kept(BEFORE, "");
    var lists = things(NAME, field("count", new FieldType.ListOf(new Whole(null, null))));
    database.to(lists);
    assertThat(database.values(lists, "thing", "count"))
        .contains(new Value.ListOf(List.of(Value.of(7))));
  }

  @Test
  void gives_up_and_takes_up_a_fixed_currency() {
    var euros = things(NAME, COUNT, optional("price", new FieldType.Money("EUR", null, null)));
    database.to(euros);
    var price = new Value.Money(250, "EUR");
    database.with(
        euros,
        "thing",
        row(3, Map.of("name", Value.of("x"), "count", Value.of(1), "price", price)));
    var any = things(NAME, COUNT, optional("price", new FieldType.Money(null, null, null)));
    database.to(any);
    assertThat(database.values(any, "thing", "price")).contains(price);
    database.to(euros);
    assertThat(database.values(euros, "thing", "price")).contains(price);
  }

  @Test
  void converts_ids_and_what_refers_to_them() {
    var before = model(thing(NAME, COUNT), entity("note", field("of", reference("thing"))));
    database.to(before);
    database.with(before, "note", row(5, "of", Shop.id(2)));
    var id = field("id", Text.PLAIN);
    var after = model(thing(NAME, COUNT, id), entity("note", field("of", reference("thing"))));
    assertThat(database.steps(after))
        .containsExactly(
            "convert thing.id: uuid becomes text | SLOW 2",
            "convert note.of: the ids referred to become others | SLOW 1");
    database.to(after);
    assertThat(database.values(after, "note", "of"))
        .containsExactly(Value.of(((Value.Uuid) Shop.id(2)).uuid().toString()));
  }

  @Test
  void drops_fields_and_entities_with_leave_and_keeps_a_backup() {
    var after = things(NAME);
    assertThat(database.steps(after)).containsExactly("drop thing.count | DESTRUCTIVE 2");
    var backup = Objects.requireNonNull(database.losing(after).backup());
    kept(after, "");
    assertThat(database.backedUp(backup, BEFORE, "thing", "count"))
        .containsExactly(Value.of(7), Value.of(100));
    var none = model(entity("other", NAME));
    assertThat(database.steps(none))
        .containsExactly("create other | SAFE 0", "drop thing | DESTRUCTIVE 2");
    database.losing(none);
    assertThat(database.named("thing")).isEmpty();
  }

  @Test
  void needs_no_leave_to_drop_what_holds_nothing() {
    database.to(things(NAME, COUNT, optional("color", Text.PLAIN)));
    assertThat(database.steps(BEFORE)).containsExactly("drop thing.color | SAFE 0");
    database.to(BEFORE);
    kept(BEFORE, "");
  }

  @Test
  void makes_and_drops_uniques_indexes_and_search() {
    var keyed = Sketch.unique(indexed(thing(searched(NAME), COUNT), "count", "name"), "name");
    var after = model(keyed);
    assertThat(database.steps(after))
        .containsExactly(
            "make unique in thing: name | SLOW 2",
            "index thing: count, name | SLOW 2",
            "search in thing: name | SLOW 2");
    database.to(after);
    kept(after, "");
    assertThat(database.found("thing", "coffee")).containsExactly("2");
    database.to(BEFORE);
    assertThat(database.named("thing")).noneMatch(name -> name.startsWith("thing__"));
  }

  @Test
  void ignores_case_from_now_on() {
    var after = model(Sketch.unique(thing(field("name", Sketch.ignoringCase()), COUNT), "name"));
    database.to(after);
    kept(after, "");
    assertThat(database.sql("SELECT name__folded FROM thing ORDER BY 1"))
        .containsExactly("coffee pot", "tea");
  }

  @Test
  void notes_what_only_the_engine_acts_by() {
    var before = things(NAME, COUNT, optional("part", reference("thing")));
    database.to(before);
    var cascade = new Reference("thing", "parts", OnDelete.CASCADE, false);
    var after = things(NAME, initial(COUNT, Value.of(1)), optional("part", cascade));
    assertThat(database.steps(after))
        .containsExactly(
            "note thing.count: another default | SAFE 0",
            "note thing.part: inverse from things to parts | SAFE 0",
            "note thing.part: onDelete from restrict to cascade | SAFE 0");
    database.to(after);
    kept(after, "");
  }

  @Test
  void adds_a_check_that_every_row_meets_and_drops_it() throws Exception {
    var condition = read(BEFORE, "count > 5", Scalar.BOOLEAN);
    var after = model(Sketch.checked(thing(NAME, COUNT), "many", condition));
    assertThat(database.steps(after)).containsExactly("check thing: many | SLOW 2");
    database.to(after);
    assertThat(database.steps(BEFORE)).containsExactly("drop check of thing: many | SAFE 0");
    database.to(BEFORE);
  }

  @Test
  void records_each_migration_with_its_steps_and_its_numbers_for_good() {
    database.to(things(NAME, COUNT, optional("color", Text.PLAIN)));
    database.to(things(was(field("title", Text.PLAIN), "name"), COUNT));
    assertThat(database.sql("SELECT steps FROM _engineroom_migration ORDER BY id"))
        .containsExactly(
            "create thing",
            "add thing.color",
            "rename thing.name to thing.title\ndrop thing.color");
    var layouts = database.sql("SELECT layout FROM _engineroom_migration ORDER BY id");
    assertThat(id(layouts.getLast(), "title")).isEqualTo(id(layouts.getFirst(), "name"));
  }

  private static long id(String layout, String field) {
    var thing = Objects.requireNonNull(LayoutJson.parse(layout).entities().get("thing"));
    return Objects.requireNonNull(thing.fields().get(field)).id();
  }

  @Test
  void keeps_the_change_log_through_conversions() {
    var origin = new Change.Origin("ann", "r1", Instant.parse("2026-08-01T10:00:00Z"));
    var after7 = Map.of("count", Value.of(7));
    var change = new Change(0, "thing", Shop.id(1), Change.Kind.CREATED, Map.of(), after7, origin);
    database.raw(BEFORE).write(transaction -> transaction.log(change));
    var after = things(NAME, optional("count", Plain.DATE));
    database.losing(things(NAME));
    database.to(after);
    var kept = database.raw(after).changes(0, 10);
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst().after()).containsEntry("count", new Value.Json("7"));
  }
}
