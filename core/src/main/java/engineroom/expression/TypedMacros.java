package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.expression.Expression.Quantifier;
import engineroom.expression.Expression.Roll;
import engineroom.expression.Expression.Variable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what the macros over inverse lists mean: `exists` and its kin, and the roll-ups.
final class TypedMacros {
  /// Everything that can be asked of a list in this way.
  static final List<String> NAMES =
      List.of("exists", "all", "exists_one", "count", "sum", "min", "max");

  private static final Map<String, Quantifier> QUANTIFIERS =
      Map.of(
          "exists", Quantifier.EXISTS, "all", Quantifier.ALL, "exists_one", Quantifier.EXISTS_ONE);
  private static final Map<String, Roll> ROLLS =
      Map.of("sum", Roll.SUM, "min", Roll.MIN, "max", Roll.MAX);

  private final Typing typing;
  private int depth;
  private int renamed;

  TypedMacros(Typing typing) {
    this.typing = typing;
  }

  /// No two variables of an expression have one name.
  String fresh(String name) {
    return name + "_" + ++renamed;
  }

  Expression macro(Syntax.Invocation call, Syntax target) {
    var list = typing.type(target);
    if (!(list.type() instanceof Type.RowsOf(var entity))) {
      return noList(call, list.type());
    }
    if (call.name().equals("count") && call.arguments().isEmpty()) {
      return new Expression.Count(list, fresh("counted"), Expression.TRUE);
    }
    if (call.arguments().size() != 2
        || !(call.arguments().getFirst() instanceof Syntax.Name(var name, _))) {
      typing.mistake(
          call.at(),
          call.name() + " takes a name and a " + (rolls(call) ? "value." : "condition."),
          "Write ." + call.name() + "(r, …).");
      return Typing.wrong();
    }
    if (depth == ExpressionReader.MACROS_MAX) {
      typing.mistake(
          call.at(), "Lists are nested more than " + ExpressionReader.MACROS_MAX + " deep.", null);
      return Typing.wrong();
    }
    var variable = new Variable(fresh(name), new Type.RowOf(entity));
    return over(call, list, name, variable);
  }

  private Expression noList(Syntax.Invocation call, Type type) {
    if (type != Scalar.NULL) {
      typing.mistake(
          call.at(),
          call.name() + " needs a list of rows, and this is " + Fitting.one(type) + ".",
          type instanceof Type.ListOf ? "Ask with in: 'x' in list." : null);
    }
    return Typing.wrong();
  }

  private static boolean rolls(Syntax.Invocation call) {
    return ROLLS.containsKey(call.name());
  }

  private Expression over(Syntax.Invocation call, Expression list, String name, Variable variable) {
    depth++;
    var hidden = typing.variables().put(name, variable);
    var made = made(call, list, variable.name());
    if (hidden == null) {
      typing.variables().remove(name);
    } else {
      typing.variables().put(name, hidden);
    }
    depth--;
    return made;
  }

  private Expression made(Syntax.Invocation call, Expression list, String variable) {
    var said = call.arguments().get(1);
    var quantifier = QUANTIFIERS.get(call.name());
    if (quantifier != null) {
      var condition = typing.as(said, Scalar.BOOLEAN);
      return new Expression.Quantified(quantifier, list, variable, condition);
    }
    var roll = ROLLS.get(call.name());
    return roll == null
        ? new Expression.Count(list, variable, typing.as(said, Scalar.BOOLEAN))
        : rollup(roll, list, variable, said);
  }

  private Expression rollup(Roll roll, Expression list, String variable, Syntax said) {
    var value = Typing.amount(typing.type(said));
    if (value.type() == Scalar.NULL && !(said instanceof Syntax.Constant)) {
      return Typing.wrong(); // told already
    }
    if (!goes(roll, value.type())) {
      typing.mistake(said.at(), refusal(roll, value.type()), hint(roll, value.type()));
      return Typing.wrong();
    }
    return new Expression.Rollup(roll, list, variable, Expression.TRUE, value);
  }

  private static boolean goes(Roll roll, Type type) {
    if (Fitting.numeric(type) || type == Scalar.DURATION) {
      return true;
    }
    return roll != Roll.SUM
        && (type == Scalar.TIMESTAMP || type == Scalar.DATE || type == Scalar.TIME);
  }

  private static String refusal(Roll roll, Type type) {
    if (type == Scalar.NULL) {
      return "There is nothing to make a value of.";
    }
    return Fitting.begun(type) + (roll == Roll.SUM ? " can't be added up." : " has no extremes.");
  }

  private static @Nullable String hint(Roll roll, Type type) {
    if (type == Scalar.NULL) {
      return null;
    }
    return roll == Roll.SUM
        ? "Add up numbers, money or durations."
        : "Numbers, money, durations, dates, times and timestamps have.";
  }
}
