package engineroom.stores.mariadb;

import static engineroom.stores.migration.Sketch.entity;
import static engineroom.stores.migration.Sketch.field;
import static engineroom.stores.migration.Sketch.kept;
import static engineroom.stores.migration.Sketch.model;
import static engineroom.stores.migration.Sketch.optional;
import static engineroom.stores.migration.Sketch.reference;
import static engineroom.stores.migration.Sketch.row;
import static engineroom.stores.migration.Sketch.searched;
import static engineroom.stores.migration.Sketch.text;
import static engineroom.stores.migration.Sketch.unique;
import static engineroom.stores.migration.Sketch.was;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.stores.MariaAddress;
import engineroom.stores.mariadb.migrate.MariaFit;
import engineroom.stores.mariadb.migrate.MariaGround;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A migration that ends between any two of its statements, and what the next start makes of it.
class MariaMigrationKillTest {
  private static final FieldRules RULES = new FieldRules((_, _) -> List.of());

  /// Statements between two ends: all of them take minutes.
  private static final int STRIDE = 5;

  /// Names that change hands, a table that goes, columns of all ways to come, history, words.
  private static final Model BEFORE =
      model(
          kept(
              entity(
                  "thing", searched(field("name", text(30))), field("count", new Whole(0L, 9L)))),
          entity("box", field("label", Text.PLAIN), optional("thing", reference("thing"))),
          entity("gone", optional("thing", reference("thing"))));

  private static final Model AFTER =
      model(
          was(
              kept(
                  entity(
                      "item",
                      was(searched(field("title", text(40))), "name"),
                      field("count", Text.PLAIN))),
              "thing"),
          unique(
              entity(
                  "box",
                  field("label", Text.PLAIN),
                  optional("size", new Whole(1L, 5L)),
                  was(optional("item", reference("item")), "thing")),
              "label"),
          entity("lid", optional("box", reference("box"))));

  /// Ends a migration where it stands.
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /// A connection on which so many statements that change something are run, and no more.
  private static final class Stopping implements SqlSession {
    private final SqlSession session;
    private int left;

    Stopping(SqlSession session, int statements) {
      this.session = session;
      this.left = statements;
    }

    @Override
    public Dialect dialect() {
      return session.dialect();
    }

    private void count(String sql) {
      if (!sql.stripLeading().toUpperCase(Locale.ROOT).startsWith("SELECT") && left-- == 0) {
        left = 0;
        throw new Killed();
      }
    }

    @Override
    public void execute(String sql) {
      count(sql);
      session.execute(sql);
    }

    @Override
    public Rows rows(String sql, @Nullable Object... values) {
      count(sql);
      return session.rows(sql, values);
    }
  }

  MariaAddress fresh() {
    return Servers.fresh();
  }

  private MariaAddress filled() {
    var address = fresh();
    try (var database = new MariaMigrated(address)) {
      var tea = Map.of("name", Value.of("green tea"), "count", Value.of(7));
      database.with(
          BEFORE,
          "thing",
          row(1, tea),
          row(2, Map.of("name", Value.of("mate"), "count", Value.of(8))));
      database.with(
          BEFORE, "box", row(3, Map.of("label", Value.of("red"), "thing", row(1, tea).id())));
      database.with(BEFORE, "gone", row(4, Map.of()));
    }
    return address;
  }

  /// Runs work of a migration up to a statement.
  ///
  /// @return whether it came to its end
  private static boolean stopped(MariaAddress address, int statements, Consumer<MariaFit> work) {
    try (var database = MariaDatabase.unmade(address, RULES)) {
      return database.alone(
          connection -> {
            var session = new Stopping(connection, statements);
            var ground = new MariaGround(session, new Access(database, connection));
            try {
              work.accept(new MariaFit(ground, RULES));
              return true;
            } catch (Killed _) {
              return false;
            }
          });
    }
  }

  private static boolean migrated(MariaAddress address, int statements) {
    return stopped(address, statements, fit -> fit.migrate(AFTER, Loss.ALLOWED));
  }

  @Test
  void is_whole_before_or_after_wherever_a_migration_ends() {
    var before = schema(BEFORE);
    var after = schema(AFTER);
    var undone = 0;
    var completed = 0;
    for (var statements = 0; ; statements += STRIDE) {
      var address = filled();
      if (migrated(address, statements)) {
        break;
      }
      // the next start ends too, and the one behind it
      stopped(address, statements % 7, MariaFit::recover);
      stopped(address, statements % 3, MariaFit::recover);
      try (var database = new MariaMigrated(address)) {
        var complete = database.database().planned(AFTER).isEmpty();
        completed += complete ? 1 : 0;
        undone += complete ? 0 : 1;
        database.consistent(complete ? AFTER : BEFORE);
        assertThat(database.schema())
            .as("after " + statements + " statements")
            .isEqualTo(complete ? after : before);
        rows(database, complete);
        database.database().migrate(AFTER, Loss.ALLOWED);
        assertThat(database.schema()).isEqualTo(after);
        rows(database, /* complete= */ true);
      }
    }
    assertThat(undone).isGreaterThan(5);
    assertThat(completed).isPositive();
  }

  private List<String> schema(Model model) {
    try (var fresh = new MariaMigrated(fresh())) {
      fresh.to(model);
      return fresh.schema();
    }
  }

  private static void rows(MariaMigrated database, boolean complete) {
    if (complete) {
      assertThat(database.values(AFTER, "item", "title"))
          .containsExactly(Value.of("green tea"), Value.of("mate"));
      assertThat(database.values(AFTER, "item", "count"))
          .containsExactly(Value.of("7"), Value.of("8"));
      assertThat(database.found("item", "tea")).containsExactly("1");
      assertThat(database.rows(AFTER, "box")).hasSize(1);
    } else {
      assertThat(database.values(BEFORE, "thing", "count"))
          .containsExactly(Value.of(7), Value.of(8));
      assertThat(database.found("thing", "tea")).containsExactly("1");
      assertThat(database.rows(BEFORE, "gone")).hasSize(1);
    }
  }

  @Test
  void says_which_way_it_went() {
    var early = filled();
    assertThat(migrated(early, 10)).isFalse();
    try (var database = new MariaMigrated(early)) {
      assertThat(database.database().note())
          .hasValueSatisfying(n -> assertThat(n).contains("undone"));
    }
  }
}
