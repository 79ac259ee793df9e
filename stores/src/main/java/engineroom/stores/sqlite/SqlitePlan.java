package engineroom.stores.sqlite;

import engineroom.migrate.Layout;
import engineroom.migrate.MigrationPlan;
import engineroom.migrate.ModelChange;
import engineroom.migrate.Step.Mark;
import engineroom.migrate.Step.Planned;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.sql.Computations;
import engineroom.stores.sqlite.SqliteConnection.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a database file needs to fit a model, asked of a file that is not opened for that.
public final class SqlitePlan {
  private SqlitePlan() {}

  /// The plan for a database that another process may have open; changes nothing.
  ///
  /// @param attached the file that has tables which the model adopts, or null
  public static MigrationPlan of(
      Path file, @Nullable Path attached, Model model, FieldRules rules) {
    var faults = Attached.fit(attached, model).faults();
    if (!Files.exists(file)) {
      var steps = ModelChange.between(Layout.EMPTY, History.stored(model.owned())).steps();
      var planned = steps.stream().map(step -> new Planned(step, Mark.SAFE, 0)).toList();
      return new MigrationPlan(planned, SharedSteps.violations(faults), List.of());
    }
    try (var connection = new SqliteConnection(file, Role.READER, new Computations())) {
      var migration = new Migration(new SqliteGround(connection), model.owned(), rules);
      return SharedSteps.plan(migration, faults);
    } catch (SqliteFailure e) {
      throw SqliteProblems.told(e, Duration.ZERO);
    }
  }
}
