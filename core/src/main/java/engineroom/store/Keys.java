package engineroom.store;

import engineroom.data.Value;
import engineroom.expression.Order;
import engineroom.operation.Selection.Direction;
import java.util.Comparator;
import java.util.List;

/// How lists of sort values compare: key by key, nulls last in both directions.
final class Keys {
  private Keys() {}

  /// The order of lists of values with these directions.
  static Comparator<List<Value>> order(List<Direction> directions) {
    return (left, right) -> {
      for (int i = 0; i < directions.size(); i++) {
        int result = compare(left.get(i), right.get(i), directions.get(i));
        if (result != 0) {
          return result;
        }
      }
      return 0;
    };
  }

  private static int compare(Value left, Value right, Direction direction) {
    var order = direction == Direction.ASCENDING ? Order.ASCENDING : Order.DESCENDING;
    return order.compare(left, right);
  }
}
