package engineroom.records;

import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Parameter;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import java.util.ArrayList;
import java.util.List;

/// Which rows: all conditions hold. Null equals null.
public record Where(List<Condition> conditions) {
  /// Every row.
  public static final Where ALL = new Where(List.of());

  public Where {
    conditions = List.copyOf(conditions);
  }

  /// One field compared with a value.
  record Condition(String field, Comparison comparison, Value value) {}

  /// Rows whose field has a value.
  public static Where is(String field, Value value) {
    return ALL.and(field, Comparison.EQUAL, value);
  }

  /// And a field has a value.
  public Where andIs(String field, Value value) {
    return and(field, Comparison.EQUAL, value);
  }

  /// And a field compares so with a value; an order with null never holds.
  public Where and(String field, Comparison comparison, Value value) {
    var more = new ArrayList<>(conditions);
    more.add(new Condition(field, comparison, value));
    return new Where(more);
  }

  /// Values are parameters, so that plans are shared.
  Expression filter(Entity entity) {
    var parts = new ArrayList<Expression>();
    for (var condition : conditions) {
      var type = entity.field(condition.field()).type().type();
      var value = caseless(entity, condition, new Parameter(parts.size(), type));
      var field = caseless(entity, condition, entity.get(condition.field()));
      parts.add(new Expression.Compare(condition.comparison(), field, value));
    }
    return switch (parts.size()) {
      case 0 -> Expression.TRUE;
      case 1 -> parts.getFirst();
      default -> new Expression.And(parts);
    };
  }

  /// Compared without regard to the case of letters where the field is.
  private static Expression caseless(Entity entity, Condition condition, Expression compared) {
    return entity.field(condition.field()).type() instanceof FieldType.Text text
            && text.ignoreCase()
        ? new Expression.Call(Function.LOWER, List.of(compared), Scalar.TEXT)
        : compared;
  }

  Arguments arguments() {
    return new Arguments(conditions.stream().map(Condition::value).toList());
  }
}
