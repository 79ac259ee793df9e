package engineroom.store;

import engineroom.data.Value;
import engineroom.expression.Order;
import engineroom.operation.Summary.Function;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiFunction;

/// What a measure says of some values, none of them null. Does not depend on their order.
///
/// - `count` and `distinct` count values; of nothing they are 0. All others are null of nothing.
/// - `sum` is exact and of the kind of its values: null where an integer, an amount of money or a
///   decimal without its point leaves 64 bits, where a float leaves its range, and where currencies
///   differ. A sum of floats is the exact sum, rounded once. Durations add up.
/// - `avg` of integers and floats is a float: the exact sum rounded to a float, divided by the
///   count as a float. Of decimals it has four more digits, rounded half up; of money it is rounded
///   half up to minor units, null where currencies differ; of durations it is rounded half up to
///   microseconds.
/// - `min` and `max` follow the order of sorting.
/// - Sums and averages of other kinds are null.
final class Measuring {
  private static final int MORE_DIGITS = 4;
  private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

  private Measuring() {}

  static Value measure(Function function, List<Value> values) {
    return switch (function) {
      case COUNT -> Value.of(values.size());
      case DISTINCT -> Value.of(new HashSet<>(values).size());
      case SUM -> total(values, Measuring::sum);
      case AVG -> total(values, Measuring::average);
      case MIN -> values.stream().min(Order::compare).orElse(Value.NULL);
      case MAX -> values.stream().max(Order::compare).orElse(Value.NULL);
    };
  }

  /// The exact total handed on together with the values; null of nothing, of mixed currencies and
  /// of what can't be added.
  private static Value total(List<Value> values, BiFunction<BigDecimal, List<Value>, Value> end) {
    if (values.isEmpty() || mixed(values)) {
      return Value.NULL;
    }
    var total = BigDecimal.ZERO;
    for (var value : values) {
      switch (value) {
        case Value.Integer(var number) -> total = total.add(BigDecimal.valueOf(number));
        case Value.Decimal(var number) -> total = total.add(number);
        case Value.Number(var number) -> total = total.add(new BigDecimal(number));
        case Value.Money(var amount, _) -> total = total.add(BigDecimal.valueOf(amount));
        case Value.Span(var duration) -> total = total.add(new BigDecimal(micros(duration)));
        case Value _ -> {
          return Value.NULL;
        }
      }
    }
    return end.apply(total, values);
  }

  private static boolean mixed(List<Value> values) {
    return values.stream()
            .filter(Value.Money.class::isInstance)
            .map(value -> ((Value.Money) value).currency())
            .distinct()
            .count()
        > 1;
  }

  private static Value sum(BigDecimal total, List<Value> values) {
    return switch (values.getFirst()) {
      case Value.Integer _ -> fits(total) ? Value.of(total.longValueExact()) : Value.NULL;
      case Value.Decimal _ ->
          fits(total.scaleByPowerOfTen(total.scale())) ? new Value.Decimal(total) : Value.NULL;
      case Value.Number _ -> number(total.doubleValue());
      case Value.Money(_, var currency) -> money(total, currency);
      case Value.Span _ -> span(total);
      case Value _ -> Value.NULL;
    };
  }

  private static Value average(BigDecimal total, List<Value> values) {
    var count = BigDecimal.valueOf(values.size());
    return switch (values.getFirst()) {
      case Value.Integer _, Value.Number _ -> number(total.doubleValue() / values.size());
      case Value.Decimal _ ->
          new Value.Decimal(total.divide(count, total.scale() + MORE_DIGITS, RoundingMode.HALF_UP));
      case Value.Money(_, var currency) ->
          money(total.divide(count, 0, RoundingMode.HALF_UP), currency);
      case Value.Span _ -> span(total.divide(count, 0, RoundingMode.HALF_UP));
      case Value _ -> Value.NULL;
    };
  }

  private static Value number(double number) {
    return Double.isFinite(number) ? new Value.Number(number) : Value.NULL;
  }

  private static Value money(BigDecimal amount, String currency) {
    return fits(amount) ? new Value.Money(amount.longValueExact(), currency) : Value.NULL;
  }

  private static Value span(BigDecimal micros) {
    if (!fits(micros)) {
      return Value.NULL;
    }
    var parts = micros.toBigInteger().divideAndRemainder(MICROS);
    return new Value.Span(
        Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact() * 1_000));
  }

  private static BigInteger micros(Duration duration) {
    return BigInteger.valueOf(duration.getSeconds())
        .multiply(MICROS)
        .add(BigInteger.valueOf(duration.getNano() / 1_000));
  }

  private static boolean fits(BigDecimal number) {
    return number.toBigInteger().bitLength() < Long.SIZE;
  }
}
