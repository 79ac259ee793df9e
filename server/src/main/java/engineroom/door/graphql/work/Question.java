package engineroom.door.graphql.work;

import engineroom.door.graphql.document.Asked;
import engineroom.door.query.Filters;
import engineroom.door.query.Names;
import engineroom.door.query.Questions;
import engineroom.expression.Expression;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Call;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection.Sort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One question for rows as it is put together: its arguments, and the values that they bind.
final class Question {
  private final RowPlan plan;
  private final Map<String, Json> values;
  private final FieldReader reader;
  private final Filters filters;
  private final Questions questions;
  private final Selections selections;
  private final Spelling spelling;

  /// Who asks, and with which variables.
  record Asking(Tools tools, Call call, Map<String, Json> variables) {}

  Question(Asking asking, Asked asked, RowPlan plan) {
    var tools = asking.tools();
    this.plan = plan;
    this.values = Asked.values(asked.arguments(), asking.variables());
    this.reader = new FieldReader(tools.model());
    this.filters = new Filters(new Names(tools.model(), tools.visibility(), asking.call()), reader);
    this.questions = new Questions(filters, tools.settings());
    this.selections = new Selections(tools, questions, asking.variables());
    this.spelling = new Spelling(tools.model());
  }

  Entity entity() {
    return plan.entity();
  }

  Filters filters() {
    return filters;
  }

  FieldReader reader() {
    return reader;
  }

  /// An argument; null where it was not given.
  @Nullable Json value(String name) {
    var value = values.get(name);
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
    return selections.where(plan, values);
  }

  /// The keys of the argument `sort`: `-placedAt`.
  List<String> keys() {
    var sort = value("sort");
    return sort == null ? List.of() : spelling.sort(sort);
  }

  /// An order by keys.
  List<Sort> sort(List<String> keys) {
    return questions.sorts(entity(), keys);
  }

  /// Rows within the page limit.
  int limit(String name) {
    return selections.limit(values, name);
  }

  Query query(Expression filter, List<Sort> sort, Counting counting) {
    return new Query(entity().name(), selections.of(plan), filter, sort, counting);
  }

  Find find(Query query, Page page) {
    return new Find(query, page, filters.arguments());
  }

  /// The row whose fields have the values of the arguments.
  Find by(List<String> fields) {
    Map<String, Json> equal = new LinkedHashMap<>();
    for (var name : fields) {
      equal.put(name, new Json.Obj(Map.of("eq", id(name))));
    }
    var filter = questions.where(entity(), new Json.Obj(equal));
    return find(query(filter, List.of(), Counting.NONE), Page.first(1));
  }

  private Json id(String name) {
    var value = values.getOrDefault(name, Json.Null.NULL);
    return name.equals("id") ? Spelling.id(entity(), value) : value;
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
