package engineroom.stores.mariadb;

import static engineroom.stores.migration.Sketch.entity;
import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.optional;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.text;
import static engineroom.stores.migration.Sketch.thing;
import static engineroom.stores.migration.Sketch.things;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Value;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Field;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.stores.MariaAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is special about a MariaDB database: who serves it, what stands on its tables, what its
/// server promises.
class MariaDatabaseTest {
  private static final FieldRules RULES = new FieldRules((_, _) -> List.of());
  private static final Field NAME = field("name", text(20));
  private static final Field COUNT = field("count", new Whole(0L, 100L));
  private static final Model BEFORE = things(NAME, COUNT);

  private MariaAddress address;
  private MariaMigrated database;

  MariaAddress fresh() {
    return Servers.fresh();
  }

  @BeforeEach
  void with_a_thing() {
    address = fresh();
    database = new MariaMigrated(address);
    var tea = Map.of("name", Value.of("tea"), "count", Value.of(7));
    database.with(BEFORE, "thing", row(1, tea));
  }

  @AfterEach
  void closed() {
    database.close();
  }

  @Test
  void is_served_by_one_process() {
    assertThatThrownBy(() -> MariaDatabase.open(address, RULES))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Another process serves");
    assertThatThrownBy(() -> MariaSide.writing(address)).hasMessageContaining("Another process");
    assertThat(MariaDatabase.plan(address, BEFORE, RULES).steps()).isEmpty();
    database.close();
    database = new MariaMigrated(address);
    assertThat(database.rows(BEFORE, "thing")).hasSize(1);
  }

  @Test
  void goes_on_when_its_connections_are_cut() {
    database.execute("SELECT 1");
    var others =
        database.sql(
            "SELECT id FROM information_schema.processlist WHERE db = DATABASE()"
                + " AND id <> CONNECTION_ID()");
    others.forEach(id -> database.execute("KILL CONNECTION " + id));
    database.with(BEFORE, "thing", row(2, Map.of("name", Value.of("mate"), "count", Value.of(1))));
    assertThat(database.rows(BEFORE, "thing")).hasSize(2);
  }

  @Test
  void refuses_to_lose_what_somebody_added_and_says_what() {
    database.execute("ALTER TABLE thing ADD COLUMN own TEXT");
    database.execute("CREATE INDEX mine ON thing (count, name)");
    database.execute("CREATE TRIGGER told BEFORE UPDATE ON thing FOR EACH ROW SET @a = 1");
    assertThat(database.refused(things(NAME, field("count", Text.PLAIN)), Loss.REFUSED))
        .anySatisfy(line -> assertThat(line).contains("a column that the model does not have: own"))
        .anySatisfy(
            line -> assertThat(line).contains("an index that the model does not have: mine"))
        .anySatisfy(line -> assertThat(line).contains("a trigger that the model does not have"));
    assertThat(database.database().drift(BEFORE))
        .singleElement()
        .asString()
        .contains("has a column that the model does not have: own");
  }

  @Test
  void refuses_to_make_a_table_that_somebody_else_has_and_leaves_it() {
    database.execute("CREATE TABLE box (mine TEXT)");
    database.execute("INSERT INTO box VALUES ('mine')");
    var after = model(thing(NAME, field("count", Text.PLAIN)), entity("box", NAME));
    assertThat(database.refused(after, Loss.REFUSED))
        .containsExactly(" The table box is there already.");
    assertThat(database.sql("SELECT mine FROM box")).containsExactly("mine");
    assertThat(database.values(BEFORE, "thing", "count")).containsExactly(Value.of(7));
  }

  @Test
  void adds_an_empty_column_where_the_table_stands() {
    database.execute("ALTER TABLE thing ADD COLUMN own TEXT");
    database.execute("UPDATE thing SET own = 'mine'");
    var after = things(NAME, COUNT, optional("size", new Whole(1L, 5L)));
    database.database().migrate(after, Loss.REFUSED);
    assertThat(database.sql("SELECT own FROM thing")).containsExactly("mine");
    assertThat(database.values(after, "thing", "size")).containsExactly(Value.NULL);
  }

  @Test
  void refuses_a_column_that_somebody_made_already() {
    database.execute("ALTER TABLE thing ADD COLUMN size TEXT");
    assertThat(
            database.refused(
                things(NAME, COUNT, optional("size", new Whole(1L, 5L))), Loss.REFUSED))
        .containsExactly(" The table thing has a column size already.");
  }

  @Test
  void refuses_what_a_view_needs_and_names_it() {
    database.execute("CREATE VIEW counts AS SELECT id, count FROM thing");
    assertThat(database.refused(things(NAME), Loss.ALLOWED))
        .singleElement()
        .asString()
        .contains("counts");
    database.losing(things(COUNT));
    assertThat(database.sql("SELECT count FROM counts")).containsExactly("7");
  }

  @Test
  void tells_where_its_server_keeps_less_than_was_promised() {
    assertThat(database.database().weaknesses())
        .anySatisfy(
            told -> assertThat(told).contains("innodb_flush_log_at_trx_commit = 0", "are lost"));
  }
}
