package engineroom.door.rest;

import engineroom.door.rest.RestDoor.Ask;
import engineroom.http.Problems;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.operation.Input;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome.Written;
import engineroom.problem.Problem;
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
  static final int ROWS_AT_ONCE = 250;

  private final Function<List<Input>, Operation> operation;

  /// @param operation writes some rows
  EachRow(Function<List<Input>, Operation> operation) {
    this.operation = operation;
  }

  /// What became of one row.
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
  record Result(int status, byte[] json) {
    static Result of(Written.Row row) {
      return new Result(row.created() ? 201 : 200, row.json());
    }

    static Result of(Problem problem, Ask at) {
      var members = Problems.members(problem, at.request().call().requestId());
      return new Result(Problems.status(problem), JsonOut.bytes(members));
    }

    boolean refused() {
      return status >= 400;
    }

    /// `"status":201,"row":{…}` or `"status":422,"problem":{…}`.
    void write(ByteArrayOutputStream out) {
      var kind = refused() ? "problem" : "row";
      EachRow.write(out, "\"status\":" + status + ",\"" + kind + "\":");
      out.writeBytes(json);
    }
  }

  /// Writes an array and answers with an object.
  Response array(Ask ask, List<Input> rows) {
    var results = new ArrayList<Result>(rows.size());
    for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
      results.addAll(some(ask, rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE))));
    }
    return Response.of(200, "application/json", body(results));
  }

  /// Writes some rows in one transaction; where one of them is refused, each behind a savepoint.
  List<Result> some(Ask ask, List<Input> rows) {
    try {
      return ask.runner().together(session -> all(ask.within(session), rows));
    } catch (ProblemException e) {
      return e.problem().ofOneRow() && rows.size() > 1
          ? oneByOne(ask, rows)
          : rows.stream().map(_ -> Result.of(e.problem(), ask)).toList();
    }
  }

  private List<Result> oneByOne(Ask ask, List<Input> rows) {
    try {
      return ask.runner()
          .together(
              session -> {
                var within = ask.within(session);
                return rows.stream().map(row -> one(within, row)).toList();
              });
    } catch (ProblemException e) {
      return rows.stream().map(_ -> Result.of(e.problem(), ask)).toList();
    }
  }

  private Result one(Ask at, Input row) {
    try {
      return at.runner().together(inner -> all(at.within(inner), List.of(row))).getFirst();
    } catch (ProblemException e) {
      if (!e.problem().ofOneRow()) {
        throw e;
      }
      return Result.of(e.problem(), at);
    }
  }

  private List<Result> all(Ask at, List<Input> rows) {
    var outcome = at.runner().run(operation.apply(rows), at.request().call());
    if (outcome instanceof Written written) {
      return written.rows().stream().map(Result::of).toList();
    }
    throw RestReads.unexpected(outcome);
  }

  /// `{"data": [{"status": 201, "row": {…}}, {"status": 422, "problem": {…}}], "written": 1,
  /// "refused": 1}`.
  private static byte[] body(List<Result> results) {
    var out = new ByteArrayOutputStream();
    write(out, "{\"data\":[");
    var separator = "";
    for (var result : results) {
      write(out, separator + "{");
      result.write(out);
      out.write('}');
      separator = ",";
    }
    long refused = results.stream().filter(Result::refused).count();
    write(out, "],\"written\":" + (results.size() - refused) + ",\"refused\":" + refused + "}");
    return out.toByteArray();
  }

  static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
