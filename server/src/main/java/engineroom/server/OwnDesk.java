package engineroom.server;

import engineroom.app.App;
import engineroom.app.App.ConfigException;
import engineroom.app.App.Owned;
import engineroom.app.App.Owning;
import engineroom.app.App.PlannedStep;
import engineroom.model.Model;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.modelfile.OwningFiles;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.stores.Database.Taking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a model own what it served from somebody else's tables. The rows move in one migration of
/// the database; the files of the model are written beside before it, and put in place after it. So
/// whoever finds them there asks the database how far it came.
final class OwnDesk {
  private static final List<String> ALWAYS =
      List.of(
          "The tables themselves stay as they are, with their rows, and are served no more. What"
              + " other programs write there is not seen: stop them before.",
          "version begins at 1, and createdAt and updatedAt come with this moment where the tables"
              + " have none. A tag (ETag) from before is refused (412).",
          "Triggers and rights of the tables are not taken over, and what a collation held for the"
              + " same is told apart.");

  private final Path folder;
  private final @Nullable Path data;

  /// @param data the program's own folder, or null
  OwnDesk(Path folder, @Nullable Path data) {
    this.folder = folder.toAbsolutePath().normalize();
    this.data = data;
  }

  /// The model of a folder as it were if it owned all tables that it serves.
  static Model owning(Path folder, Model served) {
    try (var staged = StagedModel.passing(folder, files(folder, served))) {
      return owning(staged);
    }
  }

  private static Map<Path, String> files(Path folder, Model served) {
    return OwningFiles.of(folder, served.store(), AppData.OWN_SCHEMA);
  }

  /// Says what is to be done, or does it.
  Owned own(Owning owning) {
    finish().ifPresent(System.err::println);
    var served = Engineroom.good(folder).model();
    if (served.owned() == served) {
      throw new ConfigException(
          List.of(
              "The model serves no table of somebody else's: there is nothing to own.",
              "Name the folder of an app whose entities say table: engineroom adopt --own shop"));
    }
    var home = AppData.of(served, folder, data);
    var model = owning(folder, served);
    try {
      return switch (owning) {
        case PLANNED -> planned(served, home, model);
        case DONE -> done(served, home, model);
      };
    } catch (ProblemException e) {
      throw new ConfigException(Engineroom.told(e));
    }
  }

  private static Owned planned(Model served, AppData home, Model owning) {
    var database = home.open();
    try {
      return told(served, database.taking(served, owning), List.of());
    } finally {
      if (database.fresh()) {
        database.forget();
      } else {
        database.close();
      }
    }
  }

  private Owned done(Model served, AppData home, Model owning) {
    prepare(home);
    try (var _ = home.guard();
        var database = home.open()) {
      var taking = database.taking(served, owning);
      if (!taking.plan().faults().isEmpty()) {
        return told(served, taking, List.of());
      }
      var staged = StagedModel.write(folder, files(folder, served));
      try {
        database.take(served, owning);
      } catch (ProblemException e) {
        if (e.problem() instanceof MigrationNeeded) {
          staged.close(); // otherwise nobody knows what became of it, and the next start looks
        }
        throw e;
      }
      staged.putInPlace();
      return told(served, taking, next());
    }
  }

  private List<String> next() {
    return List.of(
        "Done: the model owns its tables. Its files as they were are in "
            + folder.resolve(StagedModel.FORMER)
            + ".",
        "Next: engineroom dev " + folder);
  }

  private static Model owning(StagedModel staged) {
    return switch (Engineroom.read(staged.folder())) {
      case Reading.Good good -> good.model();
      case Reading.Bad(var mistakes) -> {
        var lines = new ArrayList<String>();
        lines.add("The model can't own these tables. Nothing was changed:");
        lines.addAll(Engineroom.texts(mistakes));
        throw new ConfigException(lines);
      }
    };
  }

  private static Owned told(Model served, Taking taking, List<String> next) {
    var plan = Migrations.told(taking.plan());
    var steps = plan.steps().stream().map(step -> told(served, step)).toList();
    var changes = new ArrayList<>(ALWAYS);
    changes.addAll(taking.changes());
    return new Owned(new App.Plan(steps, plan.faults(), plan.drift()), changes, next);
  }

  private static PlannedStep told(Model served, PlannedStep step) {
    var entity = served.entities().get(step.step().replaceFirst("^create ", ""));
    return entity != null && entity.adopted() != null
        ? new PlannedStep(
            "take " + entity.name() + " from " + entity.adopted().table(), step.mark(), step.rows())
        : step;
  }

  /// Ends what was cut short; tells what became of it.
  Optional<String> finish() {
    var found = StagedModel.find(folder);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var staged = found.get();
    if (moved(staged)) {
      staged.putInPlace();
      return Optional.of(
          "Note: adopt --own was cut short when the rows had moved: the model owns its tables"
              + " now.");
    }
    staged.close();
    return Optional.of(
        "Note: adopt --own was cut short and is undone: model and tables are as they were.");
  }

  private boolean moved(StagedModel staged) {
    var owning = Engineroom.good(staged.folder()).model();
    var home = AppData.of(owning, folder, data);
    if (home.file().filter(file -> !Files.exists(file)).isPresent()) {
      return false;
    }
    prepare(home);
    try (var _ = home.guard();
        var database = home.open()) {
      return !database.fresh() && database.planned(owning).isEmpty();
    } catch (ProblemException e) {
      throw new ConfigException(Engineroom.told(e));
    }
  }

  /// Makes what the program needs, and tells of a migration that was cut short.
  private static void prepare(AppData home) {
    try (var database = home.open()) {
      database.note().ifPresent(System.err::println);
    }
  }
}
