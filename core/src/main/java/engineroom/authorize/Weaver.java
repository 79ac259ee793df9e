package engineroom.authorize;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Rewrite;
import engineroom.expression.Simplify;
import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.problem.Nearest;
import engineroom.problem.OperationProblem.UnknownField;
import engineroom.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Weaves one caller's rights into the expressions of one request. What the caller may not read is
/// put out of reach before anything sees it: a field that is readable only in some rows is null in
/// the others, a reference to an invisible row leads nowhere, a list has only its visible rows. A
/// field that is never readable is refused like one that does not exist.
///
/// Facts become parameters behind those of the request; [#facts] holds them in order.
final class Weaver {
  private final Model model;
  private final Grants grants;
  private final int firstFact;
  private final List<Expression.Fact> facts = new ArrayList<>();
  private int renamed;

  Weaver(Model model, Grants grants, int requestArguments) {
    this.model = model;
    this.grants = grants;
    this.firstFact = requestArguments;
  }

  /// What the parameters behind those of the request stand for.
  List<Expression.Fact> facts() {
    return facts;
  }

  /// An expression of the request: guarded and masked.
  Expression request(Expression expression) {
    return Simplify.simplify(Rewrite.map(expression, this::weave));
  }

  /// A request's order, guarded and masked, with the id as its last key.
  List<Sort> order(Entity entity, List<Sort> sort) {
    var keys = new ArrayList<Sort>(sort.size() + 1);
    for (var key : sort) {
      keys.add(new Sort(request(key.by()), key.direction()));
    }
    var id = entity.get("id");
    if (keys.stream().noneMatch(key -> key.by().equals(id))) {
      keys.add(new Sort(id, keys.isEmpty() ? Direction.ASCENDING : keys.getLast().direction()));
    }
    return List.copyOf(keys);
  }

  /// A rule of the model on variable `row`.
  Expression rule(Expression rule) {
    return Rewrite.map(rule, this::bind);
  }

  /// Which rows of an entity the caller may see, on variable `row`.
  Expression visible(String entity) {
    return rule(readable(entity));
  }

  /// The rule for reading rows. A version is seen by whoever may see it and the row as it is today,
  /// or as it was at the end: what was withdrawn stays so. Rules are asked today: of the version's
  /// own values, and of the caller and all other rows as they are.
  private Expression readable(String entity) {
    var rule = grants.on(entity).read();
    if (!History.isThen(entity) || rule.equals(Expression.TRUE)) {
      return rule;
    }
    var version = new Variable(Variable.ROW, new Type.RowOf(entity));
    var today = today(version, entity);
    var id = model.entity(entity).get("id").type();
    var gone =
        new Expression.Compare(
            Expression.Comparison.EQUAL,
            new Get(today, "id", id),
            new Expression.Literal(Value.NULL, id));
    var last =
        new Get(version, History.LAST, new Type.RowOf(History.last(History.present(entity))));
    var now =
        new Expression.Conditional(
            gone, about(rule, last), about(rule, today), Type.Scalar.BOOLEAN);
    return and(rule, now);
  }

  private static Expression today(Expression version, String entity) {
    return new Get(version, History.NOW, new Type.RowOf(History.present(entity)));
  }

  /// The list of a row; the rule of a version asks for the list of the row as it is today.
  private static Expression list(Get list, Expression row) {
    return list.row().equals(row)
            && row.type() instanceof Type.RowOf(var entity)
            && History.isThen(entity)
        ? new Get(today(row, entity), list.field(), list.type())
        : list;
  }

  /// A rule, said of another row: its own variables are renamed so that they can't catch that
  /// row's.
  private Expression about(Expression rule, Expression row) {
    var names = new HashMap<String, String>();
    var fresh =
        Rewrite.map(
            rule(rule),
            part ->
                switch (part) {
                  case Variable(var name, _) when name.equals(Variable.ROW) -> row;
                  case Variable(var name, var type) -> new Variable(fresh(names, name), type);
                  case Get get when get.type() instanceof Type.RowsOf -> list(get, row);
                  case Expression.Quantified(var q, var list, var name, var condition) ->
                      new Expression.Quantified(q, list, fresh(names, name), condition);
                  case Expression.Count(var list, var name, var condition) ->
                      new Expression.Count(list, fresh(names, name), condition);
                  case Expression.Rollup(var roll, var list, var name, var condition, var value) ->
                      new Expression.Rollup(roll, list, fresh(names, name), condition, value);
                  case Expression.Guarded(var guarded, var name, var condition) ->
                      new Expression.Guarded(guarded, fresh(names, name), condition);
                  default -> part; // a rule's other parts have no names
                });
    return fresh;
  }

