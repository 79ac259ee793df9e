package engineroom.stores.mariadb.migrate;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.Violation;
import java.util.List;

/// What is in the database and not the model's, and stands in the way.
final class Unowned {
  private Unowned() {}

  /// Refuses where there is anything.
  ///
  /// @param told each thing in words
  static void refuse(List<String> told) {
    if (!told.isEmpty()) {
      var violations = told.stream().map(what -> new Violation("", "unowned", what)).toList();
      throw problem(
          new MigrationNeeded(
              "The database has things that are not the model's and that the migration would"
                  + " break: nothing was changed. Drop or rename them, migrate, and make them"
                  + " anew.",
              violations));
    }
  }
}
