package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Value;
import engineroom.door.query.ListReader;
import engineroom.door.query.Parameters;
import engineroom.door.query.QuerySettings;
import engineroom.door.rest.InputReader.Mode;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.door.rest.WriteOptions.Atomic;
import engineroom.http.Response;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Change;
import engineroom.operation.Operation.ChangeMany;
import engineroom.operation.Operation.Create;
import engineroom.operation.Operation.Delete;
import engineroom.operation.Operation.DeleteMany;
import engineroom.operation.Operation.OnConflict;
import engineroom.operation.Operation.Replace;
import engineroom.operation.Operation.Upsert;
import engineroom.outcome.Outcome;
import engineroom.outcome.Outcome.Written;
import engineroom.problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers the requests that write.
final class RestWrites {
  private final QuerySettings settings;
  private final ListReader lists;
  private final ListRemoval removal;
  private final RowStream stream = new RowStream();

  RestWrites(QuerySettings settings, ListReader lists) {
    this.settings = settings;
    this.lists = lists;
    this.removal = new ListRemoval(settings);
  }

  /// `POST /api/orders`: one row or many.
  Response create(Ask ask) {
    var options = ofRows(ask);
    return rows(ask, options, options.onConflict());
  }

  /// `PUT /api/products?by=sku`: rows that are there by a unique key are replaced.
  Response upsert(Ask ask) {
    var options = ofRows(ask);
    if (options.by().isEmpty()) {
      throw Parameters.bad(
          "PUT of many rows needs a key.",
          "Name a unique field, as in ?by=sku, or PUT one row by id.");
    }
    return rows(ask, options, OnConflict.REPLACE);
  }

  private WriteOptions ofRows(Ask ask) {
    return RowStream.asked(ask.request().head())
        ? WriteOptions.ofStream(ask, settings)
        : WriteOptions.ofRows(ask, settings);
  }

  private Response rows(Ask ask, WriteOptions options, @Nullable OnConflict onConflict) {
    var entity = ask.entity();
    Function<List<Input>, Operation> operation =
        rows ->
            onConflict == null
                ? new Create(entity.name(), rows, options.answer())
                : new Upsert(entity.name(), options.by(), rows, onConflict, options.answer());
    if (RowStream.asked(ask.request().head())) {
      return stream.answer(ask, operation);
    }
    var body = Bodies.rows(ask.request(), settings.json());
    if (!(body instanceof Json.Arr(var elements))) {
      options.refuseAtomic();
      var row = inputs(ask).read(entity, body, Mode.NEW_ROW);
      return one(ask, options, operation.apply(List.of(row)));
    }
    var rows = inputs(ask).read(entity, elements);
    return options.atomic() == Atomic.EACH
        ? new EachRow(operation).array(ask, rows)
        : many(ask, options, operation.apply(rows));
  }

  /// `PATCH /api/orders?status=draft&max=100`.
  Response changeMany(Ask ask) {
    var parameters = ask.parameters();
    var options = WriteOptions.ofMany(ask, parameters);
    var body = Bodies.patch(ask.request(), settings.json());
    var filters = ask.filters();
    var filter = lists.chosen(ask.entity(), parameters, filters);
    var input = inputs(ask).read(ask.entity(), body, Mode.CHANGE);
    var change =
        new ChangeMany(ask.entity().name(), filter, filters.arguments(), input, options.max());
    return options.answered(ask, at -> counted(run(at, change)));
  }

  /// `DELETE /api/orders?status=draft&max=100`.
  Response deleteMany(Ask ask) {
    Bodies.none(ask.request());
    var parameters = ask.parameters();
    var options = WriteOptions.ofMany(ask, parameters);
    var filters = ask.filters();
    var filter = lists.chosen(ask.entity(), parameters, filters);
    var delete = new DeleteMany(ask.entity().name(), filter, filters.arguments(), options.max());
    return options.answered(ask, at -> counted(run(at, delete)));
  }

  private static Response counted(Outcome outcome) {
    if (outcome instanceof Outcome.Many(var rows, _)) {
      return Answers.count(rows);
    }
    throw RestReads.unexpected(outcome);
  }

