package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.expression.Expression.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives `+ - * / %`, `? :` and lists written out their types.
final class TypedOperators {
  private final Typing typing;

  TypedOperators(Typing typing) {
    this.typing = typing;
  }

  Expression calculation(Syntax.Binary binary) {
    var left = Typing.amount(typing.type(binary.left()));
    var right = Typing.amount(typing.type(binary.right()));
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

  Expression choice(Syntax.Choice choice) {
    var condition = typing.as(choice.condition(), Scalar.BOOLEAN);
    var then = typing.type(choice.then());
    var otherwise = typing.type(choice.otherwise());
    if (Fitting.numeric(then.type()) || Fitting.numeric(otherwise.type())) {
      then = Typing.amount(then);
      otherwise = Typing.amount(otherwise);
    }
    then = typing.adopt(then, otherwise.type(), choice.then().at());
    otherwise = typing.adopt(otherwise, then.type(), choice.otherwise().at());
    var type = branches(then.type(), otherwise.type());
    if (type.isEmpty()) {
      typing.mistake(
          choice.at(),
          "The two branches are "
              + Fitting.one(then.type())
              + " and "
              + Fitting.one(otherwise.type())
              + ".",
          "Make them of one type.");
      return Typing.wrong();
    }
    return new Expression.Conditional(condition, then, otherwise, type.get());
  }

  private static Optional<Type> branches(Type then, Type otherwise) {
    if (then instanceof Type.RowsOf || otherwise instanceof Type.RowsOf) {
      return Optional.empty();
    }
    if (then == Scalar.NULL || then.equals(otherwise)) {
      return Optional.of(otherwise);
    }
    if (otherwise == Scalar.NULL) {
      return Optional.of(then);
    }
    return Fitting.numeric(then) && Fitting.numeric(otherwise)
        ? Optional.of(Fitting.wider(then, otherwise))
        : Optional.empty();
  }

  Expression elements(Syntax.Elements elements) {
    var typed = elements.elements().stream().map(typing::type).toList();
    Type type = Scalar.NULL;
    for (int i = 0; i < typed.size(); i++) {
      var joined = branches(type, typed.get(i).type());
      if (joined.isEmpty()) {
        typing.mistake(
            elements.elements().get(i).at(), "The elements are of different types.", null);
        return Typing.wrong();
      }
      type = joined.get();
    }
    return new Expression.ListOf(typed, new Type.ListOf(type));
  }
}
