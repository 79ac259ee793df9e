package engineroom.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text is no expression of the language, or does not fit the model.
public final class ExpressionMistake extends RuntimeException {
  private final transient List<Mistake> mistakes;

  /// One mistake.
  ///
  /// @param offset of the character where it begins, from 0
  /// @param message a sentence
  /// @param hint the way out, or null
  public record Mistake(int offset, String message, @Nullable String hint) {}

  ExpressionMistake(List<Mistake> mistakes) {
    super(mistakes.getFirst().message(), null, false, false);
    this.mistakes = List.copyOf(mistakes);
  }

  /// All mistakes that could be found, in order of their places.
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
