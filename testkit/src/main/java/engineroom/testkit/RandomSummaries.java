package engineroom.testkit;

import static engineroom.testkit.Say.get;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Conditional;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Guarded;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Parameter;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Summary;
import engineroom.operation.Summary.Function;
import engineroom.operation.Summary.Group;
import engineroom.operation.Summary.Having;
import engineroom.operation.Summary.Measure;
import engineroom.operation.Summary.Order;
import engineroom.plan.Plan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Plans for groups by chance, over the items of [ContractModel].
final class RandomSummaries {
  private static final List<String> FIELDS =
      List.of(
          "id", "title", "note", "count", "amount", "ratio", "price", "cost", "open", "at", "day",
          "hour", "span", "place", "kind", "extra", "data", "words", "owner", "parent");

  private final RandomConditions random;

  RandomSummaries(RandomConditions random) {
    this.random = random;
  }

  /// A plan and the values that it is run with.
  record Asked(Plan plan, List<Value> arguments) {}

  Asked summary() {
    var groups = new ArrayList<Group>();
    for (int i = random.below(3); i > 0; i--) {
      groups.add(new Group("group " + i, group()));
    }
    var measures = new ArrayList<Measure>();
    for (int i = random.below(5); i > 0; i--) {
      measures.add(measure());
    }
    var arguments = new ArrayList<Value>();
    var filter = random.below(2) == 0 ? Expression.TRUE : random.condition();
    var having = having(measures, arguments);
    var sort = sort(groups.size() + measures.size());
    var summary = new Summary("item", filter, groups, measures, having, sort);
    return new Asked(new Plan.Groups(summary), arguments);
  }

  private Expression group() {
    return switch (random.below(4)) {
      case 0 -> part();
      case 1 -> Say.step(get("item", "owner"), random.below(2) == 0 ? "name" : "boss");
      default -> value();
    };
  }

  private Expression part() {
    return switch (random.below(5)) {
      case 0 -> part(Expression.Function.HOUR_OF, "at", Type.Scalar.TIMESTAMP);
      case 1 -> part(Expression.Function.DATE_OF, "at", Type.Scalar.DATE);
      case 2 -> part(Expression.Function.WEEK_OF, "day", Type.Scalar.DATE);
      case 3 -> part(Expression.Function.MONTH_OF, "at", Type.Scalar.DATE);
      default -> part(Expression.Function.YEAR_OF, "day", Type.Scalar.DATE);
    };
  }

  private static Expression part(Expression.Function function, String field, Type type) {
    return new Call(function, List.of(get("item", field)), type);
  }

  private Measure measure() {
    if (random.below(4) == 0) {
      return new Measure(Function.COUNT, "", null);
    }
    var function = Function.values()[random.below(Function.values().length)];
    return new Measure(function, "measure " + random.below(100), value());
  }

  /// A field of the row, of its parent, of a parent only some of which are seen, or masked.
  private Expression value() {
    var field = FIELDS.get(random.below(FIELDS.size()));
    var plain = get("item", field);
    return switch (random.below(8)) {
      case 0 -> Say.step(get("item", "parent"), field);
      case 1 -> seen(field, plain.type());
      case 2 ->
          new Conditional(
              get("item", "open"), plain, new Literal(Value.NULL, plain.type()), plain.type());
      default -> plain;
    };
  }

  private static Expression seen(String field, Type type) {
    var open = Say.step(Say.variable("seen", "item"), "open");
    return new Get(new Guarded(get("item", "parent"), "seen", open), field, type);
  }

  private List<Having> having(List<Measure> measures, List<Value> arguments) {
    var having = new ArrayList<Having>();
    for (int i = 0; i < measures.size(); i++) {
      if (random.below(4) == 0 && asked(measures.get(i)) instanceof Type.Scalar type) {
        var comparison = Comparison.values()[random.below(Comparison.values().length)];
        having.add(new Having(i, comparison, new Parameter(arguments.size(), type)));
        arguments.add(argument(type));
      }
    }
    return having;
  }

  /// The type of the value that a measure is compared with.
  private Type asked(Measure measure) {
    var of = measure.of();
    if (of == null) {
      return Type.Scalar.INTEGER;
    }
    return switch (measure.function()) {
      case COUNT, DISTINCT -> Type.Scalar.INTEGER;
      case AVG -> random.below(2) == 0 ? Type.Scalar.NUMBER : Type.Scalar.DECIMAL;
      case SUM, MIN, MAX ->
          of.type() == Type.Scalar.MONEY && random.below(2) == 0 ? Type.Scalar.INTEGER : of.type();
    };
  }

  private Value argument(Type.Scalar type) {
    int small = random.below(7) - 2;
    return switch (type) {
      case INTEGER -> Value.of(small);
      case DECIMAL -> new Value.Decimal(BigDecimal.valueOf(small * 25L, 2));
      case NUMBER -> new Value.Number(small / 4.0);
      case MONEY -> new Value.Money(small, random.below(2) == 0 ? "EUR" : "USD");
      case TEXT -> Value.of("b");
      case BOOLEAN -> Value.of(small > 0);
      case DURATION -> new Value.Span(Duration.ofSeconds(small));
      case DATE -> new Value.Date(LocalDate.of(2026, 8, 3));
      case TIMESTAMP -> new Value.Timestamp(Instant.ofEpochSecond(1_785_578_400L));
      case UUID -> ContractModel.id(3);
      case TIME, BYTES, JSON, POINT, NULL -> Value.NULL;
    };
  }

  private List<Order> sort(int columns) {
    var sort = new ArrayList<Order>();
    for (int column = columns - 1; column >= 0; column--) {
      if (random.below(3) == 0) {
        sort.add(
            new Order(column, random.below(2) == 0 ? Direction.ASCENDING : Direction.DESCENDING));
      }
    }
    return sort;
  }
}
