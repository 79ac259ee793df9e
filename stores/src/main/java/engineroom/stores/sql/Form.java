package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// How a value is kept in a column and passed to a statement. Values of several parts (money,
/// points) have a column for each part; all others have one.
public sealed interface Form {
  /// Forms without options.
  enum Simple implements Form {
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN,
    TIMESTAMP,
    DATE,
    TIME,
    /// Whole microseconds.
    DURATION,
    UUID,
    BYTES,
    JSON,
    /// Two columns: latitude and longitude.
    POINT,
    /// A decimal as text, as computed values have it; no column has this form.
    EXACT
  }

  /// A decimal as a whole number of its smallest unit.
  record Scaled(int scale) implements Form {}

  /// An amount, and a currency column where the currency is not fixed.
  record Money(@Nullable String currency) implements Form {}

  /// A JSON array; its elements look as in answers.
  record Array(Type.ListOf type) implements Form {}

  /// The form of a field's columns.
  static Form of(Model model, FieldType type) {
    return switch (type) {
      case FieldType.Decimal(_, var scale, _, _) -> new Scaled(scale);
      case FieldType.Money(var currency, _, _) -> new Money(currency);
      case FieldType.Reference(var entity, _, _, _) -> id(model, entity);
      case FieldType.ListOf list -> new Array(new Type.ListOf(list.element().type()));
      case FieldType.Text _,
          FieldType.Whole _,
          FieldType.Number _,
          FieldType.Plain _,
          FieldType.Choice _,
          FieldType.Json _,
          FieldType.Bytes _ ->
          of(model, type.type());
    };
  }

  /// The form of an entity's ids.
  static Form id(Model model, String entity) {
    return of(model, model.entity(entity).field("id").type());
  }

  /// The form that a value of this type has when nothing more is known of it.
  static Form of(Model model, Type type) {
    return switch (type) {
      case Type.Scalar scalar -> of(scalar);
      case Type.ListOf list -> new Array(list);
      case Type.RowOf(var entity) -> id(model, entity);
      case Type.RowsOf _ -> throw new IllegalArgumentException("a list of rows has no form");
    };
  }

  private static Form of(Type.Scalar scalar) {
    return switch (scalar) {
      case TEXT, NULL -> Simple.TEXT;
      case INTEGER -> Simple.INTEGER;
      case DECIMAL -> Simple.EXACT;
      case NUMBER -> Simple.NUMBER;
      case BOOLEAN -> Simple.BOOLEAN;
      case TIMESTAMP -> Simple.TIMESTAMP;
      case DATE -> Simple.DATE;
      case TIME -> Simple.TIME;
      case DURATION -> Simple.DURATION;
      case UUID -> Simple.UUID;
      case BYTES -> Simple.BYTES;
      case JSON -> Simple.JSON;
      case POINT -> Simple.POINT;
      case MONEY -> new Money(null);
    };
  }

  /// The form that shows a given value whole, for literals.
  static Form of(Model model, Value value, Type type) {
    return value instanceof Value.Decimal(var number) && fits(number)
        ? new Scaled(Math.max(0, number.scale()))
        : of(model, type);
  }

  private static boolean fits(BigDecimal number) {
    var scale = Math.max(0, number.scale());
    return scale <= 18
        && number.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue().bitLength() < 63;
  }

  /// How many columns values of this form have.
  default int parts() {
    return switch (this) {
      case Money(var currency) -> currency == null ? 2 : 1;
      case Simple simple -> simple == Simple.POINT ? 2 : 1;
      case Scaled _, Array _ -> 1;
    };
  }

  /// Whether values are numbers that compare with other numbers by value.
  default boolean numeric() {
    return switch (this) {
      case Simple simple ->
          simple == Simple.INTEGER || simple == Simple.NUMBER || simple == Simple.EXACT;
      case Scaled _ -> true;
      case Money _, Array _ -> false;
    };
  }
}
