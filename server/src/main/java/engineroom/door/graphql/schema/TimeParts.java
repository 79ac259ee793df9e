package engineroom.door.graphql.schema;

import engineroom.model.FieldType;

/// Which parts of a value rows can be grouped by.
public enum TimeParts {
  /// The value alone.
  NONE,
  /// Also the year, month, week and day that it is in.
  DAY,
  /// Also the hour.
  MOMENT;

  /// Of values of a type.
  public static TimeParts of(FieldType type) {
    return switch (type) {
      case FieldType.Plain plain ->
          switch (plain) {
            case DATE -> DAY;
            case TIMESTAMP -> MOMENT;
            case BOOLEAN, TIME, DURATION, UUID, POINT, SECRET -> NONE;
          };
      case FieldType _ -> NONE;
    };
  }
}
