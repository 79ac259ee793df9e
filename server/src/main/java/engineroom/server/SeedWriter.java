package engineroom.server;

import engineroom.Runner;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Input;
import engineroom.operation.Operation;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Fields;
import engineroom.outcome.Outcome;
import engineroom.rows.Known;
import engineroom.rows.RowFinder;
import engineroom.seed.Sink;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Writes the rows of a seed through the engine, as an administrator.
final class SeedWriter implements Sink, Known {
  private static final Selection ID = new Selection(new Fields.Named(List.of("id")), List.of());

  private final Runner runner;
  private final Model model;
  private final InstantSource clock;

  /// @param runner work that keeps all of the seed or nothing
  SeedWriter(Runner runner, Model model, InstantSource clock) {
    this.runner = runner;
    this.model = model;
    this.clock = clock;
  }

  private Call call() {
    return Call.internal(clock.instant());
  }

  @Override
  public void accept(String entity, List<Input> rows) {
    runner.run(new Operation.Create(entity, rows, Selection.NOTHING), call());
  }

  @Override
  public Optional<Value> findId(String entity, String field, Value value) {
    return new RowFinder(model, runner, call()).findId(entity, field, value);
  }

  /// Whether no entity of the owner's has a row.
  boolean empty() {
    return model.entities().values().stream()
        .filter(entity -> entity.access().whose() == Entity.Access.Whose.OWNER)
        .allMatch(
            entity -> {
              var query = new Query(entity.name(), ID, Expression.TRUE, List.of(), Counting.NONE);
              var found =
                  runner.run(new Operation.Find(query, Page.first(1), Arguments.NONE), call());
              return found instanceof Outcome.Listed(var rows, _, _) && rows.isEmpty();
            });
  }
}
