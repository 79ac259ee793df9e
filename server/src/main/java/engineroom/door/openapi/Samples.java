package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.model.FieldType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes up a value of a type, within its limits, for examples.
final class Samples {
  private Samples() {}

  /// @param ids gives the type of an entity's ids
  static Json of(FieldType type, Function<String, FieldType> ids) {
    return switch (type) {
      case FieldType.Text text -> new Json.Text(text(text));
      case FieldType.Whole(var min, var max) -> new Json.Num(String.valueOf(within(min, max)));
      case FieldType.Decimal(_, var scale, var min, _) ->
          new Json.Text(Objects.requireNonNullElse(min, BigDecimal.ONE).setScale(scale).toString());
      case FieldType.Number(var min, _) -> new Json.Num(String.valueOf(min == null ? 1.5 : min));
      case FieldType.Money(var currency, var min, var max) ->
          new Draft()
              .put("amount", within(min, max))
              .put("currency", currency == null ? "EUR" : currency)
              .json();
      case FieldType.Plain plain -> plain(plain);
      case FieldType.Choice(var values) -> new Json.Text(values.getFirst());
      case FieldType.Json _ -> new Json.Obj(Map.of());
      case FieldType.Bytes _ -> new Json.Text("AAEC");
      case FieldType.Reference(var entity, _, _, _) -> of(ids.apply(entity), ids);
      case FieldType.ListOf(var element) -> new Json.Arr(List.of(of(element, ids)));
    };
  }

  private static long within(@Nullable Long min, @Nullable Long max) {
    long least = min == null ? 1 : Math.max(min, 1);
    return max == null ? least : Math.min(least, max);
  }

  private static String text(FieldType.Text text) {
    var sample =
        switch (text.format()) {
          case PLAIN -> "text";
          case EMAIL -> "ann@example.com";
          case URL -> "https://example.com/";
          case SLUG -> "green-tea";
          case PHONE -> "+4930123456";
          case COUNTRY -> "DE";
          case LOCALE -> "en";
        };
    return text.max() == null || sample.length() <= text.max()
        ? sample
        : sample.substring(0, text.max());
  }

  private static Json plain(FieldType.Plain plain) {
    return switch (plain) {
      case BOOLEAN -> new Json.Bool(true);
      case TIMESTAMP -> new Json.Text("2026-08-01T10:00:00.000000Z");
      case DATE -> new Json.Text("2026-08-01");
      case TIME -> new Json.Text("10:00:00");
      case DURATION -> new Json.Text("PT1H30M");
      case UUID -> new Json.Text("0198f300-0000-7000-8000-000000000000");
      case SECRET -> new Json.Text("correct horse battery staple");
      case POINT -> new Draft().put("latitude", 52.52).put("longitude", 13.405).json();
    };
  }
}
