package engineroom.rows;

import engineroom.Runner;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Parameter;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Operation;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Fields;
import engineroom.outcome.Outcome;
import java.util.List;
import java.util.Optional;

/// Finds rows through the engine, as far as the caller may see them.
public record RowFinder(Model model, Runner runner, Call call) implements Known {
  private static final Selection ID = new Selection(new Fields.Named(List.of("id")), List.of());

  @Override
  public Optional<Value> findId(String entity, String field, Value value) {
    var of = model.entity(entity);
    var parameter = new Parameter(0, of.field(field).type().type());
    var same = new Compare(Comparison.EQUAL, of.get(field), parameter);
    var query = new Query(entity, ID, same, List.of(), Counting.NONE);
    var find = new Operation.Find(query, Page.first(1), new Arguments(List.of(value)));
    return runner.run(find, call) instanceof Outcome.Listed(var rows, _, _) && !rows.isEmpty()
        ? RowId.of(of, rows.getFirst())
        : Optional.empty();
  }
}
