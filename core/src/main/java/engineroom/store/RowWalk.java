package engineroom.store;

import engineroom.authorize.Shape;
import engineroom.data.Row;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Goes through all rows of an entity within a transaction, id after id: the least that a store
/// must be able to read.
final class RowWalk {
  private static final Duration TIME = Duration.ofMinutes(10);

  private final Store store;
  private final Map<String, Steps> steps = new ConcurrentHashMap<>();

  RowWalk(Store store) {
    this.store = store;
  }

  /// All rows of the entity as the transaction sees them, in order of id.
  List<Row> rows(Transaction transaction, String entity) {
    var walk = steps.computeIfAbsent(entity, this::steps);
    var rows = new ArrayList<Row>();
    var result = transaction.read(walk.first(), binding(Arguments.NONE));
    while (!result.rows().isEmpty()) {
      var id = result.lastKeys().getLast();
      transaction.find(entity, id).ifPresent(rows::add);
      result = transaction.read(walk.next(), binding(new Arguments(List.of(id))));
    }
    return rows;
  }

  /// How to find the first row, and the one after another.
  private record Steps(Store.Statement first, Store.Statement next) {}

  private Steps steps(String name) {
    var entity = store.model().entity(name);
    var id = entity.get("id");
    var after = new Compare(Comparison.GREATER, id, new Parameter(0, id.type()));
    return new Steps(step(name, id, Expression.TRUE), step(name, id, after));
  }

  private Store.Statement step(String entity, Expression id, Expression filter) {
    var sort = List.of(new Sort(id, Direction.ASCENDING));
    var nothing = new Shape(List.of());
    return store.compile(new Plan.Rows(entity, nothing, filter, Counted.Nothing.NOTHING, sort));
  }

  private static Store.Binding binding(Arguments arguments) {
    return new Store.Binding(arguments, 1, 0, TIME);
  }
}
