package engineroom.testkit;

import static engineroom.testkit.Say.get;

import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.expression.Expression.Arithmetic;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Conditional;
import engineroom.expression.Expression.Count;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.In;
import engineroom.expression.Expression.ListOf;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Not;
import engineroom.expression.Expression.Operator;
import engineroom.expression.Expression.Or;
import engineroom.expression.Expression.Quantified;
import engineroom.expression.Expression.Quantifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/// Rows and conditions by chance, over the items of [ContractModel]: few values, many of them null
/// or alike, so that conditions are true about as often as not.
final class RandomConditions {
  private static final int DEPTH = 4;
  private static final List<String> TEXTS =
      List.of("", "a", "A", "b%", "Ä", "ä b", "a_b", "😀", "item 1");

  private static final List<String> FILLED =
      List.of(
          "details", "count", "amount", "ratio", "open", "at", "day", "owner", "parent", "note",
          "price", "cost", "hour", "span", "place", "kind", "extra", "data", "words");

  private final long seed;
  private final Random random;
  private final RandomRollups rollups;

  RandomConditions(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.rollups = new RandomRollups(this);
  }

  long seed() {
    return seed;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /// An item with some of its fields.
  Row item(int number) {
    var row = ContractModel.itemRow(number).with("title", Value.of(text()));
    for (var field : FILLED) {
      if (below(3) > 0) {
        row = row.with(field, value(field, number));
      }
    }
    return row;
  }

  private Value value(String field, int number) {
    return switch (field) {
      case "details" -> Value.of(text());
      case "count" -> Value.of(small());
      case "amount" -> new Value.Decimal(BigDecimal.valueOf(small() * 2_500L, 4));
      case "ratio" -> new Value.Number(small() / 4.0);
      case "open" -> Value.of(random.nextBoolean());
      case "at" -> new Value.Timestamp(Instant.ofEpochSecond(1_785_578_400L + 3_600L * small()));
      case "day" -> new Value.Date(LocalDate.of(2026, 8, 1).plusDays(small()));
      case "owner" -> ContractModel.id(below(6));
      case "parent" -> number == 0 ? Value.NULL : ContractModel.id(below(number));
      default -> further(field);
    };
  }

  private Value further(String field) {
    return switch (field) {
      case "note" -> Value.of(text());
      case "price" -> new Value.Money(small(), "EUR");
      case "cost" -> new Value.Money(small(), below(4) == 0 ? "USD" : "EUR");
      case "hour" -> new Value.Time(LocalTime.of(5 + small(), 30));
      case "span" -> new Value.Span(Duration.of(small() * 1_500_001L, ChronoUnit.MICROS));
      case "place" -> new Value.Point(small() / 8.0, small() / 3.0);
      case "kind" -> Value.of(List.of("red", "green", "blue").get(below(3)));
      case "extra" -> new Value.Json("{\"a\":" + small() + "}");
      case "data" -> new Value.Bytes(new byte[] {(byte) small(), 7});
      case "words" -> new Value.ListOf(List.of(Value.of(text()), Value.of(text())));
      default -> throw new IllegalArgumentException(field);
    };
  }

  /// An item with numbers that leave little room for others.
  Row heavy(Row row) {
    var count = Value.of(below(2) == 0 ? Long.MAX_VALUE - below(3) : Long.MIN_VALUE + below(3));
    var amount = new BigDecimal("99999999999999.9999").subtract(BigDecimal.valueOf(below(9)));
    var ratio = oneOf(new Double[] {0.1, 0.7, 1e300, Double.MAX_VALUE, Double.MIN_VALUE, -0.3});
    return row.with("count", count)
        .with("amount", new Value.Decimal(below(2) == 0 ? amount : amount.negate()))
        .with("ratio", new Value.Number(ratio));
  }

  /// A condition on variable `row`, an item.
  Expression condition() {
    return condition(DEPTH);
  }

  private Expression condition(int depth) {
    if (depth == 0) {
      return comparison(1);
    }
    return switch (below(10)) {
      case 0 -> new Not(condition(depth - 1));
      case 1 -> new And(List.of(condition(depth - 1), condition(depth - 1)));
      case 2 -> new Or(List.of(condition(depth - 1), condition(depth - 1)));
      case 3 ->
          new Conditional(
              condition(depth - 1),
              condition(depth - 1),
              condition(depth - 1),
              Type.Scalar.BOOLEAN);
      case 4 -> quantified();
      case 5 -> textTest();
      case 6 -> new In(number(1), list());
      case 7 -> get("item", "open");
      default -> comparison(depth);
    };
  }

  private Expression comparison(int depth) {
    return switch (below(9)) {
      case 8 -> rollups.comparison(comparing());
      case 0, 1, 2 -> Say.compare(number(depth), comparing(), number(depth));
      case 3 -> Say.compare(textOf(), comparing(), below(2) == 0 ? literalText() : textOf());
      case 4 -> Say.compare(get("item", "at"), comparing(), literal("at", Type.Scalar.TIMESTAMP));
      case 5 -> Say.compare(get("item", "day"), comparing(), literal("day", Type.Scalar.DATE));
      case 6 -> new Expression.Compare(equality(), get("item", "owner"), nothing("person"));
      default -> new Expression.Compare(equality(), get("item", "parent", "count"), number(1));
    };
  }

  private Expression nothing(String entity) {
    return new Literal(Value.NULL, new Type.RowOf(entity));
  }

  private Expression literal(String field, Type type) {
    return new Literal(value(field, 1), type);
  }

  private Expression number(int depth) {
    if (depth > 0 && below(3) == 0) {
      return new Arithmetic(oneOf(Operator.values()), integer(), integer(), Type.Scalar.INTEGER);
    }
    return switch (below(9)) {
      case 0 -> get("item", "ratio");
      case 1 -> get("item", "amount");
      case 2 -> get("item", "pieces");
      case 3 -> get("item", "share");
      case 4 -> rollups.number(depth);
      case 5 -> new Call(Function.SIZE, List.of(textOf()), Type.Scalar.INTEGER);
      case 6 -> new Count(get("item", "parts"), "p", Expression.TRUE);
      default -> integer();
    };
  }

  private Expression integer() {
    return switch (below(3)) {
      case 0 -> get("item", "count");
      case 1 -> get("item", "parent", "count");
      default -> Say.number(small());
    };
  }

  private Expression list() {
    return new ListOf(
        List.of(Say.number(small()), integer(), Say.number(small())),
        new Type.ListOf(Type.Scalar.INTEGER));
  }

  private Expression quantified() {
    var part = Say.variable("p", "part");
    var quantity = Say.step(part, "quantity");
    var condition = Say.compare(quantity, comparing(), integer());
    return new Quantified(oneOf(Quantifier.values()), get("item", "parts"), "p", condition);
  }

  private Expression textTest() {
    var functions =
        List.of(
            Function.STARTS_WITH,
            Function.ENDS_WITH,
            Function.CONTAINS,
            Function.LIKE,
            Function.ILIKE);
    var function = functions.get(below(functions.size()));
    return new Call(function, List.of(textOf(), literalText()), Type.Scalar.BOOLEAN);
  }

  private Expression textOf() {
    var text =
        switch (below(4)) {
          case 0 -> get("item", "title");
          case 1 -> get("item", "owner", "name");
          case 2 -> get("item", "parent", "title");
          default -> get("item", "details");
        };
    return switch (below(6)) {
      case 0 -> new Call(Function.LOWER, List.of(text), Type.Scalar.TEXT);
      case 1 -> new Call(Function.UPPER, List.of(text), Type.Scalar.TEXT);
      case 2 -> new Call(Function.TRIM, List.of(text), Type.Scalar.TEXT);
      default -> text;
    };
  }

  private Expression literalText() {
    return Say.text(text());
  }

  Comparison comparing() {
    return oneOf(Comparison.values());
  }

  private Comparison equality() {
    return below(2) == 0 ? Comparison.EQUAL : Comparison.NOT_EQUAL;
  }

  private String text() {
    return TEXTS.get(below(TEXTS.size()));
  }

  int small() {
    return below(7) - 2;
  }

  <T> T oneOf(T[] values) {
    return values[below(values.length)];
  }
}
