package engineroom.door.query;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Value;
import engineroom.door.cursor.CursorSeal;
import engineroom.expression.Expression;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Sort;
import engineroom.problem.RequestProblem.BadParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a question for many rows, from the parameters of a request or from a JSON body.
public final class ListReader {
  /// A question, and whether only its plan is wanted.
  public record Asked(Find find, Wanted wanted) {}

  public enum Wanted {
    ROWS,
    PLAN
  }

  /// The parts of a question that both spellings give as texts.
  private record Parts(
      Selection selection, Expression filter, List<Sort> sort, Map<String, String> page) {}

  private static final List<String> PAGE = List.of("limit", "after", "offset", "count", "explain");
  private static final Set<String> KNOWN =
      Set.of(
          "limit", "after", "offset", "count", "explain", "fields", "expand", "sort", "filter",
          "search", "asOf");
  private static final Set<String> BODY =
      Set.of("where", "sort", "fields", "expand", "limit", "after", "offset", "count", "explain");

  private final QuerySettings settings;
  private final CursorSeal seal;
  private final ExpressionFilters expressions = new ExpressionFilters();

  public ListReader(QuerySettings settings, CursorSeal seal) {
    this.settings = settings;
    this.seal = seal;
  }

  /// Spellings A and B.
  ///
  /// @param within a condition that the path adds, or true
  public Asked read(Entity entity, Parameters parameters, Filters filters, Within within) {
    var selections = new SelectionReader(entity, filters, settings);
    var text = parameters.take("filter");
    List<Expression> conditions = new ArrayList<>();
    filter(entity, text, parameters, filters).ifPresent(conditions::add);
    var selection = selections.read(parameters);
    var sort = selections.sorts(entity, parameters.takeList("sort"));
    var page = new java.util.LinkedHashMap<String, String>();
    PAGE.forEach(name -> parameters.take(name).ifPresent(value -> page.put(name, value)));
    plain(entity, parameters, filters, conditions);
    var chosen = Filters.all(conditions);
    FilterSize.check(chosen, settings.filter(), filters.names().model());
    sort = sort.isEmpty() ? Questions.order(entity, chosen) : sort;
    within.condition(filters).ifPresent(conditions::addFirst);
    return asked(entity, new Parts(selection, Filters.all(conditions), sort, page), filters);
  }

  /// A condition that the path of the request adds.
  public interface Within {
    Optional<Expression> condition(Filters filters);
  }

  private Optional<Expression> filter(
      Entity entity, Optional<String> text, Parameters parameters, Filters filters) {
    var arguments = parameters.takeUnder("arg");
    if (text.isPresent()) {
      return Optional.of(expressions.read(entity, text.get(), arguments, filters));
    }
    if (!arguments.isEmpty()) {
      throw Parameters.bad(
          "There is no filter to use arg." + arguments.keySet().iterator().next() + ".", null);
    }
    return Optional.empty();
  }

  /// Adds a condition for every parameter that nobody took.
  void plain(Entity entity, Parameters parameters, Filters filters, List<Expression> conditions) {
    parameters
        .rest()
        .forEach(
            (name, values) -> {
              var path = Parameters.path(name);
              known(entity, path, filters.names());
              for (var value : values) {
                conditions.add(filters.plain(Place.row(entity), path, value));
              }
            });
  }

  private static void known(Entity entity, List<String> path, Names names) {
    var name = path.getFirst();
    if (names.of(entity.name()).contains(name) || path.equals(List.of("search"))) {
      return;
    }
    if (name.equals("asOf")) {
      throw Parameters.bad(
          "asOf is for lists, rows and totals, and can't be used here.", "Leave it out.");
    }
    var candidates = new TreeSet<>(names.of(entity.name()));
    candidates.addAll(KNOWN);
    throw problem(
        new BadParameter(
            name + " is neither a field of " + entity.name() + " nor a parameter.",
            Names.meant(name, candidates)));
  }

  /// The filter alone, as a write of many rows has it; at least one condition.
  public Expression chosen(Entity entity, Parameters parameters, Filters filters) {
    List<Expression> conditions = new ArrayList<>();
    filter(entity, parameters, filters).ifPresent(conditions::add);
    plain(entity, parameters, filters, conditions);
    if (conditions.isEmpty()) {
      throw Parameters.bad(
          "There is no filter.",
          "Say which rows are meant, as in ?status=draft; filter=true is all.");
    }
    var filter = Filters.all(conditions);
    FilterSize.check(filter, settings.filter(), filters.names().model());
    return filter;
  }

