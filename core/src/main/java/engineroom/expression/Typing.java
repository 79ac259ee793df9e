package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Variable;
import engineroom.expression.ExpressionMistake.Mistake;
import engineroom.expression.ExpressionReader.ArgumentUse;
import engineroom.expression.ExpressionReader.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives the names and operators of one expression their meaning, and collects what has none.
final class Typing {
  private final Scope scope;
  private final int firstArgument;
  private final TypedNames names;
  private final TypedCalls calls;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Map<String, Variable> variables = new HashMap<>();
  private final Map<String, Type> arguments = new LinkedHashMap<>();
  private final Map<String, Integer> argumentPlaces = new HashMap<>();

  Typing(Scope scope, int firstArgument) {
    this.scope = scope;
    this.firstArgument = firstArgument;
    this.names = new TypedNames(this, scope);
    this.calls = new TypedCalls(this, scope);
  }

  Reading reading(Syntax syntax, Type expected) {
    return reading(as(syntax, expected));
  }

  private Reading reading(Expression expression) {
    arguments.forEach(
        (name, type) -> {
          if (type == Scalar.NULL) {
            mistake(
                argumentPlaces.getOrDefault(name, 0),
                "The type of arg." + name + " can't be told from its use.",
                "Compare it with a field.");
          }
        });
    if (!mistakes.isEmpty()) {
      mistakes.sort(Comparator.comparingInt(Mistake::offset));
      throw new ExpressionMistake(mistakes);
    }
    var uses = new ArrayList<ArgumentUse>();
    arguments.forEach((name, type) -> uses.add(new ArgumentUse(name, type, place(name))));
    return new Reading(settle(expression), uses);
  }

  /// Reads an amount of money: money, or a whole number of its minor units.
  Reading amount(Syntax syntax) {
    var typed = type(syntax);
    if (!agrees(typed.type(), Scalar.INTEGER) && typed.type() != Scalar.MONEY) {
      mistake(
          syntax.at(),
          "Here should be money, and this is " + Fitting.one(typed.type()) + ".",
          null);
    }
    return reading(amount(typed));
  }

  /// Parameters were typed by their first use; earlier mentions get that type too.
  private Expression settle(Expression expression) {
    var types = List.copyOf(arguments.values());
    return Rewrite.map(
        expression,
        part ->
            part instanceof Parameter(var index, var type) && type == Scalar.NULL
                ? new Parameter(index, types.get(index - firstArgument))
                : part);
  }

  private int place(String name) {
    return firstArgument + List.copyOf(arguments.keySet()).indexOf(name);
  }

  void mistake(int at, String message, @Nullable String hint) {
    mistakes.add(new Mistake(at, message, hint));
  }

  /// An expression that is wrong, told already; agrees with everything.
  static Expression wrong() {
    return new Literal(Value.NULL, Scalar.NULL);
  }

  Parameter argument(String name, int at) {
    arguments.putIfAbsent(name, Scalar.NULL);
    argumentPlaces.putIfAbsent(name, at);
    return new Parameter(place(name), arguments.getOrDefault(name, Scalar.NULL));
  }

  @Nullable Variable variable(String name) {
    return variables.get(name);
  }

  Map<String, Variable> variables() {
    return variables;
  }

