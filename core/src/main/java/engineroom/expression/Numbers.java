package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression.Operator;
import engineroom.expression.Expression.Roll;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arithmetic on numbers, and what becomes of many of them. What has no result (an overflow, a
/// division by zero) is null.
public final class Numbers {
  private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

  /// Digits behind the point of a quotient of decimals; the rest is rounded half up.
  static final int QUOTIENT_SCALE = 18;

  /// Decimals with more digits than this have no result.
  static final int DIGITS_MAX = 100;

  private Numbers() {}

  static Value calculate(Operator operator, Value left, Value right, Type type) {
    if (type == Type.Scalar.INTEGER) {
      return left instanceof Value.Integer(var a) && right instanceof Value.Integer(var b)
          ? integers(operator, a, b)
          : Value.NULL;
    }
    if (type == Type.Scalar.NUMBER) {
      return number(operator, exact(left).doubleValue(), exact(right).doubleValue());
    }
    var result = decimals(operator, exact(left), exact(right));
    return result == null || result.precision() > DIGITS_MAX
        ? Value.NULL
        : new Value.Decimal(result);
  }

  private static Value integers(Operator operator, long a, long b) {
    try {
      return switch (operator) {
        case ADD -> Value.of(Math.addExact(a, b));
        case SUBTRACT -> Value.of(Math.subtractExact(a, b));
        case MULTIPLY -> Value.of(Math.multiplyExact(a, b));
        case DIVIDE -> b == 0 ? Value.NULL : Value.of(Math.divideExact(a, b));
        case REMAINDER -> b == 0 ? Value.NULL : Value.of(a % b);
      };
    } catch (ArithmeticException _) {
      return Value.NULL; // an overflow has no result
    }
  }

  private static Value number(Operator operator, double a, double b) {
    double result =
        switch (operator) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> a / b;
          case REMAINDER -> a % b;
        };
    return Double.isFinite(result) ? new Value.Number(result) : Value.NULL;
  }

  private static @Nullable BigDecimal decimals(Operator operator, BigDecimal a, BigDecimal b) {
    return switch (operator) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.subtract(b);
      case MULTIPLY -> a.multiply(b);
      case DIVIDE -> b.signum() == 0 ? null : a.divide(b, QUOTIENT_SCALE, RoundingMode.HALF_UP);
      case REMAINDER -> b.signum() == 0 ? null : a.remainder(b);
    };
  }

  /// A number as a decimal of so many digits in all and behind the point.
  static Value rounded(Value number, Value precision, Value scale) {
    if (!(precision instanceof Value.Integer(var digits))
        || !(scale instanceof Value.Integer(var behind))) {
      return Value.NULL;
    }
    var rounded = exact(number).setScale((int) behind, RoundingMode.HALF_UP);
    return rounded.precision() > digits ? Value.NULL : new Value.Decimal(rounded);
  }

  /// A number as a float.
  static Value real(Value number) {
    return number instanceof Value.Number ? number : new Value.Number(exact(number).doubleValue());
  }

  /// The exact value of a number of any kind.
  static BigDecimal exact(Value value) {
    return switch (value) {
      case Value.Integer(var number) -> BigDecimal.valueOf(number);
      case Value.Decimal(var number) -> number;
      case Value.Number(var number) -> new BigDecimal(number);
      case Value.Money(var amount, _) -> BigDecimal.valueOf(amount);
      case Value.Null _,
          Value.Text _,
          Value.Bool _,
          Value.Timestamp _,
          Value.Date _,
          Value.Time _,
          Value.Span _,
          Value.Uuid _,
          Value.Bytes _,
          Value.Json _,
          Value.Point _,
          Value.ListOf _ ->
          throw new IllegalArgumentException("not a number: " + value);
    };
  }

  /// What becomes of the values of a list's rows, none of them null. Does not depend on their
  /// order.
  static Value rolledUp(Roll roll, List<Value> values, Type type) {
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
              value instanceof Value.Span(var span) ? new BigDecimal(micros(span)) : exact(value));
    }
    return switch (type) {
      case Type.Scalar.INTEGER -> fits(total) ? Value.of(total.longValueExact()) : Value.NULL;
      case Type.Scalar.DECIMAL -> decimal(total);
      case Type.Scalar.NUMBER -> finite(total.doubleValue());
      case Type.Scalar.DURATION -> fits(total) ? span(total.toBigIntegerExact()) : Value.NULL;
      case Type _ -> Value.NULL;
    };
  }

  /// A sum of decimals; null where it has more digits than a calculation may give.
  public static Value decimal(BigDecimal total) {
    return total.precision() > DIGITS_MAX ? Value.NULL : new Value.Decimal(total);
  }

  private static Value finite(double total) {
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
