package engineroom.run;

import engineroom.authorize.Allowed;
import engineroom.authorize.View;
import engineroom.data.Stages;
import engineroom.expression.Arguments;
import engineroom.operation.Query;
import engineroom.outcome.Outcome;
import engineroom.plan.Plan;
import engineroom.plan.Planner;
import engineroom.store.Access;
import engineroom.store.Store;
import engineroom.store.Store.Binding;
import engineroom.store.Store.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Carries out reads. Each allowed shape is planned and compiled once; afterwards a read is a
/// look-up, a binding and a run.
public final class Reads {
  /// Compiled statements kept; beyond it they are forgotten and made again.
  private static final int STATEMENTS_MAX = 10_000;

  private final Store store;
  private final Planner planner;
  private final Map<Object, Statement> statements = new ConcurrentHashMap<>();

  /// The rows of a view behind a cursor.
  private record After(View view) {}

  public Reads(Store store, Planner planner) {
    this.store = store;
    this.planner = planner;
  }

  /// Many rows.
  public Outcome read(Allowed.Reading allowed, Duration timeLimit, Access access) {
    var page = allowed.page();
    var statement = statement(allowed.view(), page);
    var result = run(access, statement, binding(allowed, timeLimit));
    return new Outcome.Listed(
        result.rows(), result.more() ? result.lastKeys() : null, result.count());
  }

  /// The one row of a view by id.
  public Outcome one(Allowed.Reading allowed, Duration timeLimit, Access access) {
    var result = run(access, statement(allowed.view()), binding(allowed, timeLimit));
    return result.rows().isEmpty()
        ? Outcome.Missing.MISSING
        : new Outcome.Found(result.rows().getFirst(), result.version());
  }

  /// Totals.
  public Outcome summarize(Allowed.Summarizing allowed, Duration timeLimit, Access access) {
    var plan = planner.plan(allowed);
    var statement = statement(plan, () -> plan);
    var page = allowed.page();
    var binding = new Binding(allowed.arguments(), page.limit(), page.offset(), timeLimit);
    var result = run(access, statement, binding);
    return new Outcome.Summarized(result.rows(), result.more());
  }

  /// How rows would be read.
  public Outcome explain(Allowed.Reading allowed) {
    return new Outcome.Explained(statement(allowed.view(), allowed.page()).explain());
  }

  private static Store.Result run(Access access, Statement statement, Binding binding) {
    return Stages.time("store", () -> access.read(statement, binding));
  }

  /// What a view is in any store.
  Plan plan(View view) {
    return planner.plan(view);
  }

  /// The compiled first page of a view.
  Statement statement(View view) {
    return statement(view, () -> planner.plan(view));
  }

  private Statement statement(View view, Query.Page page) {
    return page.after() == null
        ? statement(view)
        : statement(new After(view), () -> planner.planAfter(view));
  }

  private Statement statement(Object shape, Supplier<Plan> plan) {
    var known = statements.get(shape);
    if (known != null) {
      return known;
    }
    if (statements.size() >= STATEMENTS_MAX) {
      statements.clear();
    }
    var planned = Stages.time("plan", plan);
    var compiled = store.compile(planned);
    var other = statements.putIfAbsent(shape, compiled);
    return other == null ? compiled : other;
  }

  private static Binding binding(Allowed.Reading allowed, Duration timeLimit) {
    var page = allowed.page();
    var after = page.after();
    Arguments arguments = after == null ? allowed.arguments() : allowed.arguments().and(after);
    return new Binding(arguments, page.limit(), page.offset(), timeLimit);
  }
}