  /// The meaning of a part.
  Expression type(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Constant(var literal, _) -> literal;
      case Syntax.Name(var name, var at) -> names.name(name, at);
      case Syntax.Member member -> names.member(member);
      case Syntax.Invocation invocation -> calls.invocation(invocation);
      case Syntax.Unary unary -> unary(unary);
      case Syntax.Binary binary -> binary(binary);
      case Syntax.Choice choice -> new TypedOperators(this).choice(choice);
      case Syntax.Elements elements -> new TypedOperators(this).elements(elements);
    };
  }

  /// The meaning of a part that must be of a type.
  Expression as(Syntax syntax, Type expected) {
    var typed = adopt(type(syntax), expected, syntax.at());
    if (!agrees(typed.type(), expected)) {
      mistake(
          syntax.at(),
          "Here should be "
              + Fitting.one(expected)
              + ", and this is "
              + Fitting.one(typed.type())
              + ".",
          null);
      return wrong();
    }
    return typed;
  }

  private static boolean agrees(Type type, Type expected) {
    if (type == Scalar.NULL || type.equals(expected)) {
      return true;
    }
    boolean widened =
        Fitting.numeric(type)
            && Fitting.numeric(expected)
            && Fitting.wider(type, expected).equals(expected);
    boolean id = type instanceof Type.RowOf && (expected == Scalar.UUID || expected == Scalar.TEXT);
    return widened || id;
  }

  /// A literal or argument as the type of its place, where it can be.
  Expression adopt(Expression expression, Type type, int at) {
    return switch (expression) {
      case Literal literal -> {
        var wanted = idType(type);
        var fitted = Fitting.fit(literal, wanted);
        if (fitted == null && literal.type() == Scalar.TEXT && writtenAsText(wanted)) {
          mistake(at, "This text is not " + Fitting.one(wanted) + ".", example(wanted));
          yield wrong();
        }
        yield fitted == null ? expression : new Literal(fitted.value(), retyped(fitted, type));
      }
      case Parameter(var index, var known) when known == Scalar.NULL && type != Scalar.NULL -> {
        var name = List.copyOf(arguments.keySet()).get(index - firstArgument);
        var before = arguments.put(name, type);
        if (before != null && before != Scalar.NULL && !before.equals(type)) {
          mistake(
              at,
              "arg."
                  + name
                  + " is used as "
                  + Fitting.name(before)
                  + " and as "
                  + Fitting.name(type)
                  + ".",
              "Use two arguments.");
        }
        yield new Parameter(index, type);
      }
      case Expression.ListOf(var elements, _) when type instanceof Type.ListOf(var element) ->
          list(elements.stream().map(e -> adopt(e, element, at)).toList(), expression, element);
      default -> expression; // everything else has its type
    };
  }

  private static Expression list(List<Expression> elements, Expression before, Type element) {
    return elements.stream().allMatch(e -> Fitting.comparable(e.type(), element))
        ? new Expression.ListOf(elements, new Type.ListOf(element))
        : before;
  }

  private static Type retyped(Literal fitted, Type type) {
    return fitted.value() == Value.NULL || type instanceof Type.RowOf ? type : fitted.type();
  }

  private Type idType(Type type) {
    return type instanceof Type.RowOf(var entity)
        ? scope.member(entity, "id").map(Scope.Member::type).orElse(Scalar.UUID)
        : type;
  }

  private static boolean writtenAsText(Type type) {
    return example(type) != null;
  }

  private static @Nullable String example(Type type) {
    return switch (type) {
      case Scalar.TIMESTAMP -> "Write it as '2026-08-01T10:00:00Z'.";
      case Scalar.DATE -> "Write it as '2026-08-01'.";
      case Scalar.TIME -> "Write it as '10:00:00'.";
      case Scalar.DURATION -> "Write it as 'PT1H30M' or '90s'.";
      case Scalar.UUID -> "Write all 36 characters of the id.";
      case Scalar _, Type.ListOf _, Type.RowOf _, Type.RowsOf _ -> null;
    };
  }

  private Expression unary(Syntax.Unary unary) {
    if (unary.operator().equals("!")) {
      return new Expression.Not(as(unary.operand(), Scalar.BOOLEAN));
    }
    var operand = type(unary.operand());
    if (!Fitting.numeric(operand.type())
        && operand.type() != Scalar.DURATION
        && operand.type() != Scalar.NULL) {
      mistake(unary.at(), Fitting.begun(operand.type()) + " has no negative.", null);
      return wrong();
    }
    return new Expression.Negate(operand, operand.type());
  }

  private Expression binary(Syntax.Binary binary) {
    return switch (binary.operator()) {
      case "&&" ->
          new Expression.And(
              joined(binary, "&&").stream().map(part -> as(part, Scalar.BOOLEAN)).toList());
      case "||" ->
          new Expression.Or(
              joined(binary, "||").stream().map(part -> as(part, Scalar.BOOLEAN)).toList());
      case "in" -> in(binary);
      case "+", "-", "*", "/", "%" -> new TypedOperators(this).calculation(binary);
      default -> comparison(binary);
    };
  }

  private static List<Syntax> joined(Syntax syntax, String operator) {
    if (!(syntax instanceof Syntax.Binary(var own, var left, var right, _))
        || !own.equals(operator)) {
      return List.of(syntax);
    }
    var parts = new ArrayList<>(joined(left, operator));
    parts.addAll(joined(right, operator));
    return parts;
  }

  private Expression comparison(Syntax.Binary binary) {
    var left = type(binary.left());
    var right = type(binary.right());
    if (!(left instanceof Parameter || right instanceof Parameter)) {
      left = adopt(left, right.type(), binary.left().at());
      right = adopt(right, left.type(), binary.right().at());
    }
    if (left.type() == Scalar.MONEY ^ right.type() == Scalar.MONEY) {
      left = amount(left, right);
      right = amount(right, left);
    }
    right = adopt(right, left.type(), binary.right().at());
    left = adopt(left, right.type(), binary.left().at());
    var comparison = comparison(binary.operator());
    boolean equality =
        comparison == Expression.Comparison.EQUAL || comparison == Expression.Comparison.NOT_EQUAL;
    if (!Fitting.comparable(left.type(), right.type())
        || left.type() instanceof Type.RowsOf
        || right.type() instanceof Type.RowsOf) {
      mistake(
          binary.at(),
          Fitting.begun(left.type()) + " can't be compared with " + Fitting.one(right.type()) + ".",
          null);
      return wrong();
    }
    if (!equality && !(Fitting.ordered(left.type()) && Fitting.ordered(right.type()))) {
      mistake(binary.at(), Fitting.begun(left.type()) + " has no order.", "Compare with == or !=.");
      return wrong();
    }
    boolean folds = folds(left) || folds(right);
    return new Expression.Compare(comparison, folded(left, folds), folded(right, folds));
  }

  /// Money calculates by its amount.
  static Expression amount(Expression expression) {
    return expression.type() == Scalar.MONEY
        ? new Get(expression, "amount", Scalar.INTEGER)
        : expression;
  }

  /// Money compares with numbers, and with arguments, by its amount; with null as it is.
  private static Expression amount(Expression expression, Expression other) {
    return expression.type() == Scalar.MONEY
            && (other.type() != Scalar.NULL || other instanceof Parameter)
        ? new Get(expression, "amount", Scalar.INTEGER)
        : expression;
  }

  private static Expression.Comparison comparison(String operator) {
    return switch (operator) {
      case "==" -> Expression.Comparison.EQUAL;
      case "!=" -> Expression.Comparison.NOT_EQUAL;
      case "<" -> Expression.Comparison.LESS;
      case "<=" -> Expression.Comparison.LESS_OR_EQUAL;
      case ">" -> Expression.Comparison.GREATER;
      case ">=" -> Expression.Comparison.GREATER_OR_EQUAL;
      default -> throw new IllegalStateException("the grammar has no operator " + operator);
    };
  }

  /// Whether a text compares without regard to case.
  boolean folds(Expression expression) {
    return expression instanceof Get(var row, var field, _)
        && row.type() instanceof Type.RowOf(var entity)
        && scope.member(entity, field).map(Scope.Member::ignoreCase).orElse(false);
  }

  static Expression folded(Expression expression, boolean folds) {
    return folds && expression.type() == Scalar.TEXT
        ? new Call(Function.LOWER, List.of(expression), Scalar.TEXT)
        : expression;
  }

  private Expression in(Syntax.Binary binary) {
    var element = type(binary.left());
    var list = type(binary.right());
    list = adopt(list, new Type.ListOf(element.type()), binary.right().at());
    if (!(list.type() instanceof Type.ListOf(var inner))) {
      mistake(
          binary.right().at(),
          "Behind in should be a list, and this is " + Fitting.one(list.type()) + ".",
          null);
      return wrong();
    }
    element = adopt(element, inner, binary.left().at());
    if (!Fitting.comparable(element.type(), inner)) {
      mistake(
          binary.at(),
          Fitting.begun(element.type()) + " can't be in " + Fitting.one(list.type()) + ".",
          null);
      return wrong();
    }
    if (!folds(element)) {
      return new Expression.In(element, list);
    }
    return list instanceof Expression.ListOf(var elements, var type)
        ? new Expression.In(
            folded(element, true),
            new Expression.ListOf(elements.stream().map(e -> folded(e, true)).toList(), type))
        : new Expression.In(element, list);
  }
}
