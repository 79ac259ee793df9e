package engineroom.store;

import engineroom.data.Type;
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
import java.util.List;

/// Tells which expressions mention nothing but the values of variable `row`: no other row, caller
/// or parameter.
final class OwnValues {
  private OwnValues() {}

  static boolean only(Expression expression) {
    return switch (expression) {
      case Literal _ -> true;
      case Variable(var name, _) -> name.equals(Variable.ROW);
      case Get(Variable row, _, var type) -> only(row) && !(type instanceof Type.RowsOf);
      case Get(var value, _, _) -> !(value.type() instanceof Type.RowOf) && only(value);
      case Not(var operand) -> only(operand);
      case Negate(var operand, _) -> only(operand);
      case And(var parts) -> all(parts);
      case Or(var parts) -> all(parts);
      case Compare(_, var left, var right) -> only(left) && only(right);
      case Arithmetic(_, var left, var right, _) -> only(left) && only(right);
      case In(var element, var list) -> only(element) && only(list);
      case ListOf(var elements, _) -> all(elements);
      case Conditional(var condition, var then, var otherwise, _) ->
          only(condition) && only(then) && only(otherwise);
      case Call(_, var arguments, _) -> all(arguments);
      case Parameter _, Fact _, Guarded _, Quantified _, Count _, Rollup _, Search _ -> false;
    };
  }

  private static boolean all(List<Expression> parts) {
    return parts.stream().allMatch(OwnValues::only);
  }
}
