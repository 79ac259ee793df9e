package engineroom.server;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.Violation;
import java.util.List;

/// Refuses every request while the database is not what the model needs: another process answers.
///
/// @param why steps back to the model, in words
record Halted(List<String> why) implements Handler {
  Halted {
    why = List.copyOf(why);
  }

  @Override
  public Response handle(Request request) {
    throw problem(
        new MigrationNeeded(
            "The database was migrated to another model than this process has.",
            why.stream().map(step -> new Violation("", "differs", step)).toList()));
  }
}
