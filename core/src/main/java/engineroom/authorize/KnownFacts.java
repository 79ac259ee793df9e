package engineroom.authorize;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Fact;
import engineroom.expression.Expression.FactKind;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Facts;
import engineroom.expression.Lookup;
import engineroom.expression.Rewrite;
import engineroom.expression.Simplify;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Puts what is known of callers into rules and decides what that decides; what is left asks of the
/// row, or of what is not known.
public final class KnownFacts {
  private static final Set<FactKind> OF_ROLES =
      Set.of(FactKind.SIGNED_IN, FactKind.ROLES, FactKind.HAS_ROLE);

  private final Model model;
  private final Facts facts;
  private final Predicate<FactKind> known;
  private final Caller caller;

  private KnownFacts(Model model, Facts facts, Predicate<FactKind> known, Caller caller) {
    this.model = model;
    this.facts = facts;
    this.known = known;
    this.caller = caller;
  }

  /// All that is known of one call.
  public static KnownFacts of(Model model, Call call) {
    return new KnownFacts(model, new CallerFacts(model, call), _ -> true, call.caller());
  }

  /// What is known of everybody who is like this caller: of a guest that they are nobody, of others
  /// their roles.
  public static KnownFacts ofAllLike(Model model, Call call) {
    Predicate<FactKind> known =
        call.caller() instanceof Caller.Guest ? kind -> !ofRequest(kind) : OF_ROLES::contains;
    return new KnownFacts(model, new CallerFacts(model, call), known, call.caller());
  }

  private static boolean ofRequest(FactKind kind) {
    return Policy.ofRequest(kind);
  }

  /// The rights on an entity, as far as they can be told.
  public Rights rights(Entity entity) {
    return caller.administrator() || administers(entity)
        ? Policy.administered(entity)
        : Policy.rights(entity, this::decide);
  }

  /// Whether a role of the caller has every right on the entity.
  private boolean administers(Entity entity) {
    return model.terms().entrySet().stream()
        .filter(role -> role.getValue().administers().contains(entity.name()))
        .map(role -> new Fact(FactKind.HAS_ROLE, role.getKey(), Type.Scalar.BOOLEAN))
        .anyMatch(has -> facts.value(has).equals(Value.of(true)));
  }

  /// A rule with what is known filled in.
  public Expression decide(Expression rule) {
    return Simplify.simplify(Rewrite.map(rule, this::once));
  }

  private Expression once(Expression part) {
    var asked = caller instanceof Caller.Guest ? Policy.unequal(part) : part;
    if (asked instanceof Fact fact && known.test(fact.kind())) {
      return fact.type() == Type.Scalar.BOOLEAN ? constant(fact) : asked;
    }
    boolean decided =
        asked.type() == Type.Scalar.BOOLEAN
            && !(asked instanceof Literal)
            && !Rewrite.dependsOnRow(asked)
            && told(asked);
    return decided ? constant(asked) : asked;
  }

  private boolean told(Expression part) {
    return (!(part instanceof Fact fact) || known.test(fact.kind()))
        && Rewrite.children(part).stream().allMatch(this::told);
  }

  private Expression constant(Expression part) {
    var evaluator = new Evaluator(Lookup.NOWHERE, Arguments.NONE, facts);
    return evaluator.holds(part, Map.of()) ? Expression.TRUE : Expression.FALSE;
  }

  /// The rule as it is meant of this caller: nobody is never equal to anything.
  public Expression meant(Expression rule) {
    return caller instanceof Caller.Guest ? Rewrite.map(rule, Policy::unequal) : rule;
  }
}
