package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression.Roll;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/// What becomes of the values of a list's rows, none of them null. Does not depend on their order.
public final class Rollups {
  private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

  private Rollups() {}

  static Value of(Roll roll, List<Value> values, Type type) {
    return switch (roll) {
      case SUM -> sum(values, type);
      case MIN -> values.stream().min(Order::compare).orElse(Value.NULL);
      case MAX -> values.stream().max(Order::compare).orElse(Value.NULL);
    };
  }

  private static Value sum(List<Value> values, Type type) {
    var total = BigDecimal.ZERO;
    for (var value : values) {
      total =
          total.add(
              value instanceof Value.Span(var span)
                  ? new BigDecimal(micros(span))
                  : Numbers.exact(value));
    }
    return switch (type) {
      case Type.Scalar.INTEGER -> fits(total) ? Value.of(total.longValueExact()) : Value.NULL;
      case Type.Scalar.DECIMAL -> decimal(total);
      case Type.Scalar.NUMBER -> number(total.doubleValue());
      case Type.Scalar.DURATION -> fits(total) ? span(total.toBigIntegerExact()) : Value.NULL;
      case Type _ -> Value.NULL;
    };
  }

  /// A sum of decimals; null where it has more digits than a calculation may give.
  public static Value decimal(BigDecimal total) {
    return total.precision() > Numbers.DIGITS_MAX ? Value.NULL : new Value.Decimal(total);
  }

  private static Value number(double total) {
    return Double.isFinite(total) ? new Value.Number(total) : Value.NULL;
  }

  private static boolean fits(BigDecimal total) {
    return total.toBigInteger().bitLength() < Long.SIZE;
  }

  private static BigInteger micros(Duration span) {
    return BigInteger.valueOf(span.getSeconds())
        .multiply(MICROS)
        .add(BigInteger.valueOf(span.getNano() / 1_000));
  }

  private static Value span(BigInteger micros) {
    var parts = micros.divideAndRemainder(MICROS);
    return new Value.Span(
        Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact() * 1_000));
  }
}
