package engineroom.stores.sqlite;

import static engineroom.stores.migration.Sketch.choice;
import static engineroom.stores.migration.Sketch.entity;
import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.optional;
import static engineroom.stores.migration.Sketch.reference;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.text;
import static engineroom.stores.migration.Sketch.thing;
import static engineroom.stores.migration.Sketch.things;
import static engineroom.stores.migration.Sketch.unique;
import static engineroom.stores.migration.Sketch.was;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import engineroom.expression.ExpressionReader;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Field;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.model.ModelScope;
import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.Shop;
import engineroom.stores.migration.Sketch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in the way of a migration is named, and nothing changes.
class MigrationRefusalTest {
  private static final Field NAME = field("name", Text.PLAIN);
  private static final Field COUNT = optional("count", new Whole(null, null));
  private static final Model BEFORE = things(NAME, COUNT);

  @TempDir Path folder;
  private Migrated database;

  @BeforeEach
  void with_thirty_things() {
    database = new SqliteMigrated(folder.resolve("things.db"));
    var rows = new ArrayList<Row>();
    for (var number = 1; number <= 30; number++) {
      rows.add(row(number, Map.of("name", Value.of("n" + number / 2), "count", Value.of(number))));
    }
    database.with(BEFORE, "thing", rows);
  }

  @AfterEach
  void closed() {
    database.close();
  }

  private List<String> refused(Model model) {
    var refused = database.refused(model, Loss.ALLOWED);
    assertThat(Files.exists(folder.resolve("backups"))).isFalse();
    assertThat(Files.exists(folder.resolve("things.db.migrating"))).isFalse();
    return refused;
  }

  private static String id(long number) {
    return JsonText.of(Shop.id(number)).replace("\"", "");
  }

  @Test
  void refuses_a_limit_that_would_cut_and_names_the_row_the_field_the_rule_and_the_way_out() {
    assertThat(refused(things(field("name", text(2)), COUNT)))
        .hasSize(12)
        .startsWith("thing " + id(20) + ": name must have at most 2 characters, and is \"n10\"")
        .endsWith(
            "thing.name 11 rows do not fit. Change these rows first, or leave the field as it"
                + " was.");
  }

  @Test
  void names_twenty_rows_and_counts_all() {
    var refused = refused(things(NAME, optional("count", new Whole(null, 5L))));
    assertThat(refused).hasSize(21);
    assertThat(refused.getLast())
        .isEqualTo(
            "thing.count 25 rows do not fit, the first 20 named above. Change these rows first,"
                + " or leave the field as it was.");
  }

  @Test
  void refuses_to_convert_what_is_none() {
    var refused = refused(things(field("name", new Whole(null, null)), COUNT));
    assertThat(refused.getFirst())
        .isEqualTo("thing " + id(1) + ": name can't become integer, and is \"n0\"");
    assertThat(refused.getLast()).startsWith("thing.name 30 rows do not fit");
  }

  @Test
  void refuses_a_required_field_without_a_value_for_the_rows() {
    assertThat(refused(things(NAME, COUNT, field("color", Text.PLAIN))).getLast())
        .isEqualTo(
            "thing.color 30 rows do not fit, the first 20 named above. Give the field a default"
                + " or a backfill, or leave it optional with ?.");
  }

  @Test
  void refuses_to_leave_out_a_value_of_an_enum_that_rows_have() {
    var before = things(field("name", choice("n0", "n1", "n2")), COUNT);
    assertThat(refused(before).getLast()).contains("wasValues").startsWith("thing.name 25 rows");
  }

  @Test
  void refuses_a_unique_and_names_the_rows_with_the_same_values() {
    var refused = refused(model(unique(thing(NAME, COUNT), "name")));
    assertThat(refused.getFirst())
        .isEqualTo("thing " + id(2) + " and " + id(3) + ": name must not be the same");
    assertThat(database.plan(model(unique(thing(NAME, COUNT), "name"))).faults()).hasSize(15);
  }

