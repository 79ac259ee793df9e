package engineroom.door.graphql.work;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.data.Value;
import engineroom.door.graphql.answer.AnswerBytes;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.schema.Root.Writing;
import engineroom.door.graphql.schema.TypeNames;
import engineroom.door.graphql.work.Question.Asking;
import engineroom.door.query.Filters;
import engineroom.door.query.Names;
import engineroom.door.query.Parameters;
import engineroom.door.query.Questions;
import engineroom.door.rest.InputReader;
import engineroom.door.rest.RestDoor;
import engineroom.expression.Expression;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Call;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Change;
import engineroom.operation.Operation.ChangeMany;
import engineroom.operation.Operation.Create;
import engineroom.operation.Operation.Delete;
import engineroom.operation.Operation.DeleteMany;
import engineroom.operation.Operation.OnConflict;
import engineroom.operation.Operation.Upsert;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.outcome.Outcome;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.NotFound;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers root fields that write, each within the transaction of its request.
final class RowWrites {
  private final Tools tools;
  private final Call call;
  private final Runner runner;
  private final Map<String, Json> variables;
  private final FieldReader reader;
  private final Names names;
  private final Inputs inputs;

  RowWrites(Asking asking, Runner runner) {
    this.tools = asking.tools();
    this.call = asking.call();
    this.variables = asking.variables();
    this.runner = runner;
    this.reader = new FieldReader(tools.model());
    this.names = new Names(tools.model(), tools.visibility(), call);
    this.inputs = new Inputs(tools.model(), new InputReader(names, reader));
  }

  /// Writes the value of a field that shows the rows it writes.
  void write(RootField.Rows field, Writing what, AnswerBytes out) {
    var values = Asked.values(field.asked().arguments(), variables);
    switch (what) {
      case CREATE -> one(created(field, values), field, out);
      case CREATE_MANY -> many(created(field, values), field, out);
      case UPDATE -> one(changed(field, values), field, out);
      case UPSERT -> one(upserted(field, values), field, out);
      case DELETE -> one(deleted(field, values), field, out);
      case UPDATE_MANY, DELETE_MANY -> throw new IllegalStateException(what + " shows no rows");
    }
  }

  /// What is to be shown of rows written, and how: along with the write where no list has a
  /// condition of its own, else by a question after it.
  private final class Shown {
    private final RootField.Rows field;
    private final Filters filters = new Filters(names, reader);
    private final Selection selection;

    Shown(RootField.Rows field) {
      this.field = field;
      var questions = new Questions(filters, tools.settings());
      selection = new Selections(tools, questions, variables).of(field.plan());
    }

    private boolean along() {
      return filters.argumentCount() == 0;
    }

    Selection answer() {
      return along() ? selection : Selection.NOTHING;
    }

    List<byte[]> rows(List<Outcome.Written.Row> written) {
      return along()
          ? written.stream().map(Outcome.Written.Row::json).toList()
          : written.stream().map(row -> again(row.id())).toList();
    }

    private byte[] again(Value id) {
      var found = find(id);
      return found == null ? "{}".getBytes(StandardCharsets.UTF_8) : found;
    }

    byte @Nullable [] find(Value id) {
      var entity = field.plan().entity();
      var fresh = new Filters(names, reader);
      var again =
          new Selections(tools, new Questions(fresh, tools.settings()), variables).of(field.plan());
      var bound = fresh.bind(id, entity.field("id").type().type());
      var filter = new Expression.Compare(Expression.Comparison.EQUAL, entity.get("id"), bound);
      var query = new Query(entity.name(), again, filter, List.of(), Counting.NONE);
      var outcome = runner.run(new Operation.Find(query, Page.first(1), fresh.arguments()), call);
      return outcome instanceof Outcome.Listed(var rows, _, _) && !rows.isEmpty()
          ? rows.getFirst()
          : null;
    }
  }

  private List<byte[]> created(RootField.Rows field, Map<String, Json> values) {
    var entity = field.plan().entity();
    var shown = new Shown(field);
    var input = values.getOrDefault("input", Json.Null.NULL);
    var rows =
        input instanceof Json.Arr(var elements)
            ? inputs.created(entity, elements)
            : List.of(inputs.created(entity, input));
    return written(shown, new Create(entity.name(), rows, shown.answer()));
  }

  private List<byte[]> changed(RootField.Rows field, Map<String, Json> values) {
    var entity = field.plan().entity();
    var shown = new Shown(field);
    var input = inputs.changed(entity, values);
    var id = id(entity, values);
    var change = new Change(entity.name(), id, input, version(values), shown.answer());
    return written(shown, change);
  }

