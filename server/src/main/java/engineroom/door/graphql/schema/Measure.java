package engineroom.door.graphql.schema;

import engineroom.model.FieldType;
import java.util.Locale;

/// What can be told of a field's values in a group, besides how many rows there are.
public enum Measure {
  DISTINCT("Distinct"),
  SUM("Sum"),
  AVG("Average"),
  MIN("Extreme"),
  MAX("Extreme");

  private final String suffix;

  Measure(String suffix) {
    this.suffix = suffix;
  }

  /// As requests name it: `sum`.
  public String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What stands behind the entity's name in the names of its types.
  public String suffix() {
    return suffix;
  }

  /// Whether it can be told of such a field.
  boolean of(FieldType type) {
    return switch (this) {
      case DISTINCT, MIN, MAX -> ValueTypes.ordered(type) && !(type instanceof FieldType.Reference);
      case SUM, AVG ->
          type instanceof FieldType.Whole
              || type instanceof FieldType.Decimal
              || type instanceof FieldType.Number
              || (type instanceof FieldType.Money(var currency, _, _) && currency != null);
    };
  }
}
