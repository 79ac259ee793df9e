package engineroom.door.query;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.json.FieldReader;
import engineroom.model.Entity;
import engineroom.operation.Operation.Summarize;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Summary;
import engineroom.operation.Summary.Function;
import engineroom.operation.Summary.Group;
import engineroom.operation.Summary.Having;
import engineroom.operation.Summary.Measure;
import engineroom.operation.Summary.Order;
import engineroom.problem.OperationProblem.TooMuch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a question for totals:
/// `group=customer.city,month(placedAt)&count&sum=total&having.sum.total.gt=1000`.
public final class SummaryReader {
  private static final int MEASURES_MAX = 20;
  private static final Pattern PART = Pattern.compile("(year|month|week|day|hour)\\(([^()]+)\\)");
  private static final Set<Type> SUMMABLE =
      Set.of(Type.Scalar.INTEGER, Type.Scalar.DECIMAL, Type.Scalar.NUMBER);

  private final QuerySettings settings;
  private final ListReader lists;

  public SummaryReader(QuerySettings settings, ListReader lists) {
    this.settings = settings;
    this.lists = lists;
  }

  public Summarize read(Entity entity, Parameters parameters, Filters filters) {
    return read(entity, parameters, Expression.TRUE, filters);
  }

  /// With a condition besides those of the parameters.
  ///
  /// @param where read already, or true
  public Summarize read(Entity entity, Parameters parameters, Expression where, Filters filters) {
    List<Expression> conditions = new ArrayList<>();
    if (where != Expression.TRUE) {
      conditions.add(where);
    }
    lists.filter(entity, parameters, filters).ifPresent(conditions::add);
    var groups =
        parameters.takeList("group").stream().map(name -> group(entity, name, filters)).toList();
    limited("groups", groups.size(), settings.sortKeys());
    var measures = measures(entity, parameters, filters);
    limited("measures", measures.size(), MEASURES_MAX);
    var having = parameters.takeUnder("having");
    var sort = parameters.takeList("sort");
    limited("sort-keys", sort.size(), settings.sortKeys());
    int limit =
        parameters
            .take("limit")
            .map(l -> SelectionReader.limit(l, settings))
            .orElse(settings.pageDefault());
    long offset = ListReader.offset(parameters.take("offset").orElse(null));
    lists.plain(entity, parameters, filters, conditions);
    var filter = Filters.all(conditions);
    FilterSize.check(filter, settings.filter(), filters.names().model());
    var orders = sort.stream().map(key -> order(key, groups, measures)).toList();
    var summary =
        new Summary(
            entity.name(), filter, groups, measures, having(having, measures, filters), orders);
    return new Summarize(summary, new Page(limit, offset, null), filters.arguments());
  }

  private static void limited(String limit, int size, int max) {
    if (size > max) {
      throw problem(new TooMuch(limit, "A summary may have " + max + " " + limit + " at most."));
    }
  }

  private static Group group(Entity entity, String name, Filters filters) {
    var part = PART.matcher(name);
    if (!part.matches()) {
      return new Group(name, SelectionReader.value(entity, Parameters.path(name), filters));
    }
    var by = SelectionReader.value(entity, Parameters.path(part.group(2)), filters);
    boolean timestamp = by.type() == Type.Scalar.TIMESTAMP;
    boolean fits = timestamp || (by.type() == Type.Scalar.DATE && !part.group(1).equals("hour"));
    if (!fits) {
      throw Filters.bad(
          part.group(2) + " has no " + part.group(1) + ".",
          "Only timestamps and dates have parts.");
    }
    return new Group(name, part(part.group(1), by));
  }

  private static Expression part(String part, Expression by) {
    var function =
        switch (part) {
          case "year" -> Expression.Function.YEAR_OF;
          case "month" -> Expression.Function.MONTH_OF;
          case "week" -> Expression.Function.WEEK_OF;
          case "hour" -> Expression.Function.HOUR_OF;
          default -> Expression.Function.DATE_OF;
        };
    if (function == Expression.Function.DATE_OF && by.type() == Type.Scalar.DATE) {
      return by;
    }
    var type = function == Expression.Function.HOUR_OF ? Type.Scalar.TIMESTAMP : Type.Scalar.DATE;
    return new Expression.Call(function, List.of(by), type);
  }

