package engineroom.expression;

import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.expression.Expression.Fact;
import engineroom.expression.Expression.FactKind;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Variable;
import engineroom.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what names mean.
final class TypedNames {
  private static final Set<String> CALLER =
      Set.of("id", "signedIn", "roles", "is", "claims", "user");
  private static final Set<String> REQUEST = Set.of("time", "method", "address");

  private final Typing typing;
  private final Scope scope;

  TypedNames(Typing typing, Scope scope) {
    this.typing = typing;
    this.scope = scope;
  }

  Expression name(String name, int at) {
    var variable = typing.variable(name);
    if (variable != null) {
      return variable;
    }
    var entity = scope.entity();
    if (entity.isPresent()) {
      var row = new Type.RowOf(entity.get());
      var member = scope.member(entity.get(), name);
      if (member.isPresent()) {
        return new Get(new Variable(Variable.ROW, row), name, member.get().type());
      }
      if (name.equals("old") && scope.old()) {
        return new Variable(Variable.OLD, row);
      }
    }
    return fact(name, at);
  }

  private Expression fact(String name, int at) {
    if (name.equals("old")) {
      typing.mistake(
          at,
          "old has no meaning here: no row is being changed.",
          "It is for checks and the rules create, update, delete and write.");
      return Typing.wrong();
    }
    if (scope.facts() && name.equals("now")) {
      return new Fact(FactKind.NOW, "", Scalar.TIMESTAMP);
    }
    if (scope.facts() && name.equals("today")) {
      return new Fact(FactKind.TODAY, "", Scalar.DATE);
    }
    if (name.equals("arg") && !scope.arguments()) {
      typing.mistake(
          at, "arg has no meaning here: no request passes arguments.", "Write the value itself.");
      return Typing.wrong();
    }
    if (Set.of("caller", "request", "arg").contains(name)) {
      typing.mistake(at, name + " alone is no value.", "Write " + name + ". and what of it.");
      return Typing.wrong();
    }
    return unknown(scope.entity().map(e -> e + ".").orElse(""), name, at, candidates());
  }

  private List<String> candidates() {
    var names = new ArrayList<>(typing.variables().keySet());
    scope.entity().ifPresent(entity -> names.addAll(scope.members(entity)));
    names.addAll(List.of("now", "today", "caller", "request", "true", "false", "null"));
    if (scope.old()) {
      names.add("old");
    }
    return names;
  }

  private Expression unknown(String owner, String name, int at, Iterable<String> candidates) {
    var all = new ArrayList<String>();
    candidates.forEach(all::add);
    var nearest = Nearest.of(name, all);
    typing.mistake(
        at,
        owner + name + " does not exist.",
        nearest == null ? null : "Did you mean " + nearest + "?");
    return Typing.wrong();
  }

  Expression member(Syntax.Member member) {
    var special = special(member);
    if (special != null) {
      return special;
    }
    var of = typing.type(member.of());
    return switch (of.type()) {
      case Type.RowOf(var entity) -> field(of, entity, member);
      case Type.RowsOf _ -> {
        typing.mistake(
            member.at(),
            "A list has no single " + member.name() + ".",
            "Ask of its rows: .exists(r, r." + member.name() + " == …).");
        yield Typing.wrong();
      }
      case Scalar.MONEY -> part(of, member, Scalar.INTEGER, "amount");
      case Scalar.POINT -> part(of, member, Scalar.NUMBER, "latitude");
      case Scalar.NULL -> Typing.wrong();
      case Scalar _, Type.ListOf _ -> {
        typing.mistake(
            member.at(), Fitting.begun(of.type()) + " has no " + member.name() + ".", null);
        yield Typing.wrong();
      }
    };
  }

  private Expression field(Expression row, String entity, Syntax.Member member) {
    if (row instanceof Variable(var name, _)
        && name.equals(Variable.OLD)
        && scope.virtual(entity, member.name())) {
      typing.mistake(
          member.at(),
          "old." + member.name() + " can't be told: rows do not hold what is computed.",
          "Write stored: true at " + entity + "." + member.name() + ".");
      return Typing.wrong();
    }
    var found = scope.member(entity, member.name());
    return found.isPresent()
        ? new Get(row, member.name(), found.get().type())
        : unknown(entity + ".", member.name(), member.at(), scope.members(entity));
  }

  private Expression part(Expression of, Syntax.Member member, Type type, String first) {
    var second = first.equals("amount") ? "currency" : "longitude";
    if (member.name().equals(first)) {
      return new Get(of, first, type);
    }
    if (member.name().equals(second)) {
      return new Get(of, second, first.equals("amount") ? Scalar.TEXT : type);
    }
    return unknown("", member.name(), member.at(), List.of(first, second));
  }

  /// What stands behind `caller`, `request` and `arg`.
  private @Nullable Expression special(Syntax.Member member) {
    return switch (member.of()) {
      case Syntax.Name(var base, _) when !known(base) ->
          switch (base) {
            case "caller" -> scope.facts() ? caller(member) : null;
            case "request" -> scope.facts() ? request(member) : null;
            case "arg" -> scope.arguments() ? typing.argument(member.name(), member.at()) : null;
            default -> null;
          };
      case Syntax.Member(Syntax.Name(var base, _), var part, _)
          when base.equals("caller") && !known(base) && scope.facts() ->
          callerPart(part, member);
      case Syntax.Constant _,
          Syntax.Name _,
          Syntax.Member _,
          Syntax.Invocation _,
          Syntax.Unary _,
          Syntax.Binary _,
          Syntax.Choice _,
          Syntax.Elements _ ->
          null;
    };
  }

  private boolean known(String name) {
    return typing.variable(name) != null
        || scope.entity().flatMap(entity -> scope.member(entity, name)).isPresent();
  }

  private @Nullable Expression caller(Syntax.Member member) {
    return switch (member.name()) {
      case "id" -> new Fact(FactKind.CALLER_ID, "", new Type.RowOf("user"));
      case "signedIn" -> new Fact(FactKind.SIGNED_IN, "", Scalar.BOOLEAN);
      case "roles" -> new Fact(FactKind.ROLES, "", new Type.ListOf(Scalar.TEXT));
      case "user" -> {
        typing.mistake(member.at(), "caller.user alone is no value.", "Write caller.user.<field>.");
        yield Typing.wrong();
      }
      case "claims" -> {
        typing.mistake(
            member.at(), "caller.claims alone is no value.", "Write caller.claims.<name>.");
        yield Typing.wrong();
      }
      default -> unknown("caller.", member.name(), member.at(), CALLER);
    };
  }

  private @Nullable Expression callerPart(String part, Syntax.Member member) {
    return switch (part) {
      case "claims" -> new Fact(FactKind.CLAIM, member.name(), Scalar.TEXT);
      case "user" -> {
        var field = scope.member("user", member.name());
        yield field.isPresent()
            ? new Fact(FactKind.USER_FIELD, member.name(), field.get().type())
            : unknown("user.", member.name(), member.at(), scope.members("user"));
      }
      default -> null;
    };
  }

  private Expression request(Syntax.Member member) {
    return switch (member.name()) {
      case "time" -> new Fact(FactKind.REQUEST_TIME, "", Scalar.TIMESTAMP);
      case "method" -> new Fact(FactKind.REQUEST_METHOD, "", Scalar.TEXT);
      case "address" -> new Fact(FactKind.REQUEST_ADDRESS, "", Scalar.TEXT);
      default -> unknown("request.", member.name(), member.at(), REQUEST);
    };
  }
}
