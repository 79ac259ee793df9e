package engineroom.stores.postgres.migrate;

import engineroom.migrate.Coexistence;
import engineroom.migrate.Layout;
import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.migrate.ModelChange;
import engineroom.migrate.Step;
import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.stores.Database.Migrated;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.Intake;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.migrate.Recorded;
import engineroom.stores.migrate.SharedSteps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Has a database fit a model. Of all the processes that serve it one does so, and the others see
/// that it is done.
///
/// @param ground within a transaction; where something is changed, one that reads what others
///   committed and that nobody else is in
public record PostgresFit(Ground ground, FieldRules rules) {
  private static final Model EMPTY = new Model("", "", Map.of(), Map.of());

  /// Requests that hold a table are waited for this long, so that others don't wait behind.
  private static final String PATIENCE = "SET LOCAL lock_timeout = '20s'";

  /// What has to be done, in words.
  public List<String> words(Model model) {
    return new Migration(ground, model, rules).words();
  }

  /// What keeps a program of a model from serving, in words.
  public List<String> obstacles(Model model) {
    try {
      var migration = new Migration(ground, model.owned(), rules);
      var obstacles = new ArrayList<>(taken(migration.layout(), model));
      Coexistence.obstacles(migration.change()).stream()
          .map(Step::words)
          .distinct()
          .forEach(obstacles::add);
      return obstacles;
    } catch (ProblemException e) {
      return List.of(e.problem().title()); // a newer program's record
    }
  }

  /// What the program's own tables hold and a model looks for in somebody else's.
  private static List<String> taken(Layout layout, Model model) {
    return model.entities().values().stream()
        .filter(entity -> entity.adopted() != null)
        .map(Entity::name)
        .filter(layout.entities()::containsKey)
        .map(name -> name + " is the program's own since adopt --own")
        .toList();
  }

  /// Whether the database fitted a model before its last migration, and does no more.
  public boolean passed(Model model) {
    if (last() == 0) {
      return false;
    }
    var stored = History.stored(model);
    return Recorded.newest(ground.session()).stream()
            .map(layout -> ModelChange.between(layout, stored).steps().isEmpty())
            .toList()
            .indexOf(true)
        > 0;
  }

  /// What has to be done, with the rows concerned.
  ///
  /// @param misfits where somebody else's tables are not as the model says
  public MigrationPlan plan(Model model, List<String> misfits) {
    return SharedSteps.plan(new Migration(ground, model, rules), misfits);
  }

  /// What has to be done for a model that takes tables of somebody else's in.
  public MigrationPlan plan(Model model, Intake intake) {
    return new Migration(ground, model, rules, intake).plan(Instant.now());
  }

  /// Where the database is not as it recorded itself.
  public List<String> drift(Model model) {
    return ground.drift(Recorded.read(ground, model).layout());
  }

  /// The number of the last migration; 0 before the first.
  public long last() {
    return ground.has("_engineroom_migration") ? Recorded.last(ground.session()) : 0;
  }

  /// Does what has to be done, or refuses.
  public Migrated migrate(Model model, Loss loss) {
    return migrate(model, loss, Intake.NONE);
  }

  /// The same for a model that takes tables of somebody else's in.
  public Migrated migrate(Model model, Loss loss, Intake intake) {
    var now = Instant.now();
    var migration = new Migration(ground, model, rules, intake);
    if (migration.change().steps().isEmpty() && migration.recorded().number() > 0) {
      return new Migrated(new MigrationPlan(List.of(), List.of(), List.of()), null);
    }
    lock(migration);
    var plan = migration.plan(now);
    if (!plan.faults().isEmpty()) {
      throw SharedSteps.refused(plan.faults());
    }
    if (!plan.losses().isEmpty() && loss == Loss.REFUSED) {
      throw SharedSteps.wouldLose(plan.losses());
    }
    var backup =
        plan.losses().isEmpty() ? null : new Rescue(ground.session(), migration).write(now);
    new PostgresMigration(ground, migration, now).run();
    return new Migrated(plan, backup);
  }

  /// Nobody writes what is looked at before it changes.
  private void lock(Migration migration) {
    ground.session().execute(PATIENCE);
    for (var entity : migration.layout().entities().keySet()) {
      if (ground.has(entity)) {
        ground.session().execute(MigrationSql.lockTable(entity));
      }
    }
    for (var table : migration.intake().tables().values()) {
      ground.session().execute("LOCK TABLE " + table.name() + " IN SHARE MODE");
    }
  }

  /// Takes away the tables that the recorded model and the program have.
  public boolean forget() {
    var session = ground.session();
    var recorded = Recorded.read(ground, EMPTY).layout().entities().keySet();
    recorded.forEach(table -> session.execute(MigrationSql.dropWhole(table)));
    new Catalog(session).own().forEach(table -> session.execute(MigrationSql.dropWhole(table)));
    return true;
  }
}
