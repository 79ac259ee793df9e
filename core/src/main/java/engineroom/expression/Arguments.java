package engineroom.expression;

import engineroom.data.Value;
import java.util.ArrayList;
import java.util.List;

/// The values that an expression's parameters stand for, by position.
public record Arguments(List<Value> values) {
  /// No values.
  public static final Arguments NONE = new Arguments(List.of());

  public Arguments {
    values = List.copyOf(values);
  }

  /// The value of a parameter.
  public Value value(int index) {
    return values.get(index);
  }

  /// These values followed by others.
  public Arguments and(List<Value> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new ArrayList<Value>(values.size() + more.size());
    all.addAll(values);
    all.addAll(more);
    return new Arguments(all);
  }
}
