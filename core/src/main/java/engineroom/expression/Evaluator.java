package engineroom.expression;

import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives expressions their meaning on rows in memory; every store's own translation agrees with it.
/// Never throws on a typed expression: what has no result is null.
public final class Evaluator {
  private final Lookup lookup;
  private final Arguments arguments;
  private final Facts facts;

  public Evaluator(Lookup lookup, Arguments arguments, Facts facts) {
    this.lookup = lookup;
    this.arguments = arguments;
    this.facts = facts;
  }

  /// Whether a condition is true; null counts as false.
  ///
  /// @param variables rows by the names of variables
  public boolean holds(Expression condition, Map<String, Row> variables) {
    return value(condition, variables) instanceof Value.Bool(var truth) && truth;
  }

  /// The value of an expression. A row's value is its id.
  public Value value(Expression expression, Map<String, Row> variables) {
    return switch (expression) {
      case Expression.Literal(var value, _) -> value;
      case Expression.Parameter(var index, _) -> arguments.value(index);
      case Expression.Fact fact -> facts.value(fact);
      case Expression.Variable _, Expression.Guarded _ ->
          row(expression, variables).map(Row::id).orElse(Value.NULL);
      case Expression.Get get -> get(get, variables);
      case Expression.Not(var operand) -> Value.of(!holds(operand, variables));
      case Expression.Negate(var operand, var type) -> negate(value(operand, variables), type);
      case Expression.And(var parts) ->
          Value.of(parts.stream().allMatch(part -> holds(part, variables)));
      case Expression.Or(var parts) ->
          Value.of(parts.stream().anyMatch(part -> holds(part, variables)));
      case Expression.Compare(var comparison, var left, var right) ->
          Value.of(compare(comparison, value(left, variables), value(right, variables)));
      case Expression.Arithmetic arithmetic -> arithmetic(arithmetic, variables);
      case Expression.In(var element, var list) ->
          Value.of(in(value(element, variables), value(list, variables)));
      case Expression.ListOf(var elements, _) ->
          new Value.ListOf(elements.stream().map(e -> value(e, variables)).toList());
      case Expression.Conditional(var condition, var then, var otherwise, _) ->
          value(holds(condition, variables) ? then : otherwise, variables);
      case Expression.Call(var function, var parameters, _) ->
          Functions.call(function, parameters.stream().map(p -> value(p, variables)).toList());
      case Expression.Quantified quantified -> Value.of(quantified(quantified, variables));
      case Expression.Count(var list, var variable, var condition) ->
          Value.of(count(list, variable, condition, variables));
      case Expression.Rollup rollup -> rollup(rollup, variables);
      case Expression.Search search -> Value.of(search(search, variables));
    };
  }

  private Optional<Row> row(Expression expression, Map<String, Row> variables) {
    return switch (expression) {
      case Expression.Variable(var name, _) -> Optional.ofNullable(variables.get(name));
      case Expression.Guarded(var inner, var variable, var condition) ->
          row(inner, variables).filter(row -> holds(condition, with(variables, variable, row)));
      case Expression.Conditional(var condition, var then, var otherwise, _) ->
          row(holds(condition, variables) ? then : otherwise, variables);
      case Expression.Literal _,
          Expression.Parameter _,
          Expression.Fact _,
          Expression.Get _,
          Expression.Not _,
          Expression.Negate _,
          Expression.And _,
          Expression.Or _,
          Expression.Compare _,
          Expression.Arithmetic _,
          Expression.In _,
          Expression.ListOf _,
          Expression.Call _,
          Expression.Quantified _,
          Expression.Count _,
          Expression.Rollup _,
          Expression.Search _ -> {
        var id = value(expression, variables);
        yield id != Value.NULL && expression.type() instanceof Type.RowOf(var entity)
            ? lookup.find(entity, id)
            : Optional.empty();
      }
    };
  }

  private Value get(Expression.Get get, Map<String, Row> variables) {
    if (get.row().type() instanceof Type.RowOf(var entity)) {
      return row(get.row(), variables)
          .map(row -> value(entity, row, get.field()))
          .orElse(Value.NULL);
    }
    return switch (value(get.row(), variables)) {
      case Value.Money(var amount, var currency) ->
          get.field().equals("amount") ? Value.of(amount) : Value.of(currency);
      case Value.Point(var latitude, var longitude) ->
          new Value.Number(get.field().equals("latitude") ? latitude : longitude);
      default -> Value.NULL; // nothing else has parts
    };
  }

  private Value value(String entity, Row row, String field) {
    var kept = row.values().get(field);
    if (kept != null) {
      return kept;
    }
    var computed = lookup.computed(entity, field);
    return computed == null ? Value.NULL : value(computed, Map.of(Expression.Variable.ROW, row));
  }

