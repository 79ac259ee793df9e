package engineroom.model;

import engineroom.data.Type;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a field holds and within which limits. An absent limit is null.
public sealed interface FieldType {
  /// The type that expressions see.
  Type type();

  /// Text, also in the checked formats. Lengths count code points.
  ///
  /// @param pattern RE2 syntax, found anywhere unless anchored
  /// @param ignoreCase compares, sorts and is unique without regard to case (Unicode)
  /// @param slugFrom for a slug: the field it is made from when absent
  record Text(
      Format format,
      @Nullable Integer min,
      @Nullable Integer max,
      @Nullable String pattern,
      boolean ignoreCase,
      @Nullable String slugFrom)
      implements FieldType {
    public static final Text PLAIN = new Text(Format.PLAIN, null, null, null, false, null);

    @Override
    public Type type() {
      return Type.Scalar.TEXT;
    }
  }

  /// What a text must look like.
  enum Format {
    PLAIN,
    EMAIL,
    URL,
    SLUG,
    PHONE,
    COUNTRY,
    LOCALE
  }

  record Whole(@Nullable Long min, @Nullable Long max) implements FieldType {
    @Override
    public Type type() {
      return Type.Scalar.INTEGER;
    }
  }

  /// An exact number.
  ///
  /// @param precision digits in all, 1 to 18
  /// @param scale digits behind the point, 0 to precision; shown always in full
  record Decimal(int precision, int scale, @Nullable BigDecimal min, @Nullable BigDecimal max)
      implements FieldType {
    @Override
    public Type type() {
      return Type.Scalar.DECIMAL;
    }
  }

  record Number(@Nullable Double min, @Nullable Double max) implements FieldType {
    @Override
    public Type type() {
      return Type.Scalar.NUMBER;
    }
  }

  /// An amount of money.
  ///
  /// @param currency fixed for all rows (the column holds the amount only), or null: each row has
  ///   its own
  /// @param min smallest amount in minor units
  record Money(@Nullable String currency, @Nullable Long min, @Nullable Long max)
      implements FieldType {
    @Override
    public Type type() {
      return Type.Scalar.MONEY;
    }
  }

  /// Types without options.
  enum Plain implements FieldType {
    BOOLEAN(Type.Scalar.BOOLEAN),
    TIMESTAMP(Type.Scalar.TIMESTAMP),
    DATE(Type.Scalar.DATE),
    TIME(Type.Scalar.TIME),
    DURATION(Type.Scalar.DURATION),
    UUID(Type.Scalar.UUID),
    POINT(Type.Scalar.POINT),
    /// A password or key: written, never shown, kept as a salted hash.
    SECRET(Type.Scalar.TEXT);

    private final Type.Scalar type;

    Plain(Type.Scalar type) {
      this.type = type;
    }

    @Override
    public Type type() {
      return type;
    }
  }

  record Choice(List<String> values) implements FieldType {
    public Choice {
      values = List.copyOf(values);
    }

    @Override
    public Type type() {
      return Type.Scalar.TEXT;
    }
  }

  /// Any JSON.
  ///
  /// @param schema a JSON Schema (2020-12) as JSON text
  record Json(@Nullable String schema) implements FieldType {
    @Override
    public Type type() {
      return Type.Scalar.JSON;
    }
  }

  /// Bytes.
  ///
  /// @param max in bytes
  record Bytes(@Nullable Integer max) implements FieldType {
    @Override
    public Type type() {
      return Type.Scalar.BYTES;
    }
  }

  /// The id of another row.
  ///
  /// @param inverse the name of the list on the other side
  /// @param owned the row is part of the one referred to
  record Reference(String entity, String inverse, OnDelete onDelete, boolean owned)
      implements FieldType {
    @Override
    public Type type() {
      return new Type.RowOf(entity);
    }
  }

  /// What happens to a referring row when the row referred to is deleted.
  enum OnDelete {
    RESTRICT,
    CASCADE,
    CLEAR
  }

  /// An ordered list.
  ///
  /// @param element any type but a list or a reference
  record ListOf(FieldType element) implements FieldType {
    @Override
    public Type type() {
      return new Type.ListOf(element.type());
    }
  }
}
