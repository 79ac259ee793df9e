package engineroom.door.openapi;

import engineroom.model.FieldType;

/// The operators that a parameter of a field may end in, for people.
final class Operators {
  private static final String EQUALITY = "ne, in, notIn, isNull";
  private static final String ORDER = "ne, lt, lte, gt, gte, between, in, notIn, isNull";

  private Operators() {}

  static String of(FieldType type) {
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _ ->
          ORDER + ", like, ilike, startsWith, endsWith, contains, search";
      case FieldType.Whole _, FieldType.Decimal _, FieldType.Number _ -> ORDER;
      case FieldType.Money(var currency, _, _) -> currency == null ? "isNull" : ORDER;
      case FieldType.Plain plain ->
          switch (plain) {
            case BOOLEAN, UUID -> EQUALITY;
            case TIMESTAMP, DATE -> ORDER + ", on";
            case TIME, DURATION -> ORDER;
            case POINT, SECRET -> "isNull";
          };
      case FieldType.Json _, FieldType.Bytes _ -> "isNull";
      case FieldType.Reference _ -> EQUALITY + ", search";
      case FieldType.ListOf _ -> EQUALITY + ", contains";
    };
  }
}