  private static Value negate(Value value, Type type) {
    return value == Value.NULL
        ? Value.NULL
        : arithmetic(Expression.Operator.SUBTRACT, zero(value), value, type);
  }

  private static Value zero(Value like) {
    return like instanceof Value.Span ? new Value.Span(Duration.ZERO) : Value.of(0);
  }

  private static boolean compare(Expression.Comparison comparison, Value left, Value right) {
    return switch (comparison) {
      case EQUAL -> Order.equal(left, right);
      case NOT_EQUAL -> !Order.equal(left, right);
      case LESS -> ordered(left, right) && Order.compare(left, right) < 0;
      case LESS_OR_EQUAL -> ordered(left, right) && Order.compare(left, right) <= 0;
      case GREATER -> ordered(left, right) && Order.compare(left, right) > 0;
      case GREATER_OR_EQUAL -> ordered(left, right) && Order.compare(left, right) >= 0;
    };
  }

  private static boolean ordered(Value left, Value right) {
    return left != Value.NULL && right != Value.NULL;
  }

  private Value arithmetic(Expression.Arithmetic arithmetic, Map<String, Row> variables) {
    return arithmetic(
        arithmetic.operator(),
        value(arithmetic.left(), variables),
        value(arithmetic.right(), variables),
        arithmetic.type());
  }

  private static Value arithmetic(
      Expression.Operator operator, Value left, Value right, Type type) {
    if (left == Value.NULL || right == Value.NULL) {
      return Value.NULL;
    }
    if (type == Type.Scalar.TEXT) {
      return left instanceof Value.Text(var a) && right instanceof Value.Text(var b)
          ? Value.of(a + b)
          : Value.NULL;
    }
    return type == Type.Scalar.INTEGER || type == Type.Scalar.DECIMAL || type == Type.Scalar.NUMBER
        ? Numbers.calculate(operator, left, right, type)
        : Moments.calculate(operator, left, right);
  }

  private static boolean in(Value element, Value list) {
    return list instanceof Value.ListOf(var elements)
        && elements.stream().anyMatch(other -> Order.equal(element, other));
  }

  private boolean quantified(Expression.Quantified quantified, Map<String, Row> variables) {
    var name = quantified.variable();
    var condition = quantified.condition();
    return switch (quantified.quantifier()) {
      case EXISTS -> {
        for (var row : rows(quantified.list(), variables)) {
          if (holds(condition, with(variables, name, row))) {
            yield true;
          }
        }
        yield false;
      }
      case ALL -> {
        for (var row : rows(quantified.list(), variables)) {
          if (!holds(condition, with(variables, name, row))) {
            yield false;
          }
        }
        yield true;
      }
      case EXISTS_ONE -> count(quantified.list(), name, condition, variables) == 1;
    };
  }

  private long count(
      Expression list, String name, Expression condition, Map<String, Row> variables) {
    long count = 0;
    for (var row : rows(list, variables)) {
      count += holds(condition, with(variables, name, row)) ? 1 : 0;
    }
    return count;
  }

  private Value rollup(Expression.Rollup rollup, Map<String, Row> variables) {
    var values = new ArrayList<Value>();
    for (var row : rows(rollup.list(), variables)) {
      var seen = with(variables, rollup.variable(), row);
      var value = holds(rollup.condition(), seen) ? value(rollup.value(), seen) : Value.NULL;
      if (value != Value.NULL) {
        values.add(value);
      }
    }
    return Numbers.rolledUp(rollup.roll(), values, rollup.type());
  }

  private Iterable<Row> rows(Expression list, Map<String, Row> variables) {
    if (!(list instanceof Expression.Get(var owner, var name, _))
        || !(owner.type() instanceof Type.RowOf(var entity))) {
      return List.of();
    }
    var row = row(owner, variables);
    return row.isEmpty() ? List.of() : lookup.list(entity, name, row.get().id());
  }

  private static Map<String, Row> with(Map<String, Row> variables, String name, Row row) {
    var more = new HashMap<>(variables);
    more.put(name, row);
    return more;
  }

  private boolean search(Expression.Search search, Map<String, Row> variables) {
    var row = row(search.row(), variables);
    if (row.isEmpty() || !(value(search.words(), variables) instanceof Value.Text(var words))) {
      return false;
    }
    var present = new ArrayList<String>();
    for (var field : search.fields()) {
      if (row.get().value(field) instanceof Value.Text(var text)) {
        present.addAll(Words.of(text));
      }
    }
    return Words.match(Words.of(words), present);
  }
}
