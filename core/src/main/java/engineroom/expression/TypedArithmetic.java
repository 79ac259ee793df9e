package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Operator;
import org.jspecify.annotations.Nullable;

/// Gives `+ - * / %` their types.
final class TypedArithmetic {
  private final Typing typing;

  TypedArithmetic(Typing typing) {
    this.typing = typing;
  }

  Expression calculation(Syntax.Binary binary) {
    var left = amount(typing.type(binary.left()));
    var right = amount(typing.type(binary.right()));
    if (Fitting.numeric(left.type()) || left.type() == Scalar.NULL) {
      left = typing.adopt(left, right.type(), binary.left().at());
    }
    right = typing.adopt(right, left.type(), binary.right().at());
    var operator = operator(binary.operator());
    var type = type(operator, left.type(), right.type());
    if (type == null) {
      typing.mistake(
          binary.at(),
          Fitting.begun(left.type())
              + " and "
              + Fitting.one(right.type())
              + " have no "
              + binary.operator()
              + ".",
          null);
      return Typing.wrong();
    }
    return new Expression.Arithmetic(operator, left, right, type);
  }

  private static Expression amount(Expression expression) {
    return expression.type() == Scalar.MONEY
        ? new Get(expression, "amount", Scalar.INTEGER)
        : expression;
  }

  private static Operator operator(String sign) {
    return switch (sign) {
      case "+" -> Operator.ADD;
      case "-" -> Operator.SUBTRACT;
      case "*" -> Operator.MULTIPLY;
      case "/" -> Operator.DIVIDE;
      case "%" -> Operator.REMAINDER;
      default -> throw new IllegalStateException("the grammar has no operator " + sign);
    };
  }

  private static @Nullable Type type(Operator operator, Type left, Type right) {
    if (left == Scalar.NULL || right == Scalar.NULL) {
      return left == Scalar.NULL ? right : left;
    }
    if (Fitting.numeric(left) && Fitting.numeric(right)) {
      return Fitting.wider(left, right);
    }
    return switch (operator) {
      case ADD -> sum(left, right);
      case SUBTRACT -> difference(left, right);
      case MULTIPLY, DIVIDE, REMAINDER -> null;
    };
  }

  private static @Nullable Type sum(Type left, Type right) {
    if (left == Scalar.TEXT && right == Scalar.TEXT) {
      return Scalar.TEXT;
    }
    if (moment(left) && right == Scalar.DURATION) {
      return left;
    }
    return left == Scalar.DURATION && moment(right) ? right : null;
  }

  private static @Nullable Type difference(Type left, Type right) {
    if (moment(left) && right == Scalar.DURATION) {
      return left;
    }
    return left.equals(right) && moment(left) ? Scalar.DURATION : null;
  }

  private static boolean moment(Type type) {
    return type == Scalar.TIMESTAMP || type == Scalar.DATE || type == Scalar.DURATION;
  }
}
