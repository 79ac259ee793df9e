package engineroom.door.graphql.compiled;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.document.DocumentLimits;
import engineroom.door.graphql.schema.Root;
import engineroom.door.query.QuerySettings;
import engineroom.json.Json;
import engineroom.problem.OperationProblem.TooMuch;
import java.util.List;
import java.util.Map;

/// Counts the rows that a request may bring at most: lists within lists multiplied. Linear in what
/// was compiled.
public final class Cost {
  private static final long BEYOND = 1L << 40;

  private final Map<String, Json> variables;
  private final int pageDefault;

  private Cost(Map<String, Json> variables, int pageDefault) {
    this.variables = variables;
    this.pageDefault = pageDefault;
  }

  /// Refuses a request beyond the limits, before anything of it is carried out.
  public static void check(
      List<RootField> roots,
      Map<String, Json> variables,
      QuerySettings questions,
      DocumentLimits limits) {
    if (roots.size() > limits.roots()) {
      throw problem(
          new TooMuch(
              "graphql-roots", "A request may have " + limits.roots() + " root fields at most."));
    }
    var counting = new Cost(variables, questions.pageDefault());
    long cost = roots.stream().mapToLong(counting::of).sum();
    if (cost > limits.cost()) {
      throw problem(
          new TooMuch(
              "graphql-cost",
              "A request may bring "
                  + limits.cost()
                  + " rows at most, and this one could bring "
                  + (cost >= BEYOND ? "far more" : cost)
                  + ": give its lists a smaller limit."));
    }
  }

  private long of(RootField root) {
    return switch (root) {
      case RootField.TypeName _, RootField.RequestId _, RootField.Introspection _ -> 0;
      case RootField.Counted _ -> 1;
      case RootField.Totals(var asked, _, _, _, _) -> limit(asked.arguments());
      case RootField.Rows(var asked, Root.Many _, var plan, _, _) ->
          times(limit(asked.arguments()), row(plan));
      case RootField.Rows(_, _, var plan, _, _) -> row(plan);
      case RootField.Paged(var asked, _, var plan, _) ->
          times(window(asked.arguments()), row(plan));
    };
  }

  private long row(RowPlan plan) {
    long cost = 1;
    for (var child : plan.children().values()) {
      cost +=
          switch (child) {
            case RowPlan.Child.One(var row) -> row(row);
            case RowPlan.Child.Many(_, var arguments, var row) -> times(limit(arguments), row(row));
          };
    }
    return Math.min(BEYOND, cost);
  }

  private static long times(long rows, long each) {
    return Math.min(BEYOND, rows * each);
  }

  private long limit(Map<String, Asked.Bound> arguments) {
    return number(arguments, "limit");
  }

  private long window(Map<String, Asked.Bound> arguments) {
    return arguments.containsKey("last")
        ? Math.max(number(arguments, "last"), number(arguments, "first"))
        : number(arguments, "first");
  }

  private long number(Map<String, Asked.Bound> arguments, String name) {
    var bound = arguments.get(name);
    if (bound == null) {
      return pageDefault;
    }
    var value = Asked.value(bound, variables);
    return value instanceof Json.Num(var text) ? Math.max(0, Long.parseLong(text)) : pageDefault;
  }
}
