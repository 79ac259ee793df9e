package engineroom.records;

import engineroom.Runner;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.operation.Operation;
import engineroom.operation.Operation.OnConflict;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.outcome.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// Rows for the program itself, as values: every field of every entity, whoever may see it. Within
/// a session, all of it is part of that one transaction.
public final class Records {
  private final Model model;
  private final Runner runner;
  private final Call call;
  private final FieldReader fields;

  /// @param call its caller is left aside: the program asks
  public Records(Model model, Runner runner, Call call) {
    this.model = model;
    this.runner = runner;
    this.call = call.by(Caller.Program.PROGRAM);
    this.fields = new FieldReader(model);
  }

  /// The same for work within a transaction.
  public Records within(Runner.Session session) {
    return new Records(model, session, call);
  }

  /// Does several things as one; the work may run more than once before it counts.
  public <T> T together(Function<Records, T> work) {
    return runner.together(session -> work.apply(within(session)));
  }

  /// Reads several things as they are at one moment; the work may run more than once.
  ///
  /// @param limit for all of it
  public <T> T still(Duration limit, Function<Records, T> work) {
    return runner.still(call.within(limit), at -> work.apply(new Records(model, at, call)));
  }

  /// The row of an id.
  public Optional<Row> find(String entity, Value id) {
    return first(entity, Where.is("id", id));
  }

  /// The rows of some ids, as far as they are there, in the order of their ids: one question.
  public List<Row> find(String name, List<Value> ids) {
    var entity = model.entity(name);
    var id = entity.get("id");
    var places = new ArrayList<Expression>();
    for (var place = 0; place < ids.size(); place++) {
      places.add(new Expression.Parameter(place, id.type()));
    }
    var list = new Expression.ListOf(places, new Type.ListOf(id.type()));
    return all(entity, new Expression.In(id, list), new Arguments(ids), List.of(), ids.size());
  }

  /// Some row that fits.
  public Optional<Row> first(String entity, Where where) {
    return all(entity, where, 1).stream().findFirst();
  }

  /// The first rows that fit, in the order of their ids.
  ///
  /// @param limit at most so many
  public List<Row> all(String entity, Where where, int limit) {
    return all(entity, where, List.of(), limit);
  }

  /// The last rows that fit, by a field.
  public List<Row> last(String entity, Where where, String field, int limit) {
    var sort = new Sort(model.entity(entity).get(field), Direction.DESCENDING);
    return all(entity, where, List.of(sort), limit);
  }

  private List<Row> all(String name, Where where, List<Sort> sort, int limit) {
    var entity = model.entity(name);
    return all(entity, where.filter(entity), where.arguments(), sort, limit);
  }

  private List<Row> all(
      Entity entity, Expression filter, Arguments arguments, List<Sort> sort, int limit) {
    var query = new Query(entity.name(), Selection.ALL, filter, sort, Counting.NONE);
    var listed = listed(new Operation.Find(query, Page.first(limit), arguments));
    return listed.rows().stream().map(json -> row(entity, json)).toList();
  }

  private Outcome.Listed listed(Operation.Find find) {
    if (!(runner.run(find, call) instanceof Outcome.Listed listed)) {
      throw new IllegalStateException("a question for rows is answered by rows");
    }
    return listed;
  }

  /// How many rows fit.
  public long count(String name, Where where) {
    var filter = where.filter(model.entity(name));
    var query = new Query(name, Selection.ALL, filter, List.of(), Counting.EXACT);
    var count = listed(new Operation.Find(query, Page.first(0), where.arguments())).count();
    return Objects.requireNonNull(count, "it was asked for");
  }

  private Row row(Entity entity, byte[] json) {
    if (!(JsonReader.read(json, JsonLimits.defaults()) instanceof Json.Obj(var members))) {
      throw new IllegalStateException("a row is a JSON object");
    }
    var values = new LinkedHashMap<String, Value>();
    members.forEach(
        (name, value) ->
            values.put(
                name,
                value == Json.Null.NULL
                    ? Value.NULL
                    : fields.json(entity.field(name).type(), value)));
    return new Row(values);
  }

  /// A new row.
  public Row create(String entity, Map<String, Value> values) {
    return create(entity, input(entity, values));
  }

  /// A new row of what may not be readable: every mistake is told at once. Secrets in it are hashed
  /// already.
  public Row create(String entity, Input input) {
    return written(
        entity, runner.run(new Operation.Create(entity, List.of(input), Selection.ALL), call));
  }

  /// Many new rows, all or none.
  public void createAll(String entity, List<Map<String, Value>> rows) {
    runner.run(new Operation.Create(entity, inputs(entity, rows), Selection.NOTHING), call);
  }

  private List<Input> inputs(String entity, List<Map<String, Value>> rows) {
    return rows.stream().map(values -> input(entity, values)).toList();
  }

  /// Rows with their ids: those that are there change, the others are new. All or none.
  public void putAll(String entity, List<Map<String, Value>> rows) {
    var inputs = inputs(entity, rows);
    var key = List.of("id");
    runner.run(
        new Operation.Upsert(entity, key, inputs, OnConflict.MERGE, Selection.NOTHING), call);
  }

  /// Changes a row that must be there; it comes back as it is now.
  public Row change(String entity, Value id, Map<String, Value> values) {
    return written(entity, changed(entity, id, values, Selection.ALL));
  }

  /// Changes a row that must be there, and does not read it again.
  public void set(String entity, Value id, Map<String, Value> values) {
    if (!(changed(entity, id, values, Selection.NOTHING) instanceof Outcome.Written)) {
      throw new IllegalStateException("there is no " + entity + " to change");
    }
  }

  private Outcome changed(String entity, Value id, Map<String, Value> values, Selection answer) {
    return runner.run(new Operation.Change(entity, id, input(entity, values), null, answer), call);
  }

  private Row written(String entity, Outcome outcome) {
    if (!(outcome instanceof Outcome.Written written)) {
      throw new IllegalStateException("no row was written: " + outcome);
    }
    return row(model.entity(entity), written.rows().getFirst().json());
  }

  /// Changes every row that fits, and tells how many did: what may happen once only is changed
  /// where it has not happened yet, and has happened here if one row took it.
  ///
  /// @param max refused where more rows fit
  public int changeWhere(String entity, Where where, Map<String, Value> values, int max) {
    var filter = where.filter(model.entity(entity));
    var change =
        new Operation.ChangeMany(entity, filter, where.arguments(), input(entity, values), max);
    return count(runner.run(change, call));
  }

  /// Deletes every row that fits, and tells how many did.
  ///
  /// @param max refused where more rows fit
  public int deleteWhere(String entity, Where where, int max) {
    var filter = where.filter(model.entity(entity));
    return count(
        runner.run(new Operation.DeleteMany(entity, filter, where.arguments(), max), call));
  }

  private static int count(Outcome outcome) {
    if (!(outcome instanceof Outcome.Many(var rows, _))) {
      throw new IllegalStateException("writes of many rows are answered by their count");
    }
    return rows;
  }

  /// Secrets among the values are hashes already.
  private Input input(String entity, Map<String, Value> values) {
    var assignments = new LinkedHashMap<String, Assignment>();
    values.forEach((name, value) -> assignments.put(name, given(entity, name, value)));
    return new Input(assignments);
  }

  private Assignment given(String entity, String field, Value value) {
    return model.entity(entity).field(field).secret() && value != Value.NULL
        ? new Assignment.Hashed(value)
        : new Assignment.To(value);
  }
}
