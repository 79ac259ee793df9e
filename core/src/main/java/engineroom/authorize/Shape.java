package engineroom.authorize;

import engineroom.expression.Expression;
import engineroom.model.Field;
import engineroom.operation.Selection.Sort;
import java.util.List;

/// The JSON object that a row becomes: its members in order, rules woven in.
public record Shape(List<Member> members) {
  public Shape {
    members = List.copyOf(members);
  }

  /// One member of the object. Its name is never followed by anything that the caller may not read.
  public sealed interface Member {
    /// The member's name.
    String name();

    /// A field that is no reference.
    ///
    /// @param visible on variable `row`: where it does not hold the member is null
    record Plain(Field field, Expression visible) implements Member {
      @Override
      public String name() {
        return field.name();
      }
    }

    /// A reference: null, or `{"id": …}` followed by the members of the row referred to, where that
    /// row exists and meets the guard.
    ///
    /// @param visible on variable `row` of the referring row: where it does not hold the member is
    ///   null
    /// @param guard on variable `row` of the row referred to
    /// @param shape members other than `id`; none where the reference is not expanded
    record One(Field field, Expression visible, Expression guard, Shape shape) implements Member {
      @Override
      public String name() {
        return field.name();
      }
    }

    /// An inverse list: an array of objects.
    ///
    /// @param entity of the list's rows
    /// @param field their reference to the row in question
    /// @param filter on variable `row` of the list's rows, guard included
    /// @param sort with the id as the last key
    record Many(
        String name,
        String entity,
        String field,
        Expression filter,
        List<Sort> sort,
        int limit,
        Shape shape)
        implements Member {
      public Many {
        sort = List.copyOf(sort);
      }
    }
  }
}
