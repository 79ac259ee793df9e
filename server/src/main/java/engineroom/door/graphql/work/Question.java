package engineroom.door.graphql.work;

import engineroom.data.Value;
import engineroom.door.graphql.compiled.RowPlan;
import engineroom.door.graphql.document.Asked;
import engineroom.door.query.Filters;
import engineroom.door.query.Names;
import engineroom.door.query.Parameters;
import engineroom.door.query.Questions;
import engineroom.expression.Expression;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection.Sort;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One question for rows as it is put together: its arguments, and the values that they bind.
final class Question {
  private final Model model;
  private final Asked asked;
  private final RowPlan plan;
  private final Map<String, Json> variables;
  private final FieldReader reader;
  private final Filters filters;
  private final Questions questions;
  private final Selections selections;
  private final Spelling spelling;

  /// What the parts of its key were asked to be.
  private final Map<String, Json> parts = new HashMap<>();

  /// Who asks, and with which variables.
  record Asking(Tools tools, Call call, Map<String, Json> variables) {}

  Question(Asking asking, Asked asked, RowPlan plan) {
    var tools = asking.tools();
    this.model = tools.model();
    this.asked = asked;
    this.plan = plan;
    this.variables = asking.variables();
    this.reader = new FieldReader(tools.model());
    this.filters = new Filters(new Names(tools.model(), tools.visibility(), asking.call()), reader);
    this.questions = new Questions(filters, tools.settings());
    this.selections = new Selections(tools, questions, asking.variables());
    this.spelling = new Spelling(tools.model());
  }

  Model model() {
    return model;
  }

  Entity entity() {
    return plan.entity();
  }

  Filters filters() {
    return filters;
  }

  RowPlan plan() {
    return plan;
  }

  Asked asked() {
    return asked;
  }

  Map<String, Json> variables() {
    return variables;
  }

  Map<String, Json> parts() {
    return parts;
  }

  FieldReader reader() {
    return reader;
  }

  /// An argument; null where it was not given.
  @Nullable Json value(String name) {
    return value(asked, name, variables);
  }

  /// An argument of a field; null where it was not given.
  static @Nullable Json value(Asked asked, String name, Map<String, Json> variables) {
    var bound = asked.arguments().get(name);
    var value = bound == null ? null : Asked.value(bound, variables);
    return value == Json.Null.NULL ? null : value;
  }

  /// The text of an argument; null where it was not given.
  @Nullable String text(String name) {
    return value(name) instanceof Json.Text(var text) ? text : null;
  }

  /// The whole number of an argument; null where it was not given.
  @Nullable Long number(String name) {
    return value(name) instanceof Json.Num(var text) ? Long.valueOf(text) : null;
  }

  /// The condition of the argument `where`.
  Expression where() {
    return selections.where(plan, value("where"));
  }

  /// The keys of the argument `sort`: `-placedAt`.
  List<String> keys() {
    var sort = value("sort");
    return sort == null ? List.of() : spelling.sort(sort);
  }

  /// The order by keys; without any, that of what the condition searches for.
  List<Sort> sort(List<String> keys, Expression filter) {
    return keys.isEmpty() ? Questions.order(entity(), filter) : questions.sorts(entity(), keys);
  }

  /// Rows within the page limit.
  int limit(String name) {
    return selections.limit(value(name));
  }

  Query query(Expression filter, List<Sort> sort, Counting counting) {
    return new Query(entity().name(), selections.of(plan), filter, sort, counting);
  }

  Find find(Query query, Page page) {
    return new Find(query, page, filters.arguments());
  }

  /// A read of rows as they were at the moment of the argument `asOf`, or as they are.
  Operation asOf(Operation read) {
    var moment = value("asOf");
    if (moment == null) {
      return read;
    }
    try {
      if (reader.json(FieldType.Plain.TIMESTAMP, moment) instanceof Value.Timestamp(var instant)) {
        return new Operation.AsOf(read, instant);
      }
    } catch (FieldReader.Unfit _) {
      // told below, with an example
    }
    throw Parameters.bad(
        "asOf can't be " + text("asOf") + ".", "Write a moment, as asOf=2026-11-01T00:00:00Z.");
  }

  /// The row whose fields have the values of the arguments.
  Find by(List<String> fields) {
    Map<String, Json> equal = new LinkedHashMap<>();
    for (var name : fields) {
      var value = id(name);
      parts.put(name, value);
      equal.put(name, new Json.Obj(Map.of("eq", value)));
    }
    var filter = questions.where(entity(), new Json.Obj(equal));
    return find(query(filter, List.of(), Counting.NONE), Page.first(1));
  }

  private Json id(String name) {
    var value = value(name);
    return key(entity(), name, value == null ? Json.Null.NULL : value);
  }

  /// A part of a key as it is asked for.
  static Json key(Entity entity, String name, Json value) {
    return name.equals("id") ? Spelling.id(entity, value) : value;
  }

  /// Whether the argument `id` can be one.
  boolean identifies() {
    try {
      var _ = reader.json(reader.idType(entity().name()), id("id"));
      return true;
    } catch (FieldReader.Unfit _) {
      return false;
    }
  }
}
