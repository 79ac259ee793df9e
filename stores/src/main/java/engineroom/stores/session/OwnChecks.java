package engineroom.stores.session;

import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.expression.Expression.Arithmetic;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Conditional;
import engineroom.expression.Expression.Count;
import engineroom.expression.Expression.Fact;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Guarded;
import engineroom.expression.Expression.In;
import engineroom.expression.Expression.ListOf;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Negate;
import engineroom.expression.Expression.Not;
import engineroom.expression.Expression.Or;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Quantified;
import engineroom.expression.Expression.Rollup;
import engineroom.expression.Expression.Search;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Lookup;
import engineroom.model.Entity;
import engineroom.problem.Violation;
import java.util.List;
import java.util.Map;

/// The checks of an entity that mention nothing but the row's own values. Others are for the
/// engine.
final class OwnChecks {
  private OwnChecks() {}

  /// What a row breaks.
  static List<Violation> broken(Entity entity, Row row) {
    var evaluator = new Evaluator(Lookup.NOWHERE, Arguments.NONE, _ -> Value.NULL);
    return entity.keys().checks().stream()
        .filter(check -> own(check.condition()) && !entity.mentionsComputed(check.condition()))
        .filter(check -> !evaluator.holds(check.condition(), Map.of(Variable.ROW, row)))
        .map(check -> new Violation("", "check/" + check.name(), check.message()))
        .toList();
  }

  private static boolean own(Expression expression) {
    return switch (expression) {
      case Literal _ -> true;
      case Variable(var name, _) -> name.equals(Variable.ROW);
      case Get(Variable row, _, var type) -> own(row) && !(type instanceof Type.RowsOf);
      case Get(var value, _, _) -> !(value.type() instanceof Type.RowOf) && own(value);
      case Not(var operand) -> own(operand);
      case Negate(var operand, _) -> own(operand);
      case And(var parts) -> parts.stream().allMatch(OwnChecks::own);
      case Or(var parts) -> parts.stream().allMatch(OwnChecks::own);
      case Compare(_, var left, var right) -> own(left) && own(right);
      case Arithmetic(_, var left, var right, _) -> own(left) && own(right);
      case In(var element, var list) -> own(element) && own(list);
      case ListOf(var elements, _) -> elements.stream().allMatch(OwnChecks::own);
      case Conditional(var condition, var then, var otherwise, _) ->
          own(condition) && own(then) && own(otherwise);
      case Call(_, var arguments, _) -> arguments.stream().allMatch(OwnChecks::own);
      case Parameter _, Fact _, Guarded _, Quantified _, Count _, Rollup _, Search _ -> false;
    };
  }
}
