package engineroom.operation;

import engineroom.data.Value;
import engineroom.problem.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a caller wants written into one row, by field name.
public record Input(Map<String, Assignment> assignments) {
  public Input {
    assignments = Collections.unmodifiableMap(new LinkedHashMap<>(assignments));
  }

  /// What happens to a field.
  public sealed interface Assignment {
    /// It becomes this value.
    record To(Value value) implements Assignment {}

    /// A number is added to it, by the store.
    record Add(Value number) implements Assignment {}

    /// A list loses and gains elements: first every element equal to one of `remove` goes, then
    /// `append` comes last.
    record Edit(List<Value> remove, List<Value> append) implements Assignment {
      public Edit {
        remove = List.copyOf(remove);
        append = List.copyOf(append);
      }
    }

    /// What was sent can't be a value of the field; kept so that every mistake is told at once.
    record Unreadable(Violation violation) implements Assignment {}
  }
}
