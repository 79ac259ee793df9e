package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.query.Parameters;
import engineroom.door.query.QuerySettings;
import engineroom.door.query.SelectionReader;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.expression.Expression;
import engineroom.http.Response;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Discard;
import engineroom.operation.Operation.ListTrash;
import engineroom.operation.Operation.Undelete;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Selection;
import engineroom.outcome.Outcome;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers `/api/<plural>/trash`: what was deleted and can be brought back.
final class TrashRequests {
  /// The part of a path that leads here, where the entity has a trash.
  static final String PATH = "trash";

  private static final String RESTORE = "restore";

  private final QuerySettings settings;
  private final CursorSeal seal;

  TrashRequests(QuerySettings settings, CursorSeal seal) {
    this.settings = settings;
    this.seal = seal;
  }

  /// Whether a path leads to the trash. A row whose id is the word is found by a filter only.
  static boolean asked(Ask ask, List<String> parts) {
    return ask.entity().life().trash() != null && parts.size() > 1 && parts.get(1).equals(PATH);
  }

  /// Answers a path that leads to the trash.
  Response answer(Ask ask, String method, List<String> parts) {
    return switch (parts.size()) {
      case 2 -> {
        require(ask, method, "GET, HEAD");
        yield list(RestDoor.named(ask, "trash.list"));
      }
      case 3 -> {
        require(ask, method, "DELETE");
        yield discard(RestDoor.named(ask, "trash.discard"), ask.id(ask.entity(), parts.get(2)));
      }
      case 4 -> {
        if (!parts.get(3).equals(RESTORE)) {
          throw noPath(ask, parts.get(2));
        }
        require(ask, method, "POST");
        yield restore(RestDoor.named(ask, "trash.restore"), ask.id(ask.entity(), parts.get(2)));
      }
      default -> throw noPath(ask, parts.get(2));
    };
  }

  private static RuntimeException noPath(Ask ask, String id) {
    var plural = ask.entity().plural();
    return problem(
        new NoSuchPath(
            "There is no " + ask.request().path() + ".",
            "POST /api/" + plural + "/trash/" + id + "/restore brings a row back."));
  }

  private static void require(Ask ask, String method, String allowed) {
    if (!allowed.startsWith(method)) {
      var said = ask.request().path() + " can't be asked with " + ask.request().method() + ".";
      throw problem(new NoSuchMethod(said, allowed));
    }
  }

  /// `GET /api/products/trash`.
  private Response list(Ask ask) {
    Bodies.none(ask.request());
    Bodies.acceptsJson(ask.request());
    var parameters = ask.parameters();
    var limit = parameters.take("limit").map(text -> SelectionReader.limit(text, settings));
    var question = question(ask);
    var before = parameters.take("after").map(cursor -> number(question, cursor));
    parameters.refuseRest(List.of("limit", "after"));
    var rows = limit.orElse(settings.pageDefault());
    var outcome = run(ask, new ListTrash(ask.entity().name(), rows, before.orElse(null)));
    if (!(outcome instanceof Outcome.Listed listed)) {
      throw RestReads.unexpected(outcome);
    }
    var next = listed.next() == null ? null : seal.seal(question, listed.next());
    var response = RestReads.linked(ask.request(), Answers.rows(listed.rows(), next, listed), next);
    return Answers.unlessKnown(ask.request(), response);
  }

  /// What cursors of this list are bound to: no list of rows has such a filter.
  private static Query question(Ask ask) {
    var filter = new Expression.Literal(Value.of(PATH), Type.Scalar.TEXT);
    return new Query(ask.entity().name(), Selection.ALL, filter, List.of(), Counting.NONE);
  }

  private @Nullable Long number(Query question, String cursor) {
    var keys = seal.open(question, cursor);
    return keys.size() == 1 && keys.getFirst() instanceof Value.Integer(var number) ? number : null;
  }

  /// `POST /api/products/trash/{id}/restore`.
  private Response restore(Ask ask, Value id) {
    refuseVersion(ask);
    Bodies.none(ask.request());
    var options = WriteOptions.ofOne(ask, settings);
    var restore = new Undelete(ask.entity().name(), id, options.answer());
    return options.answered(ask, at -> Answers.one(at, run(at, restore)));
  }

  /// `DELETE /api/products/trash/{id}`.
  private Response discard(Ask ask, Value id) {
    refuseVersion(ask);
    var options = WriteOptions.ofNothing(ask);
    var discard = new Discard(ask.entity().name(), id);
    return options.answered(ask, at -> Answers.gone(at, run(at, discard)));
  }

  private static void refuseVersion(Ask ask) {
    if (ask.request().headers().find("If-Match").isPresent()) {
      throw Parameters.bad(
          "A row in the trash has no ETag, so If-Match has no use.", "Leave it out.");
    }
  }

  private static Outcome run(Ask ask, Operation operation) {
    return ask.runner().run(operation, ask.request().call());
  }
}
