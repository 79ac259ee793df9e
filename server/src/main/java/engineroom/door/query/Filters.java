package engineroom.door.query;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.In;
import engineroom.expression.Expression.Not;
import engineroom.expression.Expression.Or;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Quantified;
import engineroom.expression.Expression.Quantifier;
import engineroom.json.FieldReader;
import engineroom.json.FieldReader.Unfit;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.problem.OperationProblem.BadExpression;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Makes conditions of paths, operators and values. Every value becomes a parameter, so that
/// questions that differ in nothing else are equal. Serves one request and collects its arguments.
public final class Filters {
  private static final Expression NULL = new Expression.Literal(Value.NULL, Type.Scalar.NULL);

  private final Names names;
  private final FieldReader reader;
  private final List<Value> values = new ArrayList<>();
  private final List<PlainValue> plain = new ArrayList<>();
  private int variables;

  public Filters(Names names, FieldReader reader) {
    this.names = names;
    this.reader = reader;
  }

  Names names() {
    return names;
  }

  public FieldReader reader() {
    return reader;
  }

  /// The values of the parameters made so far.
  public Arguments arguments() {
    return new Arguments(values);
  }

  /// The parameters made so far that are values of JSON bodies as they stand.
  public List<PlainValue> plain() {
    return plain;
  }

  public int argumentCount() {
    return values.size();
  }

  /// A parameter for one more value.
  public Parameter bind(Value value, Type type) {
    values.add(value);
    return new Parameter(values.size() - 1, type);
  }

  /// All of these, without a needless frame around one.
  static Expression all(List<Expression> parts) {
    return switch (parts.size()) {
      case 0 -> Expression.TRUE;
      case 1 -> parts.getFirst();
      default -> new And(parts);
    };
  }

  static Expression lower(Expression text) {
    return new Expression.Call(Function.LOWER, List.of(text), Type.Scalar.TEXT);
  }

  /// A condition of the plain spelling: `lines.quantity.gt=3`.
  ///
  /// @param path from the place, the operator perhaps last
  /// @param at where the path now is; names before it led here
  Expression plain(Place.Entry at, List<String> path, String value) {
    Place place = at;
    for (int i = 0; i < path.size(); i++) {
      var next = place.step(path.get(i), names);
      if (next.isEmpty()) {
        return operated(place, path, i, value);
      }
      place = next.get();
      if (place instanceof Place.Rows(var entity, var list)) {
        var rest = path.subList(i + 1, path.size());
        if (rest.isEmpty()) {
          throw bad(String.join(".", path) + " is a list.", "Name one of its fields.");
        }
        return some(entity, list, v -> plain(v, rest, value));
      }
    }
    return apply(Operator.EQ, place, String.join(".", path), new Spelled.Plain(value));
  }

  private Expression operated(Place place, List<String> path, int at, String value) {
    var name = path.get(at);
    var operator = Operator.find(name);
    if (operator.isEmpty() || at < path.size() - 1) {
      throw unknown(place, name);
    }
    return apply(
        operator.get(), place, String.join(".", path.subList(0, at)), new Spelled.Plain(value));
  }

  /// The refusal of a name that is neither a member of the place nor an operator on it.
  RuntimeException unknown(Place place, String name) {
    return switch (place) {
      case Place.Entry(var entity, _) -> names.unknown(entity, name);
      case Place.Rows(var entity, _) -> names.unknown(entity, name);
      case Place.Column(var field, var type, _) ->
          bad(
              "There is no operator " + name + " for " + field + ".",
              Names.meant(name, Operator.spellings(Operator.of(type))));
    };
  }

  /// Makes a condition on the row of a list.
  interface Inner {
    Expression of(Place.Entry row);
  }

  /// Some row of a list meets a condition.
  Expression some(Entity entity, Expression list, Inner inner) {
    return quantified(Quantifier.EXISTS, entity, list, inner);
  }

  /// As many rows of a list as the quantifier says meet a condition.
  Expression quantified(Quantifier quantifier, Entity entity, Expression list, Inner inner) {
    var name = "r" + ++variables;
    return new Quantified(quantifier, list, name, inner.of(Place.variable(entity, name)));
  }

  /// An operator at work.
  ///
  /// @param path as asked, for the texts of mistakes
  Expression apply(Operator operator, Place place, String path, Spelled value) {
    try {
      return switch (place) {
        case Place.Entry entry -> onRow(operator, entry, path, value);
        case Place.Column column -> onColumn(operator, column, path, value);
        case Place.Rows _ -> throw bad(path + " is a list.", "Use some, every or none.");
      };
    } catch (Unfit unfit) {
      throw bad("The value of " + path + " " + unfit.text() + ".", null);
    }
  }

