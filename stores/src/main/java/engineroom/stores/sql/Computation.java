package engineroom.stores.sql;

import engineroom.expression.Expression;
import java.util.List;

/// An expression on parameters alone that SQL has no words for: the database calls back to the
/// evaluator for it.
///
/// @param expression with a parameter for each operand
/// @param operands how the operands are passed
/// @param result how the value is passed back
public record Computation(Expression expression, List<Form> operands, Form result) {
  /// The SQL function that runs computations: its first argument is the computation's number.
  public static final String FUNCTION = "engineroom";

  public Computation {
    operands = List.copyOf(operands);
  }
}
