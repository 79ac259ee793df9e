package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.rest.EachRow.Result;
import engineroom.door.rest.InputReader.Mode;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.http.Problems;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.operation.Input;
import engineroom.operation.Operation;
import engineroom.problem.Problem;
import engineroom.problem.ProblemException;
import engineroom.problem.RequestProblem.OverLimit;
import engineroom.problem.RequestProblem.Unreadable;
import engineroom.transfer.BadFile;
import engineroom.transfer.Format;
import engineroom.transfer.JsonRows;
import engineroom.transfer.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes the lines of a body while it comes, and answers each as soon as its row is kept: NDJSON
/// with `atomic=false`. What has come is written in one transaction and told before more is read,
/// so nobody's slowness holds a transaction, and no size of a body matters to memory. Lines that
/// are not answered were not written.
final class RowStream {
  /// Bodies that are written while they come at the same time.
  static final int STREAMS_MAX = 8;

  /// Characters that are written at once, so that long rows don't fill the memory.
  private static final int CHARACTERS = 1 << 20;

  private static final Set<String> METHODS = Set.of("POST", "PUT");

  private final Semaphore free = new Semaphore(STREAMS_MAX);

  /// Whether a request sends rows in this way.
  static boolean asked(Request.Head head) {
    return METHODS.contains(head.method())
        && !head.query().isEmpty()
        && said(head, "atomic=false")
        && !said(head, "explain=access")
        && Bodies.lines(head)
        && RestDoor.ofMany(head.path());
  }

  private static boolean said(Request.Head head, String parameter) {
    return Stream.of(head.query().split("&", -1)).anyMatch(parameter::equals);
  }

  /// The answer, which is written while the body is read.
  Response answer(Ask ask, Function<List<Input>, Operation> operation) {
    ask.runner().run(operation.apply(List.of()), ask.request().call());
    if (free.availablePermits() == 0) {
      throw problem(busy());
    }
    var headers = Map.of("Content-Type", Bodies.Format.NDJSON.mediaType());
    return new Response(
        200, headers, new Response.Body.Stream(out -> write(ask, new EachRow(operation), out)));
  }

  private static Problem busy() {
    return new OverLimit(
        "requests", STREAMS_MAX + " bodies are on their way as streams. Try again soon.");
  }

  private void write(Ask ask, EachRow rows, OutputStream to) throws IOException {
    var told = new Told(ask, to);
    if (!free.tryAcquire()) {
      told.end(busy());
      return;
    }
    try {
      told.end(written(ask, rows, told));
    } finally {
      free.release();
    }
  }

  /// Writes all that comes; gives the problem that ended it before its end.
  private static @Nullable Problem written(Ask ask, EachRow rows, Told told) throws IOException {
    var request = ask.request();
    var lines = new JsonRows(request.stream(), Format.NDJSON);
    try {
      for (var some = next(lines); !some.isEmpty(); some = next(lines)) {
        told.tell(some, results(ask.at(request.incoming().anew().get()), rows, some));
      }
      return null;
    } catch (ProblemException e) {
      return e.problem();
    } catch (BadFile e) {
      return new Unreadable(
          "Line " + e.line() + " of the body " + e.text() + ".",
          "Lines without an answer were not written: mend them and send them again.");
    }
  }

  /// The next line, and those behind it that have come as well.
  private static List<Line> next(JsonRows lines) throws IOException {
    var some = new ArrayList<Line>();
    int characters = 0;
    do {
      var line = lines.next();
      if (line == null) {
        break;
      }
      some.add(line);
      characters += line.length();
    } while (lines.ready() && some.size() < EachRow.ROWS_AT_ONCE && characters < CHARACTERS);
    return some;
  }

  private static List<Result> results(Ask ask, EachRow rows, List<Line> lines) {
    var unread = new ArrayList<@Nullable Result>();
    var inputs = new ArrayList<Input>();
    for (var line : lines) {
      try {
        inputs.add(input(ask, line));
        unread.add(null);
      } catch (ProblemException e) {
        unread.add(Result.of(e.problem(), ask));
      }
    }
    var written = inputs.isEmpty() ? List.<Result>of() : rows.some(ask, inputs);
    var results = new ArrayList<Result>();
    int next = 0;
    for (var result : unread) {
      results.add(result == null ? written.get(next++) : result);
    }
    return results;
  }

  private static Input input(Ask ask, Line line) {
    return switch (line) {
      case Line.Members(_, var row, _) ->
          new InputReader(ask.names(), ask.reader()).read(ask.entity(), row, Mode.NEW_ROW);
      case Line.Bad(var number, _, var message) ->
          throw Bodies.unreadable("Line " + number + " " + message + ".", null);
      case Line.Cells _ -> throw new IllegalStateException("NDJSON has no cells");
    };
  }

  /// What has been told so far.
  private static final class Told {
    private final Ask ask;
    private final OutputStream to;
    private long written;
    private long refused;

    Told(Ask ask, OutputStream to) {
      this.ask = ask;
      this.to = to;
    }

    /// `{"line":1,"status":201,"row":{…}}`, a line each; the client has them before more is read.
    void tell(List<Line> lines, List<Result> results) throws IOException {
      var out = new ByteArrayOutputStream();
      for (int i = 0; i < lines.size(); i++) {
        EachRow.write(out, "{\"line\":" + lines.get(i).number() + ",");
        results.get(i).write(out);
        EachRow.write(out, "}\n");
      }
      long bad = results.stream().filter(Result::refused).count();
      refused += bad;
      written += results.size() - bad;
      send(out);
    }

    /// `{"written":2,"refused":1}`, and what cut the body short where something did.
    void end(@Nullable Problem cut) throws IOException {
      var out = new ByteArrayOutputStream();
      EachRow.write(out, "{\"written\":" + written + ",\"refused\":" + refused);
      if (cut != null) {
        EachRow.write(out, ",\"problem\":");
        out.writeBytes(JsonOut.bytes(Problems.members(cut, ask.request().call().requestId())));
      }
      EachRow.write(out, "}\n");
      send(out);
    }

    private void send(ByteArrayOutputStream out) throws IOException {
      out.writeTo(to);
      to.flush();
    }
  }
}