  private Expression onRow(Operator operator, Place.Entry row, String path, Spelled value) {
    if (operator == Operator.SEARCH) {
      return search(row, searchable(row.entity(), path), value);
    }
    if (!Operator.ofRows().contains(operator)
        || (row.expression() instanceof Expression.Variable && operator == Operator.IS_NULL)) {
      throw lacks(operator, path, Operator.ofRows());
    }
    return compare(operator, row.expression(), reader.idType(row.entity().name()), value);
  }

  private List<String> searchable(Entity entity, String path) {
    var fields =
        entity.fields().values().stream()
            .filter(f -> f.traits().search())
            .filter(f -> names.findField(entity, f.name()).isPresent())
            .map(engineroom.model.Field::name)
            .toList();
    if (fields.isEmpty()) {
      throw bad(
          (path.isEmpty() ? entity.name() : path) + " has no fields to search.",
          "Mark fields with search: true in the model.");
    }
    return fields;
  }

  private Expression search(Place.Entry row, List<String> fields, Spelled words) {
    return new Expression.Search(
        row.expression(), fields, bind(one(FieldType.Text.PLAIN, words), Type.Scalar.TEXT));
  }

  private Expression onColumn(Operator operator, Place.Column asked, String path, Spelled value) {
    var allowed = Operator.of(asked.type());
    if (!allowed.contains(operator)) {
      throw lacks(operator, path, allowed);
    }
    if (operator == Operator.IS_NULL) {
      return isNull(asked.expression(), value);
    }
    if (operator == Operator.SEARCH) {
      return searchColumn(asked, path, value);
    }
    if (asked.type() instanceof FieldType.ListOf(var element)) {
      return onList(operator, asked.expression(), element, value);
    }
    var column = Place.comparable(asked);
    return compare(operator, column.expression(), column.type(), value);
  }

  private Expression searchColumn(Place.Column column, String path, Spelled value) {
    if (column.expression() instanceof Expression.Get(var row, var name, _)
        && row.type() instanceof Type.RowOf(var of)) {
      var entity = names.model().entity(of);
      if (entity.field(name).traits().search()) {
        return search(new Place.Entry(entity, row), List.of(name), value);
      }
    }
    throw bad(
        path + " can't be searched.", "Use contains, or mark it with search: true in the model.");
  }

  private Expression onList(Operator operator, Expression list, FieldType element, Spelled value) {
    return switch (operator) {
      case NE -> new Not(new In(parameter(element, value), list));
      case IN -> new Or(anyIn(list, element, value));
      case NOT_IN -> new Not(new Or(anyIn(list, element, value)));
      case EQ, CONTAINS -> new In(parameter(element, value), list);
      case LT, LTE, GT, GTE, LIKE, ILIKE, STARTS_WITH, ENDS_WITH, IS_NULL, BETWEEN, ON, SEARCH ->
          throw new IllegalStateException(operator + " is no operator of lists");
    };
  }

  private List<Expression> anyIn(Expression list, FieldType element, Spelled value) {
    List<Expression> parts = new ArrayList<>();
    for (var one : many(element, value)) {
      parts.add(new In(bind(one, element.type()), list));
    }
    return parts;
  }

  private Expression compare(Operator operator, Expression left, FieldType type, Spelled value) {
    return switch (operator) {
      case EQ -> compared(Comparison.EQUAL, left, type, value);
      case NE -> compared(Comparison.NOT_EQUAL, left, type, value);
      case LT -> compared(Comparison.LESS, left, type, value);
      case LTE -> compared(Comparison.LESS_OR_EQUAL, left, type, value);
      case GT -> compared(Comparison.GREATER, left, type, value);
      case GTE -> compared(Comparison.GREATER_OR_EQUAL, left, type, value);
      case IN -> in(left, type, value);
      case NOT_IN -> new Not(in(left, type, value));
      case LIKE -> call(Function.LIKE, left, type, value);
      case ILIKE -> call(Function.ILIKE, left, type, value);
      case STARTS_WITH -> call(Function.STARTS_WITH, left, type, value);
      case ENDS_WITH -> call(Function.ENDS_WITH, left, type, value);
      case CONTAINS -> call(Function.CONTAINS, left, type, value);
      case IS_NULL -> isNull(left, value);
      case BETWEEN -> between(left, type, value);
      case ON -> on(left, type, value);
      case SEARCH -> throw new IllegalStateException("search is no comparison");
    };
  }

  private Expression compared(Comparison by, Expression left, FieldType type, Spelled value) {
    return new Compare(by, left, sameCase(type, parameter(chosen(type, value), value)));
  }

  private Expression in(Expression left, FieldType type, Spelled value) {
    var element = chosen(type, value);
    var all = many(element, value);
    if (ignoresCase(type)) {
      all = all.stream().map(Filters::lowered).toList();
    }
    return new In(left, bind(new Value.ListOf(all), new Type.ListOf(element.type())));
  }

