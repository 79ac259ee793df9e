package engineroom.door.graphql.compiled;

import engineroom.data.Value;
import engineroom.model.FieldType;
import engineroom.operation.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stays the same of a root field's question from one request to the next, once it was put
/// together: everything but the values. Safe for any number of threads.
public final class Steady {
  private volatile @Nullable Known known;

  /// A question, and where its values come from.
  ///
  /// @param sources in the order of its arguments
  public record Known(Query query, List<Source> sources) {
    public Known {
      sources = List.copyOf(sources);
    }
  }

  /// Where the value of a parameter comes from.
  public sealed interface Source {
    /// The document.
    record Constant(Value value) implements Source {}

    /// A variable of the request.
    record Variable(String name, FieldType type) implements Source {}

    /// An argument of the root field itself: a part of its key.
    record Key(String argument, FieldType type) implements Source {}
  }

  /// What is known; null before the first request, and where every request is another question.
  public @Nullable Known known() {
    return known;
  }

  /// Keeps what was found out.
  public void keep(Known found) {
    known = found;
  }
}