  /// Also the filter of a summary: spelling B of the parameters.
  Optional<Expression> filter(Entity entity, Parameters parameters, Filters filters) {
    return filter(entity, parameters.take("filter"), parameters, filters);
  }

  /// Spelling C.
  public Asked read(Entity entity, Json body, Filters filters) {
    if (!(body instanceof Json.Obj(var members))) {
      throw Parameters.bad("The query is not an object.", "Write {\"where\": {…}, \"limit\": 20}.");
    }
    for (var name : members.keySet()) {
      if (!BODY.contains(name)) {
        throw Parameters.unknown(name, BODY);
      }
    }
    var conditions = new BodyFilters(filters);
    var where = members.get("where");
    var filter = where == null ? Expression.TRUE : conditions.where(Place.row(entity), where);
    FilterSize.check(filter, settings.filter(), filters.names().model());
    var selections = new SelectionReader(entity, filters, settings);
    texts(members.get("fields"), "fields")
        .forEach(path -> selections.field(selections.root(), Parameters.path(path)));
    new BodyExpansions(selections, conditions).read(selections.root(), members.get("expand"));
    var sorts = selections.sorts(entity, texts(members.get("sort"), "sort"));
    var sort = sorts.isEmpty() ? Questions.order(entity, filter) : sorts;
    var page = new java.util.LinkedHashMap<String, String>();
    for (var name : PAGE) {
      var value = members.get(name);
      if (value != null && value != Json.Null.NULL) {
        page.put(name, scalar(name, value));
      }
    }
    return asked(entity, new Parts(selections.selection(), filter, sort, page), filters);
  }

  /// A list of texts, or nothing.
  static List<String> texts(@Nullable Json json, String name) {
    return switch (json) {
      case null -> List.of();
      case Json.Null.NULL -> List.of();
      case Json.Text(var text) -> Parameters.split(text);
      case Json.Arr(var elements) -> elements.stream().map(e -> scalarText(name, e)).toList();
      case Json.Obj _, Json.Num _, Json.Bool _ ->
          throw Parameters.bad(name + " is not a list of texts.", null);
    };
  }

  private static String scalarText(String name, Json json) {
    if (json instanceof Json.Text(var text)) {
      return text;
    }
    throw Parameters.bad(name + " is not a list of texts.", null);
  }

  /// A value of which there is one: `limit` and `offset` are numbers, the others texts. What is no
  /// number is refused as an empty one is, where the ends of the number are known.
  static String scalar(String name, Json json) {
    if (name.equals("limit") || name.equals("offset")) {
      return json instanceof Json.Num(var text) ? text : "";
    }
    if (json instanceof Json.Text(var text)) {
      return text;
    }
    throw Parameters.bad(name + " is not a text.", null);
  }

  private Asked asked(Entity entity, Parts parts, Filters filters) {
    var page = parts.page();
    var query =
        new Query(
            entity.name(),
            parts.selection(),
            parts.filter(),
            parts.sort(),
            counting(page.get("count")));
    var find = new Find(query, page(query, page), filters.arguments());
    var explain = page.get("explain");
    if (explain != null && !explain.equals("plan")) {
      throw Parameters.bad(
          "explain can't be " + explain + ".", "Write explain=plan, or explain=access&as=guest.");
    }
    return new Asked(find, explain == null ? Wanted.ROWS : Wanted.PLAN);
  }

  private static Counting counting(@Nullable String text) {
    return switch (text) {
      case null -> Counting.NONE;
      case "none" -> Counting.NONE;
      case "exact" -> Counting.EXACT;
      case "estimate" -> Counting.ESTIMATE;
      default ->
          throw Parameters.bad("count can't be " + text + ".", "Write none, exact or estimate.");
    };
  }

  private Page page(Query query, Map<String, String> page) {
    var limit = page.get("limit");
    int rows = limit == null ? settings.pageDefault() : SelectionReader.limit(limit, settings);
    var after = page.get("after");
    if (after != null && page.containsKey("offset")) {
      throw Parameters.bad("after and offset exclude each other.", "Leave out offset.");
    }
    @Nullable List<Value> keys = after == null ? null : seal.open(query, after);
    return new Page(rows, offset(page.get("offset")), keys);
  }

  /// A number of rows to pass over.
  static long offset(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (!text.matches("\\d{1,15}")) {
      throw Parameters.bad("offset is not a whole number from 0.", null);
    }
    return Long.parseLong(text);
  }
}