  private List<byte[]> upserted(RootField.Rows field, Map<String, Json> values) {
    var entity = field.plan().entity();
    var shown = new Shown(field);
    var by = text(values, "by", "id");
    var key = TypeNames.keys(entity).getOrDefault(by, List.of("id"));
    var onConflict =
        switch (text(values, "onConflict", "UPDATE")) {
          case "REPLACE" -> OnConflict.REPLACE;
          case "IGNORE" -> OnConflict.IGNORE;
          default -> OnConflict.MERGE;
        };
    var row = inputs.created(entity, values.getOrDefault("input", Json.Null.NULL));
    var upsert = new Upsert(entity.name(), key, List.of(row), onConflict, shown.answer());
    return written(shown, upsert);
  }

  private static String text(Map<String, Json> values, String name, String usual) {
    return values.get(name) instanceof Json.Text(var text) ? text : usual;
  }

  private List<byte[]> deleted(RootField.Rows field, Map<String, Json> values) {
    var entity = field.plan().entity();
    var id = id(entity, values);
    var before = new Shown(field).find(id);
    if (before == null) {
      throw problem(new NotFound(entity.name()));
    }
    return switch (runner.run(new Delete(entity.name(), id, version(values)), call)) {
      case Outcome.Deleted _ -> List.of(before);
      case Outcome.Conflict conflict -> throw new Conflicting(entity.name(), conflict);
      case Outcome.Missing _ -> throw problem(new NotFound(entity.name()));
      case Outcome other -> throw unexpected(other);
    };
  }

  private List<byte[]> written(Shown shown, Operation operation) {
    return switch (runner.run(operation, call)) {
      case Outcome.Written(var rows, _) -> shown.rows(rows);
      case Outcome.Missing _ -> throw problem(new NotFound(operation.entity()));
      case Outcome.Conflict conflict -> throw new Conflicting(operation.entity(), conflict);
      case Outcome other -> throw unexpected(other);
    };
  }

  private Value id(Entity entity, Map<String, Json> values) {
    try {
      var id = Spelling.id(entity, values.getOrDefault("id", Json.Null.NULL));
      return reader.json(reader.idType(entity.name()), id);
    } catch (FieldReader.Unfit _) {
      throw problem(new NotFound(entity.name()));
    }
  }

  private static @Nullable Long version(Map<String, Json> values) {
    return values.get("ifVersion") instanceof Json.Num(var text) ? Long.valueOf(text) : null;
  }

  private static void one(List<byte[]> rows, RootField.Rows field, AnswerBytes out) {
    shown(rows.getFirst(), field, out);
  }

  private static void many(List<byte[]> rows, RootField.Rows field, AnswerBytes out) {
    out.write('[');
    for (int i = 0; i < rows.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      shown(rows.get(i), field, out);
    }
    out.write(']');
  }

  /// A row that may be written and not read says its id, where nothing more is asked.
  private static void shown(byte[] row, RootField.Rows field, AnswerBytes out) {
    if (!field.cut().write(row, out)) {
      throw problem(
          new NotAllowed(
              "The row could be written, but not be shown to you: ask for its id alone."));
    }
  }

  /// Writes the value of a field that writes what a filter finds.
  void write(RootField.Counted field, AnswerBytes out) {
    var values = Asked.values(field.asked().arguments(), variables);
    var filters = new Filters(names, reader);
    var entity = field.entity();
    var where =
        new Spelling(tools.model()).where(entity, values.getOrDefault("where", Json.Null.NULL));
    var filter = new Questions(filters, tools.settings()).where(entity, where);
    var operation =
        field.root().what() == Writing.DELETE_MANY
            ? new DeleteMany(entity.name(), filter, filters.arguments(), max(values))
            : new ChangeMany(
                entity.name(),
                filter,
                filters.arguments(),
                inputs.changed(entity, values),
                max(values));
    if (!(runner.run(operation, call) instanceof Outcome.Many(var rows, _))) {
      throw new IllegalStateException("the engine gave an outcome of another operation");
    }
    field.count().write(("{\"count\":" + rows + "}").getBytes(StandardCharsets.UTF_8), out);
  }

  private static int max(Map<String, Json> values) {
    int max = values.get("max") instanceof Json.Num(var text) ? Integer.parseInt(text) : 0;
    if (max < 1 || max > RestDoor.FOUND_ROWS_MAX) {
      throw Parameters.bad(
          "max is not a whole number from 1 to " + RestDoor.FOUND_ROWS_MAX + ".", null);
    }
    return max;
  }

  private static IllegalStateException unexpected(Outcome outcome) {
    return new IllegalStateException(
        "the engine gave an outcome of another operation: " + outcome.getClass().getSimpleName());
  }
}
