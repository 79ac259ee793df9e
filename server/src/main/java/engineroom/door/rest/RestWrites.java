package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Value;
import engineroom.door.rest.InputReader.Mode;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.http.Response;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Change;
import engineroom.operation.Operation.Create;
import engineroom.operation.Operation.Delete;
import engineroom.operation.Operation.Find;
import engineroom.operation.Operation.Replace;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Fields;
import engineroom.outcome.Outcome;
import engineroom.outcome.Outcome.Written;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers the requests that write.
final class RestWrites {
  /// Parameters and a header that later versions know. To pass over them would be a lie.
  private static final List<String> LATER =
      List.of("max", "by", "onConflict", "validate", "atomic");

  private final Runner runner;
  private final RestSettings settings;

  RestWrites(Runner runner, RestSettings settings) {
    this.runner = runner;
    this.settings = settings;
  }

  /// `POST /api/orders`: one row or many.
  Response create(Ask ask) {
    var answer = begun(ask);
    var body = Bodies.rows(ask.request(), settings.json());
    var reader = new InputReader(ask.names(), ask.reader());
    var entity = ask.entity();
    if (body instanceof Json.Arr(var elements)) {
      var rows = elements.stream().map(e -> reader.read(entity, e, Mode.NEW_ROW)).toList();
      var written = written(run(ask, new Create(entity.name(), rows, answer)));
      return Answers.written(201, written.rows().stream().map(Written.Row::json).toList());
    }
    var row = reader.read(entity, body, Mode.NEW_ROW);
    return one(ask, entity, answer, run(ask, new Create(entity.name(), List.of(row), answer)));
  }

  /// `PATCH /api/orders/{id}`.
  Response change(Ask ask, Value id) {
    var answer = begun(ask);
    var body = Bodies.patch(ask.request(), settings.json());
    var input = new InputReader(ask.names(), ask.reader()).read(ask.entity(), body, Mode.CHANGE);
    var change =
        new Change(ask.entity().name(), id, input, Answers.ifVersion(ask.request()), answer);
    return one(ask, ask.entity(), answer, run(ask, change));
  }

  /// `PUT /api/orders/{id}`.
  Response replace(Ask ask, Value id) {
    var answer = begun(ask);
    if (ask.request()
        .headers()
        .find("If-Match")
        .map(String::strip)
        .equals(java.util.Optional.of("*"))) {
      throw Parameters.bad("PUT does not know If-Match: *.", "Send the row's ETag, or use PATCH.");
    }
    var body = Bodies.json(ask.request(), settings.json());
    var input = new InputReader(ask.names(), ask.reader()).read(ask.entity(), body, Mode.NEW_ROW);
    var replace =
        new Replace(ask.entity().name(), id, input, Answers.ifVersion(ask.request()), answer);
    return one(ask, ask.entity(), answer, run(ask, replace));
  }

  /// `DELETE /api/orders/{id}`.
  Response delete(Ask ask, Value id) {
    bare(ask);
    return gone(
        ask, new Delete(ask.entity().name(), id, Answers.ifVersion(ask.request())), ask.entity());
  }

  /// `POST /api/orders/{id}/lines`: a new row there, or one that exists where the body is `{"id":
  /// …}`.
  Response add(Ask ask, Value id, Entity.InverseList list) {
    var entity = ask.names().model().entity(list.entity());
    var child = new Ask(ask.request(), entity, ask.names(), ask.reader());
    var answer = begun(child);
    var body = Bodies.json(ask.request(), settings.json());
    if (body instanceof Json.Obj(var members) && members.keySet().equals(Set.of("id"))) {
      var input = new Input(java.util.Map.of(list.field(), new Assignment.To(id)));
      var change =
          new Change(
              entity.name(),
              linked(child, members.get("id")),
              input,
              Answers.ifVersion(ask.request()),
              answer);
      return one(child, entity, answer, run(ask, change));
    }
    var read = new InputReader(ask.names(), ask.reader()).read(entity, body, Mode.NEW_ROW);
    var row = within(read, list.field(), id);
    return one(child, entity, answer, run(ask, new Create(entity.name(), List.of(row), answer)));
  }

  private static Value linked(Ask child, @Nullable Json id) {
    try {
      return child
          .reader()
          .json(child.reader().idType(child.entity().name()), id == null ? Json.Null.NULL : id);
    } catch (FieldReader.Unfit _) {
      throw Answers.missing(child.entity().name());
    }
  }

  private static Input within(Input input, String field, Value id) {
    var assignments = new LinkedHashMap<>(input.assignments());
    Assignment given = new Assignment.To(id);
    if (assignments.containsKey(field)) {
      given = new Assignment.Unreadable(new Violation(field, "fixed", "is given by the path"));
    }
    assignments.put(field, given);
    return new Input(assignments);
  }

