package engineroom.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as it was written, before its names mean anything.
sealed interface Syntax {
  /// Where it begins in the text.
  int at();

  record Constant(Expression.Literal literal, int at) implements Syntax {}

  record Name(String name, int at) implements Syntax {}

  record Member(Syntax of, String name, int at) implements Syntax {}

  /// A function, or a method of a target.
  record Invocation(@Nullable Syntax target, String name, List<Syntax> arguments, int at)
      implements Syntax {}

  record Unary(String operator, Syntax operand, int at) implements Syntax {}

  /// Two operands with an operator between them.
  ///
  /// @param at of the operator
  record Binary(String operator, Syntax left, Syntax right, int at) implements Syntax {}

  record Choice(Syntax condition, Syntax then, Syntax otherwise, int at) implements Syntax {}

  record Elements(List<Syntax> elements, int at) implements Syntax {}
}
