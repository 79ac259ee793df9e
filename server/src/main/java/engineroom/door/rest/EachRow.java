package engineroom.door.rest;

import engineroom.door.rest.RestDoor.Ask;
import engineroom.http.Problems;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.operation.Input;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome.Written;
import engineroom.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Writes many rows, each for itself: `atomic=false`. A row that is refused costs only itself, and
/// the answer tells of each.
final class EachRow {
  /// Rows that share a transaction, so that other writers get their turn.
  private static final int ROWS_AT_ONCE = 250;

  private final Ask ask;

  EachRow(Ask ask) {
    this.ask = ask;
  }

  /// What became of one row.
  private record Result(int status, byte[] json) {
    boolean failed() {
      return status >= 400;
    }
  }

  Response write(List<Input> rows, Function<Input, Operation> operation) {
    var results = new ArrayList<Result>(rows.size());
    for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
      var some = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE));
      results.addAll(
          ask.runner()
              .together(
                  session ->
                      some.stream()
                          .map(row -> write(ask.within(session), operation.apply(row)))
                          .toList()));
    }
    return Response.of(200, "application/json", body(results));
  }

  private static Result write(Ask at, Operation operation) {
    try {
      var call = at.request().call();
      var outcome = at.runner().together(session -> session.run(operation, call));
      if (outcome instanceof Written(var rows, _)) {
        var row = rows.getFirst();
        return new Result(row.created() ? 201 : 200, row.json());
      }
      throw RestReads.unexpected(outcome);
    } catch (ProblemException e) {
      var problem = e.problem();
      var members = Problems.members(problem, at.request().call().requestId());
      return new Result(Problems.status(problem), JsonOut.bytes(members));
    }
  }

  /// `{"data": [{"status": 201, "row": {…}}, {"status": 422, "problem": {…}}], "written": 1,
  /// "refused": 1}`.
  private static byte[] body(List<Result> results) {
    var out = new ByteArrayOutputStream();
    write(out, "{\"data\":[");
    var separator = "";
    for (var result : results) {
      var kind = result.failed() ? "problem" : "row";
      write(out, separator + "{\"status\":" + result.status() + ",\"" + kind + "\":");
      out.writeBytes(result.json());
      out.write('}');
      separator = ",";
    }
    long refused = results.stream().filter(Result::failed).count();
    write(out, "],\"written\":" + (results.size() - refused) + ",\"refused\":" + refused + "}");
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
