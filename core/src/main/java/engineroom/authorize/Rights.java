package engineroom.authorize;

import engineroom.expression.Expression;
import java.util.Map;

/// What one caller may do with the rows of one entity: rules in which everything that only concerns
/// the caller is decided. What is left mentions the row, or is plainly true or false.
///
/// @param update mentions `row` and `old`
/// @param fieldRead by field name; a field that is not here does not exist for the caller
/// @param fieldWrite by field name
public record Rights(
    Expression read,
    Expression create,
    Expression update,
    Expression delete,
    Map<String, Expression> fieldRead,
    Map<String, Expression> fieldWrite) {

  /// Whether some row could be seen.
  public boolean reads() {
    return !read.equals(Expression.FALSE);
  }

  /// The rule for reading a field: false for one that does not exist.
  public Expression readOf(String field) {
    return fieldRead.getOrDefault(field, Expression.FALSE);
  }

  /// The rule for writing a field: false for one that does not exist.
  public Expression writeOf(String field) {
    return fieldWrite.getOrDefault(field, Expression.FALSE);
  }
}
