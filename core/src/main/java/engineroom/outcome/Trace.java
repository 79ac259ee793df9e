package engineroom.outcome;

import engineroom.data.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an expression came to, part by part.
///
/// @param text in the rule language
/// @param about the row of a list that the expression was asked of; null for all others
/// @param parts what it is made of, constants left out
public record Trace(String text, Came came, @Nullable Value about, List<Trace> parts) {
  public Trace {
    parts = List.copyOf(parts);
  }

  /// What came of a part.
  public sealed interface Came {
    /// A value; null is one.
    record To(Value value) implements Came {}

    /// Nothing that can be shown.
    enum Untold implements Came {
      /// It has a value that is shown to nobody.
      SECRET,
      /// There is no row in question: each row is asked.
      OF_EACH_ROW
    }
  }
}
