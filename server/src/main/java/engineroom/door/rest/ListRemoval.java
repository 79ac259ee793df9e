package engineroom.door.rest;

import engineroom.data.Value;
import engineroom.door.query.QuerySettings;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.http.Response;
import engineroom.json.Json;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Change;
import engineroom.operation.Operation.Delete;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Fields;
import engineroom.outcome.Outcome;
import engineroom.problem.Violation;
import java.util.List;
import java.util.Map;

/// Takes a row out of a list.
final class ListRemoval {
  private final QuerySettings settings;

  ListRemoval(QuerySettings settings) {
    this.settings = settings;
  }

  Response remove(Ask ask, Entity.InverseList list, Value id, Value child) {
    var entity = ask.names().model().entity(list.entity());
    if (!list.owned() && entity.field(list.field()).required()) {
      throw RestWrites.notValid(
          new Violation(
              list.field(),
              "required",
              "is required, so the row can't leave the list: delete it at /api/"
                  + entity.plural()
                  + "/{id}, or move it to another "
                  + ask.entity().name()));
    }
    var asked = Answers.ifVersion(ask.request());
    long version = versionInList(ask, list, id, child);
    long expected = asked == null ? version : asked;
    var unlinked = new Input(Map.of(list.field(), new Assignment.To(Value.NULL)));
    Operation operation =
        list.owned()
            ? new Delete(entity.name(), child, expected)
            : new Change(entity.name(), child, unlinked, expected, Selection.ALL);
    return Answers.gone(ask.of(entity), run(ask, operation));
  }

  private static Outcome run(Ask ask, Operation operation) {
    return ask.runner().run(operation, ask.request().call());
  }

  /// The version of a row that is in the list now; with it, the removal takes no row that has moved
  /// meanwhile.
  private long versionInList(Ask ask, Entity.InverseList list, Value id, Value child) {
    var entity = ask.names().model().entity(list.entity());
    var filters = ask.filters();
    var inList = RestReads.refersTo(entity, list, id, filters);
    var type = entity.field("id").type().type();
    var same = new Compare(Comparison.EQUAL, entity.get("id"), filters.bind(child, type));
    var only = new Selection(new Fields.Named(List.of("id", "version")), List.of());
    var filter = new Expression.And(List.of(inList, same));
    var query = new Query(entity.name(), only, filter, List.of(), Counting.NONE);
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
}
