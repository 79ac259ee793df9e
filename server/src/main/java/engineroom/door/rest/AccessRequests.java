package engineroom.door.rest;

import engineroom.Runner;
import engineroom.door.query.Names;
import engineroom.door.query.Parameters;
import engineroom.door.query.Visibility;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.explain.Refusals;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.http.OperationName;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonWriter;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Operation;
import engineroom.operation.Operation.ExplainAccess;
import engineroom.operation.Operation.Fetch;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.outcome.Outcome;
import engineroom.problem.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers `…?explain=access&as=…`: the request is read as if the caller named had sent it, and in
/// place of its answer it is told why they may or may not. Nothing is written.
final class AccessRequests {
  private static final String EXPLAIN = "explain";
  private static final String AS = "as";
  private static final Set<String> OWN = Set.of(EXPLAIN, AS);

  private final Visibility visibility;

  AccessRequests(Visibility visibility) {
    this.visibility = visibility;
  }

  /// Whether a request for rows, or for a row, asks why.
  static boolean asked(Ask ask, List<String> parts) {
    return parts.size() <= 2
        && !parts.getLast().equals("aggregate")
        && !parts.getLast().equals("query")
        && Stream.of(ask.request().query().split("&", -1)).anyMatch("explain=access"::equals);
  }

  /// Answers it.
  ///
  /// @param door how the request is answered otherwise
  Response answer(Ask ask, String method, List<String> parts, Function<Ask, Response> door) {
    OperationName.tell(ask.entity().name(), "explain");
    administrator(ask);
    var parameters = ask.parameters();
    var as = parameters.takeList(AS);
    for (var other : List.of("validate", "atomic", "asOf")) {
      if (parameters.take(other).isPresent()) {
        throw Parameters.bad(
            other + " has no meaning with explain=access.", "Leave it out: nothing is written.");
      }
    }
    var caller = new ExplainedCaller(ask).read(as);
    try {
      var told =
          method.equals("GET") && parts.size() == 2
              ? explained(ask, fetch(ask, parts.get(1)), caller)
              : explained(ask, caller, door);
      return json(AccessJson.of(told.report(), as));
    } catch (ProblemException e) {
      var verdict = Refusals.of(e.problem());
      return json(AccessJson.of(verdict, verb(method, parts), ask.entity().name(), as));
    }
  }

  private static Response json(engineroom.json.Json json) {
    return Response.of(200, "application/json", JsonWriter.write(json));
  }

  /// Anybody else hears from the engine that they may not, before a parameter is judged.
  private static void administrator(Ask ask) {
    var query =
        new Query(ask.entity().name(), Selection.ALL, Expression.TRUE, List.of(), Counting.NONE);
    if (!ask.request().call().caller().administrator()) {
      explained(ask, new Find(query, Page.first(1), Arguments.NONE), Caller.Guest.GUEST);
    }
  }

  private static Operation fetch(Ask ask, String id) {
    return new Fetch(ask.entity().name(), ask.id(ask.entity(), id), Selection.ALL);
  }

  private static String verb(String method, List<String> parts) {
    return switch (method) {
      case "GET" -> parts.size() == 2 ? "read" : "list";
      case "POST" -> "create";
      case "PUT" -> parts.size() == 2 ? "replace" : "upsert";
      case "PATCH" -> parts.size() == 2 ? "change" : "changeMany";
      case "DELETE" -> parts.size() == 2 ? "delete" : "deleteMany";
      default -> method;
    };
  }

  private static Outcome.AccessExplained explained(Ask ask, Operation asked, Caller by) {
    var outcome = ask.runner().run(new ExplainAccess(asked, by), ask.request().call());
    if (outcome instanceof Outcome.AccessExplained explained) {
      return explained;
    }
    throw RestReads.unexpected(outcome);
  }

  /// What becomes of the operation that the request is.
  private Outcome.AccessExplained explained(Ask ask, Caller by, Function<Ask, Response> door) {
    var request = ask.request();
    var call = request.call().by(by);
    var plain =
        new Request(
            request.method(),
            request.path(),
            without(request.query()),
            request.headers(),
            request.body(),
            call);
    var names = new Names(ask.names().model(), visibility, call);
    try {
      var _ = door.apply(new Ask(plain, ask.entity(), names, ask.reader(), new Explaining(ask)));
    } catch (Told told) {
      return told.explained;
    }
    throw new IllegalStateException(request.path() + " was answered without an operation");
  }

  private static String without(String query) {
    return Stream.of(query.split("&", -1))
        .filter(pair -> !OWN.contains(pair.split("=", 2)[0]))
        .collect(Collectors.joining("&"));
  }

  /// Explains the first operation that it is to run, in place of running it.
  private record Explaining(Ask ask) implements Runner {
    @Override
    public Outcome run(Operation operation, Call call) {
      throw new Told(explained(ask, operation, call.caller()));
    }

    @Override
    public <T> T together(Function<Session, T> work) {
      throw new IllegalStateException("one operation is explained at a time");
    }

    @Override
    public <T> T still(Call call, Function<Runner, T> work) {
      return work.apply(this);
    }
  }

  /// Carries the report out of what reads the request.
  private static final class Told extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Outcome.AccessExplained explained;

    Told(Outcome.AccessExplained explained) {
      super("explained", null, false, false);
      this.explained = explained;
    }
  }
}
