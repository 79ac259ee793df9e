package engineroom.testkit;

import engineroom.authorize.Shape;
import engineroom.authorize.Shape.Member;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Variable;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.operation.Selection.Direction;
import engineroom.operation.Selection.Sort;
import engineroom.plan.Counted;
import engineroom.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Short words for expressions, shapes and plans over [ContractModel].
final class Say {
  private Say() {}

  /// The value of a field of the row, or through references: `get("item", "owner", "name")`.
  static Expression get(String entity, String... path) {
    Expression row = ContractModel.READABLE.entity(entity).row();
    for (var name : path) {
      row = step(row, name);
    }
    return row;
  }

  /// One field or list of something that is a row.
  static Expression step(Expression row, String name) {
    var entity = ContractModel.READABLE.entity(((Type.RowOf) row.type()).entity());
    Type type =
        entity
            .findList(name)
            .<Type>map(list -> new Type.RowsOf(list.entity()))
            .orElseGet(() -> entity.field(name).type().type());
    return new Get(row, name, type);
  }

  static Expression variable(String name, String entity) {
    return new Variable(name, new Type.RowOf(entity));
  }

  static Expression text(String text) {
    return new Literal(Value.of(text), Type.Scalar.TEXT);
  }

  static Expression number(long number) {
    return new Literal(Value.of(number), Type.Scalar.INTEGER);
  }

  static Expression parameter(int index, Type type) {
    return new Parameter(index, type);
  }

  static Expression compare(Expression left, Comparison comparison, Expression right) {
    return new Compare(comparison, left, right);
  }

  static Expression equal(Expression left, Expression right) {
    return compare(left, Comparison.EQUAL, right);
  }

  static Sort ascending(Expression by) {
    return new Sort(by, Direction.ASCENDING);
  }

  static Sort descending(Expression by) {
    return new Sort(by, Direction.DESCENDING);
  }

  /// Members that everybody may see.
  static Shape shape(String entity, String... names) {
    return new Shape(Arrays.stream(names).map(name -> member(entity, name)).toList());
  }

  private static Member member(String entity, String name) {
    var field = ContractModel.READABLE.entity(entity).field(name);
    return field.type() instanceof FieldType.Reference
        ? one(field, Expression.TRUE, new Shape(List.of()))
        : new Member.Plain(field, Expression.TRUE);
  }

  /// A reference that everybody may see.
  static Member one(Field field, Expression guard, Shape shape) {
    return new Member.One(field, Expression.TRUE, guard, shape);
  }

  /// All rows, in order of their ids unless told otherwise.
  static Plan.Rows all(String entity, Shape shape, Sort... sort) {
    return rows(entity, shape, Expression.TRUE, sort);
  }

  /// The rows that meet a filter, counted, with the id as the last sort key.
  static Plan.Rows rows(String entity, Shape shape, Expression filter, Sort... sort) {
    var keys = new ArrayList<>(List.of(sort));
    keys.add(ascending(get(entity, "id")));
    return new Plan.Rows(entity, shape, filter, new Counted.Exactly(filter), keys);
  }
}
