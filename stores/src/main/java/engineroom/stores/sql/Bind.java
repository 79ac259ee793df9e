package engineroom.stores.sql;

import engineroom.data.IdParts;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where the value of one question mark comes from, and what becomes of it on the way.
public sealed interface Bind {
  /// What one run brings.
  record Source(Arguments arguments, long limit, long offset, Dialect.Values values) {}

  /// The value as the driver takes it.
  @Nullable Object value(Source source);

  /// A constant.
  record Constant(@Nullable Object value) implements Bind {
    @Override
    public @Nullable Object value(Source source) {
      return value;
    }
  }

  /// A part of an argument, in a column's form.
  record Argument(int index, Form form, int part) implements Bind {
    @Override
    public @Nullable Object value(Source source) {
      return source.values().encode(form, part, source.arguments().value(index));
    }
  }

  /// A number that is compared with a column of numbers, moved to the nearest one that such a
  /// column can hold.
  ///
  /// @param direction where to move it; `UNNECESSARY` where nothing but the number itself will do
  record Bound(Operand operand, Form form, RoundingMode direction) implements Bind {
    @Override
    public @Nullable Object value(Source source) {
      var number = number(operand.value(source.arguments()));
      return number == null ? null : source.values().nearest(form, number, direction);
    }

    private static @Nullable BigDecimal number(Value value) {
      return switch (value) {
        case Value.Integer(var number) -> BigDecimal.valueOf(number);
        case Value.Decimal(var number) -> number;
        case Value.Number(var number) -> new BigDecimal(number);
        default -> null;
      };
    }
  }

  /// What a value is, and the form of the column that it is compared with.
  record Kind(Type type, Form form) {}

  /// One of the values that an id is made of; null where it is no such id.
  ///
  /// @param count how many there are
  record IdPart(Operand operand, int position, int count, Kind kind) implements Bind {
    @Override
    public @Nullable Object value(Source source) {
      var id = operand.value(source.arguments());
      var part = IdParts.part(id, position, count, kind.type());
      return source.values().encode(kind.form(), 0, part);
    }
  }

  /// A list, each element in a column's form.
  record Elements(Operand operand, Form form) implements Bind {
    @Override
    public @Nullable Object value(Source source) {
      return operand.value(source.arguments()) instanceof Value.ListOf(var elements)
          ? source.values().elements(form, elements)
          : null;
    }
  }

  /// A text made into something that SQL compares with.
  record Derived(Operand operand, Function<String, Object> derivation) implements Bind {
    @Override
    public @Nullable Object value(Source source) {
      return operand.value(source.arguments()) instanceof Value.Text(var text)
          ? derivation.apply(text)
          : null;
    }
  }

  /// How many rows, one more than asked so that it shows whether others follow.
  enum Limit implements Bind {
    LIMIT;

    @Override
    public Object value(Source source) {
      return source.limit();
    }
  }

  /// How many rows are passed over.
  enum Offset implements Bind {
    OFFSET;

    @Override
    public Object value(Source source) {
      return source.offset();
    }
  }

  /// A value known before any row is read.
  sealed interface Operand {
    Value value(Arguments arguments);

    Type type();

    record Given(int index, Type type) implements Operand {
      @Override
      public Value value(Arguments arguments) {
        return arguments.value(index);
      }
    }

    record Known(Value value, Type type) implements Operand {
      @Override
      public Value value(Arguments arguments) {
        return value;
      }
    }
  }
}
