package engineroom.testkit;

import static engineroom.testkit.Say.get;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Arithmetic;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Operator;
import engineroom.expression.Expression.Roll;
import engineroom.expression.Expression.Rollup;
import java.util.List;

/// Roll-ups by chance over the lists of an item: its parts, its children, and those of its parent.
final class RandomRollups {
  private static final List<String> MOMENTS = List.of("at", "day", "hour", "span");

  private final RandomConditions random;

  RandomRollups(RandomConditions random) {
    this.random = random;
  }

  /// A roll-up that gives a number.
  Expression number(int depth) {
    return random.below(3) == 0
        ? parts(depth)
        : rollup(random.oneOf(Roll.values()), children(), "c", child(depth), "item");
  }

  /// Moments and spans of children, compared with the item's own.
  Expression comparison(Comparison comparison) {
    var field = MOMENTS.get(random.below(MOMENTS.size()));
    var roll =
        field.equals("span")
            ? random.oneOf(Roll.values())
            : random.below(2) == 0 ? Roll.MIN : Roll.MAX;
    var value = Say.step(Say.variable("c", "item"), field);
    var rollup = rollup(roll, children(), "c", value, "item");
    return Say.compare(rollup, comparison, get("item", field));
  }

  private Expression parts(int depth) {
    var quantity = Say.step(Say.variable("p", "part"), "quantity");
    var value =
        depth > 0 && random.below(2) == 0
            ? new Arithmetic(
                random.oneOf(Operator.values()),
                quantity,
                get("item", "count"),
                Type.Scalar.INTEGER)
            : quantity;
    return rollup(random.oneOf(Roll.values()), get("item", "parts"), "p", value, "part");
  }

  private Expression children() {
    return random.below(4) == 0 ? get("item", "parent", "children") : get("item", "children");
  }

  /// A number of a child: of any kind, calculated, worked out, or rolled up in turn.
  private Expression child(int depth) {
    var child = Say.variable("c", "item");
    return switch (random.below(7)) {
      case 0 -> Say.step(child, "amount");
      case 1 -> Say.step(child, "ratio");
      case 2 -> new Get(Say.step(child, "price"), "amount", Type.Scalar.INTEGER);
      case 3 -> Say.step(child, random.below(2) == 0 ? "pieces" : "share");
      case 4 ->
          new Arithmetic(
              random.oneOf(Operator.values()),
              Say.step(child, "amount"),
              Say.step(child, "count"),
              Type.Scalar.DECIMAL);
      case 5 ->
          depth > 0
              ? new Rollup(
                  random.oneOf(Roll.values()),
                  Say.step(child, "parts"),
                  "q",
                  Expression.TRUE,
                  Say.step(Say.variable("q", "part"), "quantity"))
              : Say.step(child, "count");
      default -> Say.step(child, "count");
    };
  }

  private Expression rollup(
      Roll roll, Expression list, String variable, Expression value, String entity) {
    var row = Say.variable(variable, entity);
    var field = entity.equals("part") ? "quantity" : "count";
    var condition =
        random.below(2) == 0
            ? Expression.TRUE
            : Say.compare(Say.step(row, field), random.comparing(), Say.number(random.small()));
    return new Rollup(roll, list, variable, condition, value);
  }
}