  /// `PATCH /api/orders/{id}`.
  Response change(Ask ask, Value id) {
    var options = WriteOptions.ofOne(ask, settings);
    var body = Bodies.patch(ask.request(), settings.json());
    var input = inputs(ask).read(ask.entity(), body, Mode.CHANGE);
    var version = Answers.ifVersion(ask.request());
    return one(ask, options, new Change(ask.entity().name(), id, input, version, options.answer()));
  }

  /// `PUT /api/orders/{id}`.
  Response replace(Ask ask, Value id) {
    var options = WriteOptions.ofOne(ask, settings);
    if (ask.request().headers().find("If-Match").map(String::strip).equals(Optional.of("*"))) {
      throw Parameters.bad("PUT does not know If-Match: *.", "Send the row's ETag, or use PATCH.");
    }
    var body = Bodies.json(ask.request(), settings.json());
    var input = inputs(ask).read(ask.entity(), body, Mode.NEW_ROW);
    var version = Answers.ifVersion(ask.request());
    return one(
        ask, options, new Replace(ask.entity().name(), id, input, version, options.answer()));
  }

  /// `DELETE /api/orders/{id}`.
  Response delete(Ask ask, Value id) {
    var options = WriteOptions.ofNothing(ask);
    var delete = new Delete(ask.entity().name(), id, Answers.ifVersion(ask.request()));
    return options.answered(ask, at -> Answers.gone(at, run(at, delete)));
  }

  /// `POST /api/orders/{id}/lines`: a new row there, or one that exists where the body is `{"id":
  /// …}`.
  Response add(Ask ask, Value id, Entity.InverseList list) {
    var entity = ask.names().model().entity(list.entity());
    var child = ask.of(entity);
    var options = WriteOptions.ofOne(child, settings);
    var body = Bodies.json(ask.request(), settings.json());
    if (body instanceof Json.Obj(var members) && members.keySet().equals(Set.of("id"))) {
      var input = new Input(Map.of(list.field(), new Assignment.To(id)));
      var row = linked(child, members.get("id"));
      var version = Answers.ifVersion(ask.request());
      return one(child, options, new Change(entity.name(), row, input, version, options.answer()));
    }
    var row = within(inputs(ask).read(entity, body, Mode.NEW_ROW), list.field(), id);
    return one(child, options, new Create(entity.name(), List.of(row), options.answer()));
  }

  private static Value linked(Ask child, @Nullable Json id) {
    try {
      return inputs(child).id(child.entity(), id == null ? Json.Null.NULL : id);
    } catch (FieldReader.Unfit _) {
      throw Answers.missing(child.entity().name());
    }
  }

  private static Input within(Input input, String field, Value id) {
    return input.with(
        field,
        input.assignments().containsKey(field)
            ? new Assignment.Unreadable(new Violation(field, "fixed", "is given by the path"))
            : new Assignment.To(id));
  }

  /// `DELETE /api/orders/{id}/lines/{child}`: an owned row goes, another is let go.
  Response remove(Ask ask, Entity.InverseList list, Value id, Value child) {
    var options = WriteOptions.ofNothing(ask);
    return options.answered(ask, at -> removal.remove(at, list, id, child));
  }

  private static InputReader inputs(Ask ask) {
    return new InputReader(ask.names(), ask.reader());
  }

  private static Outcome run(Ask ask, Operation operation) {
    return ask.runner().run(operation, ask.request().call());
  }

  private static Response one(Ask ask, WriteOptions options, Operation operation) {
    return options.answered(ask, at -> Answers.one(at, run(at, operation)));
  }

  private static Response many(Ask ask, WriteOptions options, Operation operation) {
    return options.answered(
        ask,
        at -> {
          var outcome = run(at, operation);
          if (outcome instanceof Written(var rows, _)) {
            var created = rows.stream().anyMatch(Written.Row::created);
            return Answers.written(
                created ? 201 : 200, rows.stream().map(Written.Row::json).toList());
          }
          throw RestReads.unexpected(outcome);
        });
  }

  static RuntimeException notValid(Violation violation) {
    return problem(new engineroom.problem.OperationProblem.NotValid(List.of(violation)));
  }
}