  private Expression call(Function function, Expression left, FieldType type, Spelled value) {
    var right = sameCase(type, parameter(FieldType.Text.PLAIN, value));
    return new Expression.Call(function, List.of(left, right), Type.Scalar.BOOLEAN);
  }

  private Expression between(Expression left, FieldType type, Spelled value) {
    var ends = many(type, value);
    if (ends.size() != 2) {
      throw bad("between takes two values.", "Write the lower and the upper: between=1,9.");
    }
    return range(
        left,
        sameCase(type, bind(ends.get(0), type.type())),
        Comparison.LESS_OR_EQUAL,
        sameCase(type, bind(ends.get(1), type.type())));
  }

  private Expression on(Expression left, FieldType type, Spelled value) {
    if (type == FieldType.Plain.DATE) {
      return compared(Comparison.EQUAL, left, type, value);
    }
    if (!(one(FieldType.Plain.DATE, value) instanceof Value.Date(var day))) {
      throw bad("on takes a date.", "Write it as 2026-08-01.");
    }
    var start = day.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
    if (day.getYear() == 9999 && day.getDayOfYear() == 365) {
      return new Compare(
          Comparison.GREATER_OR_EQUAL, left, bind(new Value.Timestamp(start), type.type()));
    }
    var end = day.plusDays(1).atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
    return range(
        left,
        bind(new Value.Timestamp(start), type.type()),
        Comparison.LESS,
        bind(new Value.Timestamp(end), type.type()));
  }

  private static Expression range(
      Expression left, Expression from, Comparison upper, Expression to) {
    return new And(
        List.of(
            new Compare(Comparison.GREATER_OR_EQUAL, left, from), new Compare(upper, left, to)));
  }

  /// Whether something is null.
  Expression isNull(Expression what, Spelled value) {
    boolean wanted =
        switch (value) {
          case Spelled.Plain(var text) -> FieldReader.truth(text);
          case Spelled.Body(Json.Bool(var truth)) -> truth;
          case Spelled.Body(var json) -> FieldReader.truth(json.toString());
        };
    return new Compare(wanted ? Comparison.EQUAL : Comparison.NOT_EQUAL, what, NULL);
  }

  private Parameter parameter(FieldType type, Spelled value) {
    var parameter = bind(one(type, value), type.type());
    if (value instanceof Spelled.Body(var json) && !(type instanceof FieldType.Choice)) {
      plain.add(new PlainValue(values.size() - 1, type, json)); // choices are looked at one by one
    }
    return parameter;
  }

  private Value one(FieldType type, Spelled value) {
    return switch (value) {
      case Spelled.Plain(var text) -> reader.text(type, text);
      case Spelled.Body(var json) -> reader.json(type, json);
    };
  }

  private List<Value> many(FieldType type, Spelled value) {
    return switch (value) {
      case Spelled.Plain(var text) ->
          List.of(text.split(",", -1)).stream().map(t -> reader.text(type, t)).toList();
      case Spelled.Body(Json.Arr(var elements)) ->
          elements.stream().map(e -> reader.json(type, e)).toList();
      case Spelled.Body _ -> throw bad("A list of values is needed.", "Write them as [a, b].");
    };
  }

  /// The values that equality asks of an enum are among its own; a slip of the pen would find
  /// nothing, silently.
  private FieldType chosen(FieldType type, Spelled value) {
    if (!(type instanceof FieldType.Choice(var choices))) {
      return type;
    }
    var asked = value instanceof Spelled.Body(Json.Arr _) || value instanceof Spelled.Plain;
    for (var one : asked ? many(type, value) : List.of(one(type, value))) {
      if (one instanceof Value.Text(var text) && !choices.contains(text)) {
        throw bad(
            "\"" + text + "\" is not one of " + String.join(", ", choices) + ".",
            Names.meant(text, choices));
      }
    }
    return type;
  }

  private static boolean ignoresCase(FieldType type) {
    return type instanceof FieldType.Text(_, _, _, _, var ignoreCase, _) && ignoreCase;
  }

  private static Expression sameCase(FieldType type, Expression value) {
    return ignoresCase(type) ? lower(value) : value;
  }

  private static Value lowered(Value value) {
    return value instanceof Value.Text(var text)
        ? Value.of(text.toLowerCase(java.util.Locale.ROOT))
        : value;
  }

  private static RuntimeException lacks(Operator operator, String path, Set<Operator> allowed) {
    return bad(
        path + " can't be asked " + operator.spelling() + ".",
        "It knows " + String.join(", ", Operator.spellings(allowed)) + ".");
  }

  static RuntimeException bad(String title, @org.jspecify.annotations.Nullable String hint) {
    return problem(new BadExpression(title, hint));
  }
}
