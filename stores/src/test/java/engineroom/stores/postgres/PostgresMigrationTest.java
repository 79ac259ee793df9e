package engineroom.stores.postgres;

import static engineroom.stores.migration.Sketch.entity;
import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.optional;
import static engineroom.stores.migration.Sketch.reference;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.searched;
import static engineroom.stores.migration.Sketch.text;
import static engineroom.stores.migration.Sketch.thing;
import static engineroom.stores.migration.Sketch.things;
import static engineroom.stores.migration.Sketch.was;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Field;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.stores.PostgresAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is special about migrations of a PostgreSQL database: what stands on its tables, and that
/// others serve it too.
final class PostgresMigrationTest {
  private static final Field NAME = field("name", Text.PLAIN);
  private static final Field COUNT = field("count", new Whole(0L, 100L));
  private static final Model BEFORE = things(NAME, COUNT);

  private PostgresAddress address;
  private PostgresMigrated database;

  @BeforeEach
  void with_two_things() {
    address = Servers.fresh();
    database = new PostgresMigrated(address);
    database.with(
        BEFORE,
        "thing",
        row(1, Map.of("name", Value.of("tea"), "count", Value.of(7))),
        row(2, Map.of("name", Value.of("mate"), "count", Value.of(100))));
  }

  @AfterEach
  void closed() {
    database.close();
  }

  @Test
  void leaves_what_stands_on_a_table_where_it_is() {
    database.execute("CREATE VIEW counts AS SELECT id, count FROM thing");
    database.execute("CREATE INDEX mine ON thing (name DESC)");
    database.execute("ALTER TABLE thing ADD COLUMN own text DEFAULT 'mine'");
    database.execute("COMMENT ON COLUMN thing.count IS 'how many'");
    database.execute("GRANT SELECT ON thing TO PUBLIC");
    var after =
        things(
            was(field("title", text(10)), "name"),
            COUNT,
            optional("color", Text.PLAIN),
            optional("part", reference("thing")));
    database.database().migrate(after, Loss.REFUSED);
    assertThat(database.values(after, "thing", "title"))
        .containsExactly(Value.of("tea"), Value.of("mate"));
    assertThat(database.sql("SELECT count FROM counts ORDER BY 1")).containsExactly("7", "100");
    assertThat(database.sql("SELECT own FROM thing")).containsExactly("mine", "mine");
    assertThat(database.named("mine")).containsExactly("mine");
    assertThat(
            database.sql(
                "SELECT col_description('thing'::regclass, attnum) FROM pg_attribute"
                    + " WHERE attrelid = 'thing'::regclass AND attname = 'count'"))
        .containsExactly("how many");
    assertThat(database.sql("SELECT has_table_privilege('public', 'thing', 'SELECT')"))
        .containsExactly("t");
  }

  @Test
  void refuses_what_a_view_needs_and_names_it() {
    database.execute("CREATE VIEW counts AS SELECT id, count FROM thing");
    assertThat(database.refused(things(NAME), Loss.ALLOWED))
        .singleElement()
        .asString()
        .contains("view counts depends on");
    assertThat(database.refused(model(entity("other", NAME)), Loss.ALLOWED))
        .singleElement()
        .asString()
        .contains("view counts depends on");
  }

  @Test
  void tells_what_was_changed_by_hand_and_lets_it_be() {
    database.to(things(searched(NAME), COUNT, optional("part", reference("thing"))));
    database.execute("ALTER TABLE thing ADD COLUMN own text");
    database.execute("ALTER TABLE thing ALTER COLUMN count DROP NOT NULL");
    database.execute("ALTER TABLE thing DROP COLUMN \"updatedAt\"");
    database.execute("DROP INDEX thing__part");
    var model = things(searched(NAME), COUNT, optional("part", reference("thing")));
    assertThat(database.database().planned(model)).isEmpty();
    assertThat(database.database().drift(model))
        .containsExactlyInAnyOrder(
            "The column thing.updatedAt is missing.",
            "The column thing.count is another: bigint",
            "The index thing__part is missing.",
            "The table thing has a column that the model does not have: own text");
    database.execute("DROP TABLE thing");
    assertThat(database.database().drift(model)).containsExactly("The table thing is missing.");
  }

