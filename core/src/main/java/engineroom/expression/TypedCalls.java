package engineroom.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Fact;
import engineroom.expression.Expression.FactKind;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Literal;
import engineroom.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds what functions, methods and macros mean.
final class TypedCalls {
  private static final Map<String, Function> TESTS =
      Map.of(
          "startsWith", Function.STARTS_WITH,
          "endsWith", Function.ENDS_WITH,
          "contains", Function.CONTAINS,
          "matches", Function.MATCHES);
  private static final Map<String, Function> TEXTS =
      Map.of("lower", Function.LOWER, "upper", Function.UPPER, "trim", Function.TRIM);
  private static final Map<String, Type> MOMENTS =
      Map.of("timestamp", Scalar.TIMESTAMP, "date", Scalar.DATE, "duration", Scalar.DURATION);

  private final Typing typing;
  private final Scope scope;
  private final TypedMacros macros;

  TypedCalls(Typing typing, Scope scope) {
    this.typing = typing;
    this.scope = scope;
    this.macros = new TypedMacros(typing);
  }

  Expression invocation(Syntax.Invocation call) {
    if (call.target() instanceof Syntax.Name(var base, _)
        && base.equals("caller")
        && call.name().equals("is")
        && scope.facts()) {
      return role(call);
    }
    if (call.target() != null && TypedMacros.NAMES.contains(call.name())) {
      return macros.macro(call, call.target());
    }
    var parameters = new ArrayList<Syntax>();
    if (call.target() != null) {
      parameters.add(call.target());
    }
    parameters.addAll(call.arguments());
    return function(call, parameters);
  }

  private Expression function(Syntax.Invocation call, List<Syntax> parameters) {
    var name = call.name();
    if (name.equals("size") && takes(call, parameters, 1)) {
      return size(parameters.getFirst());
    }
    if (TEXTS.containsKey(name) && takes(call, parameters, 1)) {
      var text = typing.as(parameters.getFirst(), Scalar.TEXT);
      return new Call(TEXTS.get(name), List.of(text), Scalar.TEXT);
    }
    if (TESTS.containsKey(name) && takes(call, parameters, 2)) {
      return test(TESTS.get(name), parameters);
    }
    if (MOMENTS.containsKey(name) && takes(call, parameters, 1)) {
      return typing.as(parameters.getFirst(), MOMENTS.get(name));
    }
    if (!known(name)) {
      var nearest = Nearest.of(name, known());
      typing.mistake(
          call.at(),
          "There is no function " + name + ".",
          nearest == null ? null : "Did you mean " + nearest + "?");
    }
    return Typing.wrong();
  }

  private static boolean known(String name) {
    return known().contains(name);
  }

  private static List<String> known() {
    var names = new ArrayList<>(List.of("size"));
    names.addAll(TypedMacros.NAMES);
    names.addAll(TESTS.keySet());
    names.addAll(TEXTS.keySet());
    names.addAll(MOMENTS.keySet());
    return names;
  }

  private boolean takes(Syntax.Invocation call, List<Syntax> parameters, int count) {
    if (parameters.size() == count) {
      return true;
    }
    int given = call.target() == null ? parameters.size() : parameters.size() - 1;
    int wanted = call.target() == null ? count : count - 1;
    typing.mistake(
        call.at(),
        call.name()
            + " takes "
            + wanted
            + (wanted == 1 ? " value" : " values")
            + ", and "
            + given
            + (given == 1 ? " is here." : " are here."),
        null);
    return false;
  }

  private Expression size(Syntax parameter) {
    var of = typing.type(parameter);
    return switch (of.type()) {
      case Type.RowsOf _ -> new Expression.Count(of, macros.fresh("counted"), Expression.TRUE);
      case Type.ListOf _ -> new Call(Function.SIZE, List.of(of), Scalar.INTEGER);
      case Scalar.TEXT, Scalar.BYTES, Scalar.NULL ->
          new Call(Function.SIZE, List.of(of), Scalar.INTEGER);
      case Scalar _, Type.RowOf _ -> {
        typing.mistake(parameter.at(), Fitting.begun(of.type()) + " has no size.", null);
        yield Typing.wrong();
      }
    };
  }

  private Expression test(Function function, List<Syntax> parameters) {
    var text = typing.as(parameters.getFirst(), Scalar.TEXT);
    var other = typing.as(parameters.get(1), Scalar.TEXT);
    if (function == Function.MATCHES) {
      pattern(other, parameters.get(1).at());
      return new Call(function, List.of(text, other), Scalar.BOOLEAN);
    }
    boolean folds = typing.folds(text) || typing.folds(other);
    return new Call(
        function, List.of(Typing.folded(text, folds), Typing.folded(other, folds)), Scalar.BOOLEAN);
  }

  private void pattern(Expression pattern, int at) {
    switch (pattern) {
      case Literal(Value.Text(var text), _) -> {
        if (text.length() > Functions.PATTERN_MAX) {
          typing.mistake(
              at, "The pattern has more than " + Functions.PATTERN_MAX + " characters.", null);
          return;
        }
        try {
          Pattern.compile(text);
        } catch (PatternSyntaxException e) {
          typing.mistake(
              at, "This is no pattern: " + e.getDescription() + ".", "Patterns follow RE2.");
        }
      }
      case Expression.Parameter _ -> {}
      case Literal _ -> {}
      default ->
          typing.mistake(at, "A pattern must be written out.", "Write a text, or pass it as arg.…");
    }
  }

  private Expression role(Syntax.Invocation call) {
    if (call.arguments().size() != 1
        || !(call.arguments().getFirst()
            instanceof Syntax.Constant(Literal(Value.Text(var role), _), var at))) {
      typing.mistake(call.at(), "caller.is takes the name of one role.", "Write caller.is('…').");
      return Typing.wrong();
    }
    if (!scope.roles().contains(role)) {
      var nearest = Nearest.of(role, scope.roles());
      typing.mistake(
          at,
          "There is no role " + role + ".",
          nearest == null ? "Declare it under roles." : "Did you mean " + nearest + "?");
    }
    return new Fact(FactKind.HAS_ROLE, role, Scalar.BOOLEAN);
  }
}
