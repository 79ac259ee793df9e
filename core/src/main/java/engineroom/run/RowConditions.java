package engineroom.run;

import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Facts;
import engineroom.expression.Lookup;
import engineroom.expression.Rewrite;
import engineroom.model.Entity;
import engineroom.store.Transaction;
import java.util.Map;

/// Holds a row against conditions: in memory where a condition needs that row alone, else by asking
/// the store, which has it.
final class RowConditions {
  private static final Facts NO_FACTS = fact -> Value.NULL;

  private RowConditions() {}

  /// Whether a condition on rows of an entity can be decided without the store.
  static boolean local(Entity entity, Expression condition) {
    return switch (condition) {
      case Get(Variable _, var field, var type) ->
          !(type instanceof Type.RowsOf) && entity.virtual(field) == null;
      case Get(var inner, _, _) -> !(inner.type() instanceof Type.RowOf) && local(entity, inner);
      case Expression.Quantified _, Expression.Count _, Expression.Rollup _, Expression.Search _ ->
          false;
      case Expression.Guarded _ -> false;
      case Expression.Literal _,
          Expression.Parameter _,
          Expression.Fact _,
          Variable _,
          Expression.Not _,
          Expression.Negate _,
          Expression.And _,
          Expression.Or _,
          Expression.Compare _,
          Expression.Arithmetic _,
          Expression.In _,
          Expression.ListOf _,
          Expression.Conditional _,
          Expression.Call _ ->
          Rewrite.children(condition).stream().allMatch(part -> local(entity, part));
    };
  }

  /// A condition about a row alone.
  static boolean holds(Expression condition, Row row, Row old) {
    return new Evaluator(Lookup.NOWHERE, Arguments.NONE, NO_FACTS)
        .holds(condition, Map.of(Variable.ROW, row, Variable.OLD, old));
  }

  /// A condition about a row that the store has, as it was before.
  static boolean holds(
      Transaction transaction, Entity entity, Expression condition, Row row, Row old) {
    if (condition.equals(Expression.TRUE)) {
      return true;
    }
    return local(entity, condition)
        ? holds(condition, row, old)
        : transaction.holds(entity.name(), row.id(), without(condition, old), Arguments.NONE);
  }

  /// The condition with the values of `old` written in.
  private static Expression without(Expression condition, Row old) {
    return Rewrite.map(
        condition,
        part ->
            switch (part) {
              case Get(Variable(var name, _), var field, var type) when name.equals(Variable.OLD) ->
                  new Expression.Literal(old.value(field), type);
              case Variable(var name, var type) when name.equals(Variable.OLD) ->
                  new Expression.Literal(old.id(), type);
              default -> part; // everything else says nothing of the old row
            });
  }
}
