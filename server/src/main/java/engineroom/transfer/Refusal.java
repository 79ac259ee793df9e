package engineroom.transfer;

import engineroom.problem.Problem;
import engineroom.problem.Violation;
import java.util.stream.Collectors;

/// A line that was refused.
///
/// @param line from 1
/// @param column the first one that is wrong, or empty
/// @param problem every mistake, in words
public record Refusal(long line, String column, String problem) {
  /// @param mapping says how the file calls a field
  static Refusal of(long line, Problem problem, Mapping mapping) {
    var errors = problem.errors();
    if (errors.isEmpty()) {
      var hint = problem.hint();
      return new Refusal(line, "", hint == null ? problem.title() : problem.title() + " " + hint);
    }
    var text =
        errors.stream()
            .map(error -> words(column(error, mapping), error.message()))
            .collect(Collectors.joining("; "));
    return new Refusal(line, column(errors.getFirst(), mapping), text);
  }

  /// What is wrong with the row as a whole is of no column.
  private static String words(String column, String message) {
    return column.isEmpty() ? message : column + " " + message;
  }

  private static String column(Violation error, Mapping mapping) {
    return mapping.column(error.path());
  }
}
