package engineroom.run;

import engineroom.data.Value;
import org.jspecify.annotations.Nullable;

/// Adds numbers of one kind.
final class Sums {
  private Sums() {}

  /// The sum; null where the kinds differ, a value is absent, or the sum can't be kept.
  static @Nullable Value add(Value left, Value right) {
    try {
      return switch (left) {
        case Value.Integer(var a) when right instanceof Value.Integer(var b) ->
            new Value.Integer(Math.addExact(a, b));
        case Value.Decimal(var a) when right instanceof Value.Decimal(var b) ->
            new Value.Decimal(a.add(b));
        case Value.Number(var a) when right instanceof Value.Number(var b) ->
            Double.isFinite(a + b) ? new Value.Number(a + b) : null;
        case Value.Money(var a, var currency)
            when right instanceof Value.Money(var b, var other) && currency.equals(other) ->
            new Value.Money(Math.addExact(a, b), currency);
        case Value.Span(var a) when right instanceof Value.Span(var b) -> new Value.Span(a.plus(b));
        case Value.Integer _,
            Value.Decimal _,
            Value.Number _,
            Value.Money _,
            Value.Span _,
            Value.Null _,
            Value.Text _,
            Value.Bool _,
            Value.Timestamp _,
            Value.Date _,
            Value.Time _,
            Value.Uuid _,
            Value.Bytes _,
            Value.Json _,
            Value.Point _,
            Value.ListOf _ ->
            null;
      };
    } catch (ArithmeticException _) {
      return null; // an overflow is a sum that can't be kept
    }
  }
}
