package engineroom.run;

import engineroom.authorize.Shape;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import engineroom.store.Store;
import engineroom.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finds how far the versions of a row count that may be gone.
final class LastVersions {
  private static final Duration TIME = Duration.ofSeconds(30);

  private final Store store;
  private final Map<String, Store.Statement> statements = new ConcurrentHashMap<>();

  LastVersions(Store store) {
    this.store = store;
  }

  /// The number of the last version kept of a row; 0 where there is none.
  long find(Transaction transaction, Entity entity, Value id) {
    var statement = statements.computeIfAbsent(History.past(entity.name()), this::compiled);
    var binding = new Store.Binding(new Arguments(List.of(id)), 1, 0, TIME);
    for (var version : transaction.ids(statement, binding)) {
      if (version instanceof Value.Text(var text)) {
        return Long.parseLong(text.substring(text.lastIndexOf(':') + 1));
      }
    }
    return 0;
  }

  private Store.Statement compiled(String name) {
    var past = History.stored(store.model()).entity(name);
    var row = past.get(History.ROW);
    var filter = new Compare(Comparison.EQUAL, row, new Parameter(0, row.type()));
    var sort =
        List.of(
            new Sort(past.get("version"), Direction.DESCENDING),
            new Sort(past.get("id"), Direction.DESCENDING));
    return store.compile(
        new Plan.Rows(name, new Shape(List.of()), filter, Counted.Nothing.NOTHING, sort));
  }
}
