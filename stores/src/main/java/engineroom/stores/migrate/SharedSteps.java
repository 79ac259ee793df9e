package engineroom.stores.migrate;

import static engineroom.problem.ProblemException.problem;

import engineroom.expression.Lookup;
import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.migrate.Layout.EntityLayout;
import engineroom.migrate.MigrationPlan;
import engineroom.migrate.Step;
import engineroom.model.Model;
import engineroom.model.Stored;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.Violation;
import engineroom.stores.kept.TrashNames;
import engineroom.stores.sql.EntitySql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// What a migration does the same way in every database, within its transaction.
public final class SharedSteps {
  /// Stands behind a name while it changes hands.
  public static final String RENAMED = "__renamed";

  private final Ground ground;
  private final Migration migration;
  private final Instant now;
  private final Faults faults;

  /// @param faults what [#refuse] tells
  public SharedSteps(Ground ground, Migration migration, Instant now, Faults faults) {
    this.ground = ground;
    this.migration = migration;
    this.now = now;
    this.faults = faults;
  }

  /// The name that an entity had.
  public static String former(EntityChange change) {
    var before = change.before();
    return before == null ? change.name() : before.name();
  }

  /// Counters follow their fields.
  public void counters() {
    new Counters(ground.session()).follow(migration.change().entities());
  }

  /// What is in the trash gets the new names, and loses what the model drops.
  public void trash() {
    var change = migration.change();
    var dropped = change.dropped().stream().map(EntityLayout::name).collect(Collectors.toSet());
    new TrashNames(ground.session(), change.entities(), dropped).follow();
  }

  /// Works out what follows from others.
  public void compute() {
    var rows = rows(migration.model());
    var computed = new ComputedRows(ground, migration.model(), rows, faults);
    migration.change().computed().forEach(stored -> compute(computed, stored));
    refuse();
  }

  private Lookup rows(Model model) {
    var tables = ground.tables(model);
    var entities = new LinkedHashMap<String, EntitySql>();
    model.entities().values().forEach(e -> entities.put(e.name(), new EntitySql(tables, e)));
    return ground.rows(entities);
  }

  private void compute(ComputedRows rows, Stored stored) {
    if (!ground.unlessSame(() -> rows.fill(stored))) {
      faults.add(
          stored.toString(),
          "Leave out unique, or change rows first.",
          new Violation(stored.toString(), "unique", "would be the same in two rows"));
    }
  }

  /// Holds the checks that are new against the rows, and refuses.
  public void checks() {
    var rows = rows(migration.model());
    var keys = new KeyFaults(ground, faults);
    migration
        .change()
        .entities()
        .forEach(change -> keys.checks(migration.model(), change, rows, now));
    refuse();
  }

  /// Refuses where something stands in the way.
  public void refuse() {
    if (!faults.none()) {
      throw refused(faults.violations());
    }
  }

  /// Fills a table that was just made, where rows come from somebody else's.
  public void takeIn(String entity) {
    if (migration.intake().has(entity)) {
      migration.arrivals().move(entity, now);
    }
  }

  /// Holds the tables that were filled against those that the rows came from.
  public void provenIn() {
    migration.arrivals().prove();
  }

  /// Writes down what the database is now.
  public void record() {
    var change = migration.change();
    Recorded.write(ground, change.layout(), change.steps(), now);
  }

  /// The exception for rows that stand in the way.
  public static RuntimeException refused(List<Violation> violations) {
    return problem(
        new MigrationNeeded(
            "The rows that are there don't fit the model. Nothing was changed.", violations));
  }

  /// What the program's own tables need, and where somebody else's are not as the model says.
  public static MigrationPlan plan(Migration migration, List<String> misfits) {
    return and(migration.plan(Instant.now()), misfits);
  }

  /// A plan, and where somebody else's tables are not as the model says.
  public static MigrationPlan and(MigrationPlan own, List<String> misfits) {
    var faults = new ArrayList<>(own.faults());
    faults.addAll(violations(misfits));
    return new MigrationPlan(own.steps(), faults, own.drift());
  }

  /// Where somebody else's tables are not as the model says.
  public static List<Violation> violations(List<String> misfits) {
    return misfits.stream().map(misfit -> new Violation("", "adopted", misfit)).toList();
  }

  /// Refuses a model that somebody else's tables don't fit.
  public static void refuseMisfits(List<String> misfits) {
    if (!misfits.isEmpty()) {
      throw problem(
          new MigrationNeeded(
              "Tables that belong to somebody else are not as the model says. They are never"
                  + " altered: the model has to follow.",
              violations(misfits)));
    }
  }

  /// The exception for steps by which values would be lost.
  public static RuntimeException wouldLose(List<Step.Planned> losses) {
    var lost = new ArrayList<Violation>();
    for (var planned : losses) {
      var rows = planned.rows() == 1 ? "1 row" : planned.rows() + " rows";
      lost.add(new Violation(planned.step().words(), "loss", "loses the values of " + rows));
    }
    return problem(
        new MigrationNeeded(
            "The model leaves out what the database holds, and it would be lost: nothing was"
                + " changed. `engineroom migrate --allow-loss` makes a backup and takes these"
                + " steps.",
            lost));
  }
}
