package engineroom.app;

import java.nio.file.Path;
import java.util.List;

/// What the commands ask about who may do what.
public interface AccessWork {
  /// Who may do what by a folder's model.
  List<Right> matrix(Path folder);

  /// What the model of a folder opens and closes against the one at a revision of its repository.
  List<Change> since(Path folder, String revision);

  /// Runs the access tests of a folder.
  ///
  /// @param filter only tests whose names contain this text; empty for all
  Tested test(Path folder, String filter);

  /// One right.
  ///
  /// @param who `guest`, `signed in`, a role, `administrator`
  /// @param action `read`, `create`, `update`, `delete`; of a field `read` or `write`
  /// @param field empty for whole rows
  /// @param answer `always`, `never`, or `if` and the rule
  record Right(String who, String entity, String action, String field, String answer) {}

  /// Which way a right went.
  enum Way {
    OPENS,
    CLOSES,
    CHANGES
  }

  /// A right that is not what it was.
  ///
  /// @param right as it is now
  /// @param before the answer that it had
  record Change(Way way, Right right, String before) {}

  /// What came of the tests.
  record Tested(List<TestResult> results) {
    public Tested {
      results = List.copyOf(results);
    }

    public boolean passed() {
      return results.stream().allMatch(result -> result.failures().isEmpty());
    }
  }

  /// One test.
  ///
  /// @param place `tests/access.yaml:12`
  /// @param failures lines to print; empty where the test passed
  record TestResult(String place, String name, List<String> failures) {
    public TestResult {
      failures = List.copyOf(failures);
    }
  }
}
