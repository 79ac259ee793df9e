package engineroom.store;

import engineroom.authorize.Shape;
import engineroom.data.Row;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.Model;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Goes through all rows of an entity within a transaction, id after id: the least that a store
/// must be able to read.
final class RowWalk {
  private static final Duration TIME = Duration.ofMinutes(10);

  private final Store store;
  private final Model model;
  private final Map<String, Store.Statement> statements = new ConcurrentHashMap<>();

  /// @param model with all that has rows
  RowWalk(Store store, Model model) {
    this.store = store;
    this.model = model;
  }

  /// All rows of the entity as the transaction sees them, in order of id.
  List<Row> rows(Transaction transaction, String entity) {
    var statement = statements.computeIfAbsent(entity, this::everyRow);
    var all = new Store.Binding(Arguments.NONE, Integer.MAX_VALUE, 0, TIME);
    return transaction.ids(statement, all).stream()
        .flatMap(id -> transaction.find(entity, id).stream())
        .toList();
  }

  private Store.Statement everyRow(String name) {
    var sort = List.of(new Sort(model.entity(name).get("id"), Direction.ASCENDING));
    var nothing = new Shape(List.of());
    return store.compile(
        new Plan.Rows(name, nothing, Expression.TRUE, Counted.Nothing.NOTHING, sort));
  }
}