  private String fresh(Map<String, String> names, String name) {
    return names.computeIfAbsent(name, n -> n + "__" + ++renamed);
  }

  private Expression weave(Expression part) {
    return switch (part) {
      case Get get -> guardedGet(get);
      case Expression.Quantified quantified -> overVisible(quantified);
      case Expression.Count(var list, var name, var condition) ->
          new Expression.Count(list, name, and(visibleIn(list, name), condition));
      case Expression.Rollup(var roll, var list, var name, var condition, var value) ->
          new Expression.Rollup(roll, list, name, and(visibleIn(list, name), condition), value);
      case Expression.Search(var row, var fields, var words) -> search(row, fields, words);
      case Expression.Fact fact -> bind(fact);
      case Expression.Literal _,
          Expression.Parameter _,
          Variable _,
          Expression.Guarded _,
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
          part;
    };
  }

  private Expression bind(Expression part) {
    if (!(part instanceof Expression.Fact fact)) {
      return part;
    }
    var index = facts.indexOf(fact);
    if (index < 0) {
      index = facts.size();
      facts.add(fact);
    }
    return new Expression.Parameter(firstFact + index, fact.type());
  }

  private Expression guardedGet(Get get) {
    if (!(get.row().type() instanceof Type.RowOf(var entity))) {
      return get;
    }
    if (!grants.names(entity).contains(get.field())) {
      throw unknown(entity, get.field());
    }
    var row = get.row() instanceof Variable ? get.row() : guarded(entity, get.row());
    var plain = new Get(row, get.field(), get.type());
    if (get.type() instanceof Type.RowsOf) {
      return plain;
    }
    return masked(plain, about(grants.on(entity).readOf(get.field()), row));
  }

  private Expression guarded(String entity, Expression row) {
    var rule = readable(entity);
    if (rule.equals(Expression.TRUE)) {
      return row;
    }
    var name = "seen__" + ++renamed;
    return new Expression.Guarded(
        row, name, about(rule, new Variable(name, new Type.RowOf(entity))));
  }

  private static Expression masked(Expression value, Expression visible) {
    return visible.equals(Expression.TRUE)
        ? value
        : new Expression.Conditional(
            visible, value, new Expression.Literal(Value.NULL, value.type()), value.type());
  }

  private Expression overVisible(Expression.Quantified quantified) {
    var seen = visibleIn(quantified.list(), quantified.variable());
    var condition =
        switch (quantified.quantifier()) {
          case EXISTS, EXISTS_ONE -> and(seen, quantified.condition());
          case ALL ->
              seen.equals(Expression.TRUE)
                  ? quantified.condition()
                  : new Expression.Or(List.of(new Expression.Not(seen), quantified.condition()));
        };
    return new Expression.Quantified(
        quantified.quantifier(), quantified.list(), quantified.variable(), condition);
  }

  private Expression visibleIn(Expression list, String variable) {
    if (!(list.type() instanceof Type.RowsOf(var entity))) {
      throw new IllegalArgumentException("not a list of rows: " + list);
    }
    var row = new Variable(variable, new Type.RowOf(entity));
    var seen = about(readable(entity), row);
    if (!(list instanceof Get(var owner, var name, _))
        || !(owner.type() instanceof Type.RowOf(var parent))) {
      return seen;
    }
    var reference = model.entity(parent).lists().get(name);
    return reference == null ? seen : and(seen, linkVisible(entity, reference.field(), row));
  }

  /// A list shows who refers to whom: only where the reference itself may be read.
  Expression linkVisible(String entity, String reference, Expression row) {
    return about(grants.on(entity).readOf(reference), row);
  }

  private Expression search(Expression row, List<String> fields, Expression words) {
    if (!(row.type() instanceof Type.RowOf(var entity))) {
      throw new IllegalArgumentException("not a row: " + row);
    }
    var readable =
        fields.stream()
            .filter(field -> grants.on(entity).readOf(field).equals(Expression.TRUE))
            .toList();
    var seen = row instanceof Variable ? row : guarded(entity, row);
    return readable.isEmpty() ? Expression.FALSE : new Expression.Search(seen, readable, words);
  }

  ProblemException unknown(String entity, String field) {
    return problem(new UnknownField(entity, field, Nearest.of(field, grants.names(entity))));
  }

  static Expression and(Expression left, Expression right) {
    return Simplify.simplify(new Expression.And(List.of(left, right)));
  }
}
