package engineroom.authorize;

import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.expression.Rewrite;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/// One caller's rules as a writer holds them against rows, within the transaction that writes.
public final class RowRules {
  private final Call call;
  private final Grants grants;
  private final CallerFacts facts;

  RowRules(Model model, Call call, Grants grants) {
    this.call = call;
    this.grants = grants;
    this.facts = new CallerFacts(model, call);
  }

  /// The circumstances.
  public Call call() {
    return call;
  }

  /// The rights on an entity; their rules mention facts until [#bound].
  public Rights on(String entity) {
    return grants.on(entity);
  }

  /// The names that hints may offer.
  public Set<String> names(String entity) {
    return grants.names(entity);
  }

  /// A rule without facts: their values are put in.
  public Expression bound(Expression rule) {
    return Rewrite.map(
        rule,
        part ->
            part instanceof Expression.Fact fact
                ? new Expression.Literal(facts.value(fact), fact.type())
                : part);
  }

  /// The arguments of a view of one row.
  public Arguments arguments(View view, Value id) {
    var values = new ArrayList<Value>(view.arguments());
    values.add(id);
    view.facts().forEach(fact -> values.add(facts.value(fact)));
    return new Arguments(values);
  }

  /// The value of a preset or default, which sees no row.
  public Value value(Expression expression) {
    return new Evaluator(Lookup.NOWHERE, Arguments.NONE, facts).value(expression, Map.of());
  }

  /// The refusal that fits the caller: who is not known yet may sign in.
  public AuthorizeProblem refusal(String what) {
    return call.caller() instanceof Caller.Guest
        ? new AuthorizeProblem.SignInNeeded("Sign in to " + what + ".")
        : new AuthorizeProblem.NotAllowed("You may not " + what + ".");
  }
}