  @Test
  void knows_what_is_somebody_elses_under_the_new_name_of_a_table() {
    database.execute("ALTER TABLE thing ADD COLUMN own text");
    var after = model(was(entity("item", NAME, COUNT), "thing"));
    database.database().migrate(after, Loss.REFUSED);
    assertThat(database.database().drift(after))
        .containsExactly("The table item has a column that the model does not have: own text");
  }

  @Test
  void lets_fields_and_references_take_names_that_others_had() {
    var before =
        model(
            thing(NAME, COUNT, optional("left", reference("thing")), optional("right", text(5))),
            entity("box", optional("one", reference("thing")), optional("two", reference("box"))));
    database.to(before);
    var after =
        model(
            thing(
                was(field("name", new Whole(0L, 100L)), "count"),
                was(optional("right", reference("thing")), "left")),
            entity("box", was(optional("two", reference("thing")), "one")));
    database.losing(after);
    assertThat(database.values(after, "thing", "name")).containsExactly(Value.of(7), Value.of(100));
    try (var fresh = new PostgresMigrated()) {
      fresh.to(after);
      assertThat(database.schema()).isEqualTo(fresh.schema());
    }
  }

  @Test
  void keeps_an_apps_tables_in_the_first_schema_of_its_user() {
    database.execute("CREATE SCHEMA other");
    database.execute("ALTER DATABASE " + address.database() + " SET search_path = other, public");
    try (var other = new PostgresMigrated(address)) {
      assertThat(other.database().fresh()).isTrue();
      var model = things(field("title", Text.PLAIN));
      other.to(model);
      assertThat(other.rows(model, "thing")).isEmpty();
    }
    assertThat(database.rows(BEFORE, "thing")).hasSize(2);
    assertThat(database.database().planned(BEFORE)).isEmpty();
  }

  @Test
  void is_done_by_one_of_many_that_start_at_once_and_seen_by_all() throws Exception {
    var after = things(was(field("title", Text.PLAIN), "name"), field("count", Text.PLAIN));
    Callable<Boolean> start =
        () -> {
          try (var node = open()) {
            node.store(after);
            return node.planned(after).isEmpty();
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(List.of(start, start, start, start))) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(database.sql("SELECT count(*) FROM _engineroom_migration")).containsExactly("2");
    assertThat(database.values(after, "thing", "count"))
        .containsExactly(Value.of("7"), Value.of("100"));
  }

  private PostgresDatabase open() {
    return PostgresDatabase.open(address, new FieldRules((_, _) -> List.of()));
  }

  @Test
  void sees_that_another_process_has_migrated() {
    var after = things(NAME, COUNT, optional("color", Text.PLAIN));
    assertThat(database.database().planned(BEFORE)).isEmpty();
    try (var other = open()) {
      other.migrate(after, Loss.REFUSED);
    }
    assertThat(database.database().planned(BEFORE)).containsExactly("drop thing.color");
    assertThat(database.database().planned(after)).isEmpty();
  }

  @Test
  void takes_away_what_it_made_in_a_database_that_was_empty() {
    var empty = Servers.fresh();
    try (var made = new PostgresMigrated(empty)) {
      assertThat(made.database().fresh()).isTrue();
      made.to(BEFORE);
      made.database().forget();
    }
    try (var again = new PostgresMigrated(empty)) {
      assertThat(again.database().fresh()).isTrue();
    }
    assertThat(database.database().fresh()).isTrue();
    try (var there = new PostgresMigrated(address)) {
      assertThat(there.database().fresh()).isFalse();
      there.database().forget();
    }
    assertThat(database.rows(BEFORE, "thing")).hasSize(2);
  }
}
