package engineroom.server;

import engineroom.app.App;
import engineroom.migrate.MigrationPlan;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.problem.Violation;
import engineroom.stores.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How a database comes to fit a model, by command and at a start.
final class Migrations {
  private static final System.Logger LOG = System.getLogger("engineroom.store");

  private final Database database;
  private final Model model;

  Migrations(Database database, Model model) {
    this.database = database;
    this.model = model;
  }

  /// Makes the database fit the model, or refuses.
  App.Migrated migrate(App.Losing losing) {
    database.note().ifPresent(System.err::println);
    var migrated = database.migrate(model, loss(losing));
    return new App.Migrated(told(migrated.plan()), migrated.backup());
  }

  private static Loss loss(App.Losing losing) {
    return switch (losing) {
      case REFUSED -> Loss.REFUSED;
      case ALLOWED -> Loss.ALLOWED;
    };
  }

  /// Says where the database keeps less than is promised: on the command line, and in the log for
  /// whoever looks later.
  static void tellWeaknesses(Database database) {
    for (var weakness : database.weaknesses()) {
      System.err.println("WARNING: " + weakness);
      LOG.log(System.Logger.Level.WARNING, "durability=weak " + weakness);
    }
  }

  /// Sees to a database that is there before it is served.
  void before(App.Mode mode) {
    database.note().ifPresent(note -> System.err.println("Note: " + note));
    database.drift(model).forEach(text -> System.err.println("Changed by hand: " + text));
    switch (mode) {
      case PRODUCTION -> refuse();
      case MIGRATION -> {
        if (database.passed(model)) {
          goBack();
        } else {
          migrate();
        }
      }
      case DEVELOPMENT -> migrate();
    }
  }

  private void migrate() {
    database
        .migrate(model, Loss.REFUSED)
        .plan()
        .steps()
        .forEach(step -> System.err.println("Migrated: " + step.step().words()));
  }

  /// A process with former files, started again while newer ones serve, would undo their migration.
  private void goBack() {
    var obstacles = database.obstacles(model);
    if (obstacles.isEmpty()) {
      System.err.println("Note: the database was migrated to a newer model, and stays so.");
      return;
    }
    var lines = new ArrayList<String>();
    lines.add("The database was migrated from this model to a newer one:");
    obstacles.forEach(step -> lines.add("  back: " + step));
    lines.add("Start with the newer files. To go back on purpose: engineroom migrate.");
    throw new App.ConfigException(lines);
  }

  private void refuse() {
    var planned = database.obstacles(model);
    if (planned.isEmpty()) {
      return;
    }
    var lines = new ArrayList<String>();
    lines.add("The database differs from the model:");
    planned.forEach(step -> lines.add("  " + step));
    lines.add(
        "Look at the steps with engineroom plan and take them with engineroom migrate, or start"
            + " with --migrate.");
    throw new App.ConfigException(lines);
  }

  /// A plan, ready to print.
  static App.Plan told(MigrationPlan plan) {
    var steps =
        plan.steps().stream()
            .map(
                planned ->
                    new App.PlannedStep(
                        planned.step().words(),
                        planned.mark().name().toLowerCase(Locale.ROOT),
                        planned.rows()))
            .toList();
    return new App.Plan(steps, texts(plan.faults()), plan.drift());
  }

  private static List<String> texts(List<Violation> faults) {
    return faults.stream().map(fault -> fault.path() + " " + fault.message()).toList();
  }
}
