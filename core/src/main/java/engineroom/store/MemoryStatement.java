package engineroom.store;

import engineroom.expression.Expression;
import engineroom.model.Model;
import engineroom.plan.Plan;
import java.util.List;

/// A plan that is run as it is.
record MemoryStatement(Model model, Plan plan) implements Store.Statement {
  static MemoryStatement of(Store.Statement statement) {
    if (statement instanceof MemoryStatement ours) {
      return ours;
    }
    throw new IllegalArgumentException("this statement was made by another store");
  }

  /// The plan for rows that it must be.
  static Plan.Rows rows(Store.Statement statement) {
    if (of(statement).plan() instanceof Plan.Rows rows) {
      return rows;
    }
    throw new IllegalArgumentException("only a plan for rows gives ids");
  }

  @Override
  public List<String> explain() {
    return List.of(
        switch (plan) {
          case Plan.Rows rows -> words(rows.entity(), rows.filter());
          case Plan.Groups(var summary, _) ->
              words(summary.entity(), summary.filter()) + ", put into groups";
        });
  }

  private String words(String entity, Expression filter) {
    return switch (Candidates.way(model, entity, filter)) {
      case Candidates.Way.Every _ -> "look at every " + entity;
      case Candidates.Way.ById _ -> "find one " + entity + " by its id";
      case Candidates.Way.ByReference(var reference, _) ->
          "find each " + entity + " that refers to one " + reference.entity();
    };
  }
}
