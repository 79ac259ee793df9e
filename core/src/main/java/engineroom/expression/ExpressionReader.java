package engineroom.expression;

import engineroom.data.Type;
import java.util.List;

/// Reads expressions of the rule language (a typed subset of CEL) and types them against the model.
public final class ExpressionReader {
  /// Characters of an expression.
  public static final int LENGTH_MAX = 4_000;

  /// Parts of an expression.
  public static final int NODES_MAX = 500;

  /// How deep brackets and choices may be nested.
  public static final int DEPTH_MAX = 32;

  /// How deep list macros may be nested.
  public static final int MACROS_MAX = 4;

  private ExpressionReader() {}

  /// An expression and the arguments it names.
  public record Reading(Expression expression, List<ArgumentUse> arguments) {
    public Reading {
      arguments = List.copyOf(arguments);
    }
  }

  /// An argument `arg.name`, the type that its place asks for, and its position among the
  /// parameters.
  public record ArgumentUse(String name, Type type, int index) {}

  /// Reads a text whose value must be of a type.
  ///
  /// @param scope what its names may mean
  /// @param expected [Type.Scalar#BOOLEAN] for rules, checks and filters
  /// @throws ExpressionMistake telling every mistake with its place
  public static Reading read(String text, Scope scope, Type expected) {
    return read(text, scope, expected, 0);
  }

  /// The same, where parameters before the first of these arguments are taken.
  ///
  /// @param firstArgument the position of the first argument
  public static Reading read(String text, Scope scope, Type expected, int firstArgument) {
    return new Typing(scope, firstArgument).reading(parsed(text), expected);
  }

  /// Reads a text whose value is an amount of money in minor units; money itself stands for its
  /// amount.
  public static Reading amount(String text, Scope scope) {
    return new Typing(scope, 0).amount(parsed(text));
  }

  private static Syntax parsed(String text) {
    if (text.length() > LENGTH_MAX) {
      throw Lexer.mistake(
          LENGTH_MAX, "The expression has more than " + LENGTH_MAX + " characters.", "Divide it.");
    }
    return SyntaxParser.parse(text);
  }
}
