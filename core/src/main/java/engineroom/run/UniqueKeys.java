package engineroom.run;

import engineroom.authorize.Shape;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Parameter;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Finds rows by what is unique of them, without regard to who may see them.
final class UniqueKeys {
  private static final Duration TIME = Duration.ofSeconds(30);

  private final Store store;
  private final Map<Key, Store.Statement> statements = new ConcurrentHashMap<>();

  private record Key(String entity, List<String> fields) {}

  UniqueKeys(Store store) {
    this.store = store;
  }

  /// Everything that is unique of an entity's rows, the id first.
  static List<List<String>> of(Entity entity) {
    var keys = new ArrayList<List<String>>();
    keys.add(List.of("id"));
    keys.addAll(entity.keys().uniques());
    return keys;
  }

  /// The row that has these values.
  Optional<Row> row(Transaction transaction, Entity entity, List<String> key, List<Value> values) {
    if (key.equals(List.of("id"))) {
      return transaction.find(entity.name(), values.getFirst());
    }
    var statement =
        statements.computeIfAbsent(new Key(entity.name(), key), _ -> compiled(entity, key));
    var binding = new Store.Binding(new Arguments(values), 1, 0, TIME);
    return transaction.ids(statement, binding).stream()
        .findFirst()
        .flatMap(id -> transaction.find(entity.name(), id));
  }

  private Store.Statement compiled(Entity entity, List<String> key) {
    var same = new ArrayList<Expression>();
    for (int i = 0; i < key.size(); i++) {
      var field = entity.field(key.get(i));
      var value = new Parameter(i, entity.get(field.name()).type());
      var left = folded(field, entity.get(field.name()));
      same.add(new Compare(Comparison.EQUAL, left, folded(field, value)));
    }
    var filter = same.size() == 1 ? same.getFirst() : new Expression.And(same);
    var sort = List.of(new Sort(entity.get("id"), Direction.ASCENDING));
    return store.compile(
        new Plan.Rows(entity.name(), new Shape(List.of()), filter, Counted.Nothing.NOTHING, sort));
  }

  private static Expression folded(Field field, Expression value) {
    return field.type() instanceof FieldType.Text text && text.ignoreCase()
        ? new Call(Function.LOWER, List.of(value), value.type())
        : value;
  }
}
