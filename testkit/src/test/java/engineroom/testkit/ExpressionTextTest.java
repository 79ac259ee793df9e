package engineroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.explain.ExpressionText;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Variable;
import engineroom.expression.ExpressionReader;
import engineroom.expression.Rewrite;
import engineroom.model.ModelScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The text of an expression is the expression.
class ExpressionTextTest {
  private static final int RUNS = 2_000;

  @Test
  void what_is_read_from_the_text_is_the_expression() {
    int told = 0;
    for (long seed = 1; seed <= RUNS; seed++) {
      var expression = new RandomConditions(seed).condition();
      if (spoken(expression)) {
        var text = ExpressionText.of(expression);
        assertThat(settled(read(text)))
            .as("seed " + seed + ": " + text)
            .isEqualTo(settled(expression));
        told++;
      }
    }
    assertThat(told).isGreaterThan(RUNS / 4);
  }

  @Test
  void a_text_that_was_read_is_written_the_same_and_read_the_same() {
    for (var text :
        List.of(
            "title == 'it\\'s \\\\ a \\n line'",
            "!(open && count > 1) || -count < -(2) && owner != null",
            "(open || count == 1) && (open ? true : false)",
            "count - (1 - 2) - 3 == 2 * (count + 1) % 5",
            "parts.exists(p, p.quantity > 1 && p.item.parts.all(q, q.quantity < p.quantity))",
            "size(parts) > 2 && parts.count(p, p.quantity == 1) == 1",
            "at > timestamp('2026-08-01T10:00:00Z') && day <= date('2026-08-01')",
            "title.startsWith('a') && title.lower().trim().contains('b')",
            "count in [1, 2, -3] && 'x' in words",
            "caller.is('staff') && owner == caller.id && caller.signedIn",
            "parts.sum(p, p.quantity) >= 10 || now > at",
            "price.amount == 9223372036854775807 || ratio < 1.0E300")) {
      var read = read(text);
      assertThat(ExpressionText.of(read)).isEqualTo(text);
      assertThat(read(ExpressionText.of(read))).isEqualTo(read);
    }
  }

  private static Expression read(String text) {
    var model = ContractModel.MODEL;
    var scope =
        new ModelScope(
            model.entities(), Set.of("staff"), "item", (_, _) -> true, ModelScope.Use.RULE);
    return ExpressionReader.read(text, scope, Type.Scalar.BOOLEAN).expression();
  }

  /// Whether the rule language has words for it.
  private static boolean spoken(Expression expression) {
    return !(expression instanceof Expression.Call(var function, _, _)
            && (function == Function.LIKE || function == Function.ILIKE))
        && Rewrite.children(expression).stream().allMatch(ExpressionTextTest::spoken);
  }

  /// Without what the text can't tell: names of own variables, types of numbers, brackets of `&&`
  /// within `&&`.
  private static Expression settled(Expression expression) {
    return Rewrite.map(expression, ExpressionTextTest::once);
  }

  private static Expression once(Expression part) {
    return switch (part) {
      case Expression.And(var parts) -> new Expression.And(flat(parts, true));
      case Expression.Or(var parts) -> new Expression.Or(flat(parts, false));
      case Variable(var name, var type) when !name.equals(Variable.ROW) -> new Variable("v", type);
      case Expression.Quantified(var quantifier, var list, _, var condition) ->
          new Expression.Quantified(quantifier, list, "v", condition);
      case Expression.Count(var list, _, var condition) ->
          new Expression.Count(list, "v", condition);
      case Expression.Rollup(var roll, var list, _, var condition, var value) ->
          condition.equals(Expression.TRUE)
              ? new Expression.Rollup(roll, list, "v", condition, value)
              : new Expression.Rollup(roll, list, "v", Expression.TRUE, chosen(condition, value));
      case Literal(Value.Integer(var number), _) -> number((double) number);
      case Literal(Value.Decimal(var number), _) -> number(number.doubleValue());
      case Expression.ListOf(var elements, _) ->
          new Expression.ListOf(elements, new Type.ListOf(Type.Scalar.NUMBER));
      case Expression other -> other;
    };
  }

  /// A number takes the type that its place asks for.
  private static Expression number(double number) {
    return new Literal(new Value.Number(number), Type.Scalar.NUMBER);
  }

  private static Expression chosen(Expression condition, Expression value) {
    var nothing = new Expression.Literal(Value.NULL, value.type());
    return new Expression.Conditional(condition, value, nothing, value.type());
  }

  private static List<Expression> flat(List<Expression> parts, boolean and) {
    var flat = new ArrayList<Expression>();
    for (var part : parts) {
      switch (part) {
        case Expression.And(var inner) when and -> flat.addAll(inner);
        case Expression.Or(var inner) when !and -> flat.addAll(inner);
        case Expression other -> flat.add(other);
      }
    }
    return flat;
  }
}
