package engineroom.expression;

import engineroom.data.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Decides what constants decide, so that an open rule costs a store nothing.
public final class Simplify {
  private static final Evaluator CONSTANTS =
      new Evaluator(Lookup.NOWHERE, Arguments.NONE, fact -> Value.NULL);

  private Simplify() {}

  /// An expression of the same meaning: without constant conditions in `&&`, `||`, `!` and `?:`,
  /// and with comparisons of constants decided.
  public static Expression simplify(Expression expression) {
    return Rewrite.map(expression, Simplify::once);
  }

  private static Expression once(Expression expression) {
    return switch (expression) {
      case Expression.And(var parts) -> joined(parts, Expression.FALSE);
      case Expression.Or(var parts) -> joined(parts, Expression.TRUE);
      case Expression.Not(Expression.Literal operand) -> truth(!holds(operand));
      case Expression.Conditional(Expression.Literal condition, var then, var otherwise, _) ->
          holds(condition) ? then : otherwise;
      case Expression.Compare compare when constant(compare) -> truth(holds(compare));
      case Expression.In in when constant(in) -> truth(holds(in));
      case Expression.Literal _,
          Expression.Parameter _,
          Expression.Variable _,
          Expression.Fact _,
          Expression.Get _,
          Expression.Guarded _,
          Expression.Not _,
          Expression.Negate _,
          Expression.Compare _,
          Expression.Arithmetic _,
          Expression.In _,
          Expression.ListOf _,
          Expression.Conditional _,
          Expression.Call _,
          Expression.Quantified _,
          Expression.Count _,
          Expression.Rollup _,
          Expression.Search _ ->
          expression;
    };
  }

  /// `&&` where false decides, `||` where true does.
  private static Expression joined(List<Expression> parts, Expression deciding) {
    boolean and = deciding.equals(Expression.FALSE);
    var kept = new ArrayList<Expression>();
    for (var part : parts) {
      if (part instanceof Expression.Literal literal) {
        if (holds(literal) != and) {
          return deciding;
        }
        continue;
      }
      kept.addAll(flat(part, and));
    }
    if (kept.isEmpty()) {
      return truth(and);
    }
    if (kept.size() == 1 && neverNull(kept.getFirst())) {
      return kept.getFirst();
    }
    return and ? new Expression.And(kept) : new Expression.Or(kept);
  }

  /// Whether a condition is true or false and nothing else: a null that stands alone is not the
  /// false that `&&` makes of it.
  private static boolean neverNull(Expression condition) {
    return condition instanceof Expression.And
        || condition instanceof Expression.Or
        || condition instanceof Expression.Not
        || condition instanceof Expression.Compare
        || condition instanceof Expression.In
        || condition instanceof Expression.Quantified
        || condition instanceof Expression.Search;
  }

  private static List<Expression> flat(Expression part, boolean and) {
    return switch (part) {
      case Expression.And(var parts) when and -> parts;
      case Expression.Or(var parts) when !and -> parts;
      default -> List.of(part); // anything else is one part
    };
  }

  private static boolean constant(Expression expression) {
    return Rewrite.children(expression).stream()
        .allMatch(
            part ->
                part instanceof Expression.Literal
                    || (part instanceof Expression.ListOf && constant(part)));
  }

  private static boolean holds(Expression constant) {
    return CONSTANTS.holds(constant, Map.of());
  }

  private static Expression truth(boolean truth) {
    return truth ? Expression.TRUE : Expression.FALSE;
  }
}