  @Test
  void refuses_a_unique_of_values_that_become_the_same() {
    var ignoring = field("name", Sketch.ignoringCase());
    database.with(
        BEFORE, "thing", row(40, "name", Value.of("Tea")), row(41, "name", Value.of("tea")));
    assertThat(refused(model(unique(thing(ignoring, COUNT), "name"))))
        .anyMatch(line -> line.startsWith("thing " + id(40) + " and " + id(41)));
  }

  @Test
  void refuses_a_check_that_rows_break() throws Exception {
    var scope = ModelScope.of(BEFORE, "thing", ModelScope.Use.RULE);
    var few = ExpressionReader.read("count < 30", scope, Scalar.BOOLEAN).expression();
    assertThat(refused(model(Sketch.checked(thing(NAME, COUNT), "few", few))))
        .containsExactly(
            "thing " + id(30) + " must meet the check few",
            "thing 1 row does not fit. Change these rows first, or leave it out of the model.");
  }

  @Test
  void refuses_references_that_lead_to_nothing() {
    var before = model(thing(NAME, COUNT), entity("note", field("of", reference("thing"))));
    database.to(before);
    database.with(before, "note", row(50, "of", Shop.id(3)));
    var after =
        model(
            thing(NAME, COUNT), entity("box", NAME), entity("note", field("of", reference("box"))));
    assertThat(refused(after).getFirst())
        .isEqualTo("note " + id(50) + " refers to a box that does not exist");
  }

  @Test
  void refuses_to_lose_values_without_leave() {
    assertThat(database.refused(things(NAME), Loss.REFUSED))
        .containsExactly("drop thing.count loses the values of 30 rows");
  }

  @Test
  void puts_back_triggers_and_indexes_that_are_not_the_model_s() {
    database.execute("CREATE TABLE audit (what TEXT)");
    var trigger =
        "CREATE TRIGGER audited AFTER INSERT ON thing BEGIN INSERT INTO audit VALUES (new.name);"
            + " END";
    database.execute(trigger);
    database.execute("CREATE INDEX mine ON thing (name DESC)");
    database.execute("CREATE VIEW names AS SELECT name FROM thing");
    var before = database.sql("SELECT sql FROM sqlite_schema WHERE name IN ('audit','mine')");
    var after = things(field("name", text(50)), COUNT);
    database.to(after);
    assertThat(database.sql("SELECT sql FROM sqlite_schema WHERE name IN ('audit','mine')"))
        .containsExactlyInAnyOrderElementsOf(before);
    assertThat(database.sql("SELECT count(*) FROM audit")).containsExactly("0");
    database.with(after, "thing", row(60, "name", Value.of("new")));
    assertThat(database.sql("SELECT what FROM audit")).containsExactly("new");
    assertThat(database.sql("SELECT count(*) FROM names")).containsExactly("31");
  }

  @Test
  void refuses_to_break_what_is_not_the_model_s() {
    database.execute("CREATE INDEX mine ON thing (count)");
    database.execute("CREATE VIEW counts AS SELECT count FROM thing");
    assertThat(refusedOf(things(NAME)))
        .anyMatch(line -> line.startsWith("index mine can't be put back"))
        .contains("view counts needs what the model leaves out");
    assertThat(refusedOf(model(was(entity("item", NAME, COUNT), "thing"))))
        .contains("view counts names what the model renames");
  }

  private List<String> refusedOf(Model model) {
    return database.refused(model, Loss.ALLOWED);
  }

  @Test
  void tells_what_was_changed_by_hand_and_does_not_put_it_right() {
    database.execute("ALTER TABLE thing ADD COLUMN own TEXT");
    database.database().store(model(thing(NAME, COUNT, optional("box", reference("thing")))));
    database.execute("DROP INDEX thing__box");
    assertThat(database.plan(BEFORE).drift())
        .containsExactly(
            "The table thing has a column that the model does not have: own TEXT",
            "The index thing__box is missing.");
  }

  @Test
  void refuses_to_make_a_table_anew_that_has_a_column_of_somebody_else() {
    database.execute("ALTER TABLE thing ADD COLUMN own TEXT");
    assertThat(refused(things(field("name", text(50)), COUNT)).getFirst())
        .isEqualTo("thing The table thing has a column that the model does not have: own TEXT");
  }
}
