package engineroom.explain;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.model.Model;
import engineroom.store.Transaction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds rows as one transaction sees them.
record TransactionLookup(Model model, Transaction transaction) implements Lookup {
  @Override
  public Optional<Row> find(String entity, Value id) {
    return transaction.find(entity, id);
  }

  @Override
  public Iterable<Row> list(String entity, String list, Value id) {
    var inverse = model.entity(entity).findList(list).orElseThrow();
    List<Value> ids = transaction.referring(inverse.entity(), inverse.field(), id);
    return () ->
        ids.stream().flatMap(row -> transaction.find(inverse.entity(), row).stream()).iterator();
  }

  @Override
  public @Nullable Expression computed(String entity, String field) {
    return model.entity(entity).virtual(field);
  }
}
