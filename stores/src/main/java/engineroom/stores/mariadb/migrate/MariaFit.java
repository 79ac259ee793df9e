package engineroom.stores.mariadb.migrate;

import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.stores.Database.Migrated;
import engineroom.stores.mariadb.migrate.Journal.End;
import engineroom.stores.migrate.Intake;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.Recorded;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Has a database fit a model. References are not looked at by the connection meanwhile, and nobody
/// else is in the database.
public record MariaFit(MariaGround ground, FieldRules rules) {
  private static final Model EMPTY = new Model("", "", Map.of(), Map.of());

  /// Makes the tables that migrations keep for themselves, where they are not there.
  public void prepare() {
    ground.makeRecord();
    Journal.create(ground.session());
  }

  /// What has to be done, in words.
  public List<String> words(Model model) {
    return new Migration(ground, model, rules).words();
  }

  /// What has to be done, with the rows concerned.
  public MigrationPlan plan(Model model) {
    return plan(model, Intake.NONE);
  }

  /// The same for a model that takes tables of somebody else's in.
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

  /// Does what has to be done, or refuses. Where it throws, [#recover] puts back what was done.
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
    var plan = migration.plan(now);
    if (!plan.faults().isEmpty()) {
      throw SharedSteps.refused(plan.faults());
    }
    if (!plan.losses().isEmpty() && loss == Loss.REFUSED) {
      throw SharedSteps.wouldLose(plan.losses());
    }
    var aside = new MariaMigration(ground, migration, now).run();
    finish();
    return new Migrated(plan, plan.losses().isEmpty() ? null : aside.backup());
  }

  /// What became of a migration that was cut short: it is undone, or what was left of it is done.
  public Optional<String> recover() {
    return switch (new Journal(ground.session()).end()) {
      case End.NONE -> Optional.empty();
      case End.UNDONE -> {
        new Journal(ground.session()).undo();
        yield Optional.of(
            "A migration was cut short and is undone: the database is as it was before.");
      }
      case End.DONE -> {
        finish();
        yield Optional.of(
            "A migration was cut short after it was complete: the database has the new model.");
      }
    };
  }

  /// What is left when a migration is recorded.
  private void finish() {
    var layout = Recorded.read(ground, EMPTY).layout();
    var journal = new Journal(ground.session());
    journal.left();
    new MariaReferences(ground.session()).repair(layout.model());
    var tables = layout.entities().keySet();
    ground.remembered().remember(tables, ground.strangers(layout, tables));
    journal.clear();
  }

  /// Keeps the words of every row of an entity, in place of those that are kept.
  public void search(TableNames names, Entity entity) {
    new TableSql(names, entity).search().forEach(ground.session()::execute);
    new SearchWords(ground).fill(names, entity);
  }

  /// Tells the rows of the recorded model that refer to nothing.
  public void lost(Lost lost) {
    var layout = Recorded.read(ground, EMPTY).layout();
    new MariaReferences(ground.session()).lost(layout.model(), lost);
  }

  /// Hears of a row that refers to nothing.
  public interface Lost {
    void row(String entity, String id, String target);
  }

  /// Takes away the tables that the recorded model and the program have.
  public boolean forget() {
    var session = ground.session();
    var recorded = Recorded.read(ground, EMPTY).layout().entities().keySet();
    for (var entity : recorded) {
      var words = session.dialect().tables().named(entity + "__words");
      List.of(entity, words).forEach(table -> session.execute(Journal.dropped(table)));
    }
    ground.catalog().tables().stream()
        .filter(table -> table.startsWith("_engineroom_"))
        .forEach(table -> session.execute(Journal.dropped(table)));
    return true;
  }
}
