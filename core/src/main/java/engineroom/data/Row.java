package engineroom.data;

import java.util.Map;

/// The values of one row by the names of their fields. A reference holds the id of the row referred
/// to.
///
/// @param values values by field name, in the order of the entity's fields
public record Row(Map<String, Value> values) {
  public Row {
    values = Ordered.copyOf(values);
  }

  /// The value of a field; null where the row has none.
  public Value value(String field) {
    return values.getOrDefault(field, Value.NULL);
  }

  /// The row's id.
  public Value id() {
    return value("id");
  }

  /// The count of changes the row has seen, from 1.
  public long version() {
    return value("version") instanceof Value.Integer(var number) ? number : 0;
  }

  /// A copy with one value changed.
  public Row with(String field, Value value) {
    return new Row(Ordered.with(values, field, value));
  }
}
