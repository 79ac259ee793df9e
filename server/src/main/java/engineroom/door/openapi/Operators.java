package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.model.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The operators that a field can be asked with, and what each of them takes.
final class Operators {
  private static final List<String> EQUALITY = List.of("ne", "in", "notIn", "isNull");
  private static final List<String> ORDER =
      List.of("ne", "lt", "lte", "gt", "gte", "between", "in", "notIn", "isNull");
  private static final List<String> TEXT =
      List.of("like", "ilike", "startsWith", "endsWith", "contains");
  private static final List<String> NOTHING_BUT_NULL = List.of("isNull");

  private Operators() {}

  /// All but `eq`, which needs no name.
  static List<String> of(FieldType type) {
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _ -> with(ORDER, TEXT);
      case FieldType.Whole _, FieldType.Decimal _, FieldType.Number _ -> ORDER;
      case FieldType.Money(var currency, _, _) -> currency == null ? NOTHING_BUT_NULL : ORDER;
      case FieldType.Plain plain ->
          switch (plain) {
            case BOOLEAN, UUID -> EQUALITY;
            case TIMESTAMP, DATE -> with(ORDER, List.of("on"));
            case TIME, DURATION -> ORDER;
            case POINT, SECRET -> NOTHING_BUT_NULL;
          };
      case FieldType.Json _, FieldType.Bytes _ -> NOTHING_BUT_NULL;
      case FieldType.Reference _ -> EQUALITY;
      case FieldType.ListOf _ -> with(EQUALITY, List.of("contains"));
    };
  }

  private static List<String> with(List<String> some, List<String> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /// Whether it can be asked for one value: `status=open`.
  static boolean equality(FieldType type) {
    return of(type).contains("ne");
  }

  /// Whether rows can be sorted and grouped by it.
  static boolean ordered(FieldType type) {
    return equality(type) && !(type instanceof FieldType.ListOf);
  }

  /// The type whose values are compared: money of one currency by its minor units, lists by their
  /// elements, a choice that is searched within as text.
  static FieldType compared(FieldType type, String operator) {
    return switch (type) {
      case FieldType.Choice _ when TEXT.contains(operator) -> FieldType.Text.PLAIN;
      case FieldType.Money _, FieldType.Whole _ -> new FieldType.Whole(null, null);
      case FieldType.Number _ -> new FieldType.Number(null, null);
      case FieldType.Decimal(var precision, var scale, _, _) ->
          new FieldType.Decimal(precision, scale, null, null);
      case FieldType.Text _ -> FieldType.Text.PLAIN;
      case FieldType.ListOf(var element) -> compared(element, operator);
      case FieldType other -> other;
    };
  }

  /// The fields within a value: `price.amount`.
  static Map<String, FieldType> parts(FieldType type) {
    if (type instanceof FieldType.Money) {
      return parts("amount", new FieldType.Whole(null, null), "currency", FieldType.Text.PLAIN);
    }
    if (type == FieldType.Plain.POINT) {
      var degrees = new FieldType.Number(null, null);
      return parts("latitude", degrees, "longitude", degrees);
    }
    return Map.of();
  }

  private static Map<String, FieldType> parts(
      String first, FieldType of, String second, FieldType also) {
    var parts = new LinkedHashMap<String, FieldType>();
    parts.put(first, of);
    parts.put(second, also);
    return parts;
  }

  /// What an operator takes in a parameter.
  ///
  /// @param one the schema of one compared value
  static Json parameter(String operator, Json one) {
    return switch (operator) {
      case "isNull" -> Draft.of("type", "boolean").json();
      case "in", "notIn" -> Draft.of("type", "string").put("description", "As `a,b,c`.").json();
      case "between" -> Draft.of("type", "string").put("pattern", "^[^,]+,[^,]+$").json();
      case "on" -> Draft.of("type", "string").put("format", "date").json();
      case "like", "ilike", "startsWith", "endsWith", "search" -> Draft.of("type", "string").json();
      default -> one;
    };
  }

  /// What an operator takes in a JSON query.
  static Json body(String operator, Json one) {
    return switch (operator) {
      case "in", "notIn" -> Draft.of("type", "array").put("items", one).json();
      case "between" ->
          Draft.of("type", "array").put("items", one).put("minItems", 2).put("maxItems", 2).json();
      case "ne" -> FieldSchemas.orNull(one);
      default -> parameter(operator, one);
    };
  }
}