  /// `DELETE /api/orders/{id}/lines/{child}`: an owned row goes, another is let go.
  Response remove(Ask ask, Value id, Entity.InverseList list, Value childId) {
    bare(ask);
    var entity = ask.names().model().entity(list.entity());
    if (!list.owned() && entity.field(list.field()).required()) {
      throw problem(
          new NotValid(
              List.of(
                  new Violation(
                      list.field(),
                      "required",
                      "is required, so the row can't leave the list: delete it at /api/"
                          + entity.plural()
                          + "/{id}, or move it to another "
                          + ask.entity().name()))));
    }
    var asked = Answers.ifVersion(ask.request());
    long version = versionInList(ask, entity, list, List.of(id, childId));
    long expected = asked == null ? version : asked;
    if (list.owned()) {
      return gone(ask, new Delete(entity.name(), childId, expected), entity);
    }
    var input = new Input(java.util.Map.of(list.field(), new Assignment.To(Value.NULL)));
    return gone(ask, new Change(entity.name(), childId, input, expected, Selection.ALL), entity);
  }

  /// The version of a row that is in the list now; with it, the removal takes no row that has moved
  /// meanwhile.
  ///
  /// @param ids of the row that has the list, and of the row in it
  private long versionInList(Ask ask, Entity entity, Entity.InverseList list, List<Value> ids) {
    var filters = ask.filters();
    var inList = RestReads.refersTo(entity, list, ids.getFirst(), filters);
    var type = entity.field("id").type().type();
    var same = new Compare(Comparison.EQUAL, entity.get("id"), filters.bind(ids.getLast(), type));
    var only = new Selection(new Fields.Named(List.of("id", "version")), List.of());
    var query =
        new Query(
            entity.name(),
            only,
            new Expression.And(List.of(inList, same)),
            List.of(),
            Counting.NONE);
    var outcome = run(ask, new Find(query, Page.first(1), filters.arguments()));
    if (!(outcome instanceof Outcome.Listed(var rows, _, _))) {
      throw RestReads.unexpected(outcome);
    }
    if (rows.isEmpty()
        || !(JsonReader.read(rows.getFirst(), settings.json()) instanceof Json.Obj(var members))
        || !(members.get("version") instanceof Json.Num(var version))) {
      throw Answers.missing(entity.name());
    }
    return Long.parseLong(version);
  }

  /// Checks headers and parameters, and reads what the answer shows.
  private Selection begun(Ask ask) {
    Bodies.acceptsJson(ask.request());
    refuseLater(ask);
    var parameters = ask.parameters();
    LATER.forEach(name -> refuse(name, parameters));
    var filters = ask.filters();
    var answer = new SelectionReader(ask.entity(), filters, settings).read(parameters);
    parameters.refuseRest(SelectionReader.PARAMETERS);
    if (filters.argumentCount() > 0) {
      throw Parameters.bad("The answer to a write can't filter lists.", "Read the row afterwards.");
    }
    return answer;
  }

  private void bare(Ask ask) {
    refuseLater(ask);
    Bodies.none(ask.request());
    var parameters = ask.parameters();
    LATER.forEach(name -> refuse(name, parameters));
    parameters.refuseRest(List.of());
  }

  private static void refuseLater(Ask ask) {
    if (ask.request().headers().find("Idempotency-Key").isPresent()) {
      throw Parameters.bad("Idempotency-Key is not part of this version.", "Leave it out.");
    }
    if (ask.request().headers().find("If-None-Match").isPresent()) {
      throw Parameters.bad("If-None-Match is for reads only.", "Use If-Match with the row's ETag.");
    }
  }

  private static void refuse(String name, Parameters parameters) {
    if (parameters.rest().containsKey(name)) {
      throw Parameters.bad(name + " is not part of this version.", "Leave it out.");
    }
  }

  private Outcome run(Ask ask, Operation operation) {
    return runner.run(operation, ask.request().call());
  }

  private static Written written(Outcome outcome) {
    if (outcome instanceof Written written) {
      return written;
    }
    throw RestReads.unexpected(outcome);
  }

  private static Response one(Ask ask, Entity entity, Selection answer, Outcome outcome) {
    return switch (outcome) {
      case Written(var rows, _) -> shown(entity, answer, rows.getFirst());
      case Outcome.Missing _ -> throw Answers.missing(entity.name());
      case Outcome.Conflict conflict -> Answers.conflict(entity.name(), conflict, ask.request());
      case Outcome.Found _,
          Outcome.Listed _,
          Outcome.Summarized _,
          Outcome.Deleted _,
          Outcome.Explained _ ->
          throw RestReads.unexpected(outcome);
    };
  }

  private static Response shown(Entity entity, Selection answer, Written.Row row) {
    var tag =
        answer.equals(Selection.ALL)
            ? Answers.tag(row.version())
            : Answers.tag(row.version(), row.json());
    var response = Answers.row(row.created() ? 201 : 200, row.json(), tag);
    return row.created()
        ? response.with("Location", Answers.location(entity.plural(), row.id()))
        : response;
  }

  private Response gone(Ask ask, Operation operation, Entity entity) {
    var outcome = run(ask, operation);
    return switch (outcome) {
      case Outcome.Deleted _, Written _ -> Response.empty(204);
      case Outcome.Missing _ -> throw Answers.missing(entity.name());
      case Outcome.Conflict conflict -> Answers.conflict(entity.name(), conflict, ask.request());
      case Outcome.Found _, Outcome.Listed _, Outcome.Summarized _, Outcome.Explained _ ->
          throw RestReads.unexpected(outcome);
    };
  }
}
