package engineroom.modelfile;

import engineroom.data.Value;
import engineroom.expression.Fitting;
import engineroom.model.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values as an owner writes them into a model, as defaults.
final class WrittenValues {
  private WrittenValues() {}

  /// The value that a part is; null where it can't be one of the type.
  static @Nullable Value value(Part part, FieldType type) {
    return switch (type) {
      case FieldType.Json _ -> new Value.Json(PartJson.text(part));
      case FieldType.ListOf(var element) ->
          part instanceof Part.Items(var parts, _) ? list(parts, element) : null;
      case FieldType.Text _,
          FieldType.Whole _,
          FieldType.Decimal _,
          FieldType.Number _,
          FieldType.Money _,
          FieldType.Plain _,
          FieldType.Choice _,
          FieldType.Bytes _,
          FieldType.Reference _ ->
          part instanceof Part.Scalar scalar ? scalarValue(scalar, type) : null;
    };
  }

  private static @Nullable Value list(List<Part> parts, FieldType element) {
    var values = new ArrayList<Value>();
    for (var part : parts) {
      var value = value(part, element);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return new Value.ListOf(values);
  }

  private static @Nullable Value scalarValue(Part.Scalar scalar, FieldType type) {
    var text = scalar.text();
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _ -> Value.of(text);
      case FieldType.Plain.BOOLEAN ->
          scalar.tag().equals("bool") ? Value.of(Boolean.parseBoolean(text)) : null;
      case FieldType.Whole _ -> whole(text);
      case FieldType.Money(var currency, _, _) ->
          currency != null && whole(text) instanceof Value.Integer(var amount)
              ? new Value.Money(amount, currency)
              : null;
      case FieldType.Decimal _ -> {
        BigDecimal number = FieldReader.decimal(text);
        yield number == null ? null : new Value.Decimal(number);
      }
      case FieldType.Number _ -> {
        BigDecimal number = FieldReader.decimal(text);
        yield number == null ? null : new Value.Number(number.doubleValue());
      }
      case FieldType.Plain plain -> Fitting.parse(text, plain.type());
      case FieldType.Bytes _, FieldType.Json _, FieldType.ListOf _, FieldType.Reference _ -> null;
    };
  }

  private static @Nullable Value whole(String text) {
    try {
      return Value.of(Long.parseLong(text));
    } catch (NumberFormatException _) {
      return null; // it is no whole number: that is the answer
    }
  }
}