  private static List<Measure> measures(Entity entity, Parameters parameters, Filters filters) {
    List<Measure> measures = new ArrayList<>();
    for (var function : Function.values()) {
      var name = function.name().toLowerCase(Locale.ROOT);
      if (function == Function.COUNT
          && parameters.rest().getOrDefault(name, List.of()).equals(List.of(""))) {
        parameters.take(name);
        measures.add(new Measure(function, "", null));
        continue;
      }
      for (var path : parameters.takeList(name)) {
        var of = SelectionReader.value(entity, Parameters.path(path), filters);
        boolean adds = function == Function.SUM || function == Function.AVG;
        if (adds && !SUMMABLE.contains(of.type())) {
          throw Filters.bad(
              path + " can't be added up.", "Only numbers and money of one currency can.");
        }
        measures.add(new Measure(function, path, of));
      }
    }
    return measures.isEmpty() ? List.of(new Measure(Function.COUNT, "", null)) : measures;
  }

  private static List<Having> having(
      Map<String, List<String>> asked, List<Measure> measures, Filters filters) {
    List<Having> having = new ArrayList<>();
    asked.forEach(
        (name, values) -> {
          int dot = name.lastIndexOf('.');
          var measure = dot < 0 ? name : name.substring(0, dot);
          int index = names(measures).indexOf(measure);
          if (index < 0) {
            throw Parameters.bad(
                "having names " + measure + ", which is not measured.",
                Names.meant(measure, names(measures)));
          }
          var comparison = comparison(name.substring(dot + 1));
          for (var value : values) {
            having.add(new Having(index, comparison, value(measures.get(index), value, filters)));
          }
        });
    return having;
  }

  private static Comparison comparison(String operator) {
    return Optional.ofNullable(COMPARISONS.get(operator))
        .orElseThrow(
            () ->
                Parameters.bad(
                    "having has no operator " + operator + ".",
                    "It knows eq, ne, lt, lte, gt and gte."));
  }

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "eq", Comparison.EQUAL,
          "ne", Comparison.NOT_EQUAL,
          "lt", Comparison.LESS,
          "lte", Comparison.LESS_OR_EQUAL,
          "gt", Comparison.GREATER,
          "gte", Comparison.GREATER_OR_EQUAL);

  private static Expression.Parameter value(Measure measure, String text, Filters filters) {
    var of = measure.of();
    var type =
        switch (measure.function()) {
          case COUNT, DISTINCT -> Type.Scalar.INTEGER;
          case AVG ->
              of != null && of.type() == Type.Scalar.NUMBER
                  ? Type.Scalar.NUMBER
                  : Type.Scalar.DECIMAL;
          case SUM, MIN, MAX -> of == null ? Type.Scalar.INTEGER : of.type();
        };
    try {
      return filters.bind(filters.reader().scalar(type, text), type);
    } catch (FieldReader.Unfit unfit) {
      throw Filters.bad("The value of having " + unfit.text() + ".", null);
    }
  }

  private static Order order(String key, List<Group> groups, List<Measure> measures) {
    boolean descending = key.startsWith("-");
    var name = descending ? key.substring(1) : key;
    List<String> columns = new ArrayList<>(groups.stream().map(Group::name).toList());
    columns.addAll(names(measures));
    int column = columns.indexOf(name);
    if (column < 0) {
      throw Parameters.bad(
          "sort names " + name + ", which is neither a group nor measured.",
          Names.meant(name, columns));
    }
    return new Order(column, descending ? Direction.DESCENDING : Direction.ASCENDING);
  }

  private static List<String> names(List<Measure> measures) {
    return measures.stream()
        .map(
            m ->
                m.function().name().toLowerCase(Locale.ROOT)
                    + (m.name().isEmpty() ? "" : "." + m.name()))
        .toList();
  }
}
