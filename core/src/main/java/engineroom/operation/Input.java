package engineroom.operation;

import engineroom.data.Ordered;
import engineroom.data.Value;
import engineroom.problem.Violation;
import java.util.List;
import java.util.Map;

/// What a caller wants written into one row and into the lists of rows that refer to it.
///
/// @param path where it stands in what was sent, for mistakes: empty, `[3]` or `lines[1]`
/// @param assignments by field name
/// @param lists by the name of an inverse list
public record Input(String path, Map<String, Assignment> assignments, Map<String, Nested> lists) {
  public Input {
    assignments = Ordered.copyOf(assignments);
    lists = Ordered.copyOf(lists);
  }

  /// Fields alone, at the outermost place.
  public Input(Map<String, Assignment> assignments) {
    this("", assignments, Map.of());
  }

  /// The same with one more field given.
  public Input with(String field, Assignment assignment) {
    return new Input(path, Ordered.with(assignments, field, assignment), lists);
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

    /// A secret becomes this: checked, and hashed already.
    record Hashed(Value hash) implements Assignment {}

    /// What was sent can't be a value of the field; kept so that every mistake is told at once.
    record Unreadable(Violation violation) implements Assignment {}
  }

  /// What happens in the list of rows that refer to the row: deletions and unlinks first, then
  /// links, changes and new rows.
  ///
  /// @param link rows that exist and shall refer to this one
  /// @param unlink rows of the list whose reference is taken away
  /// @param update rows of the list that change
  /// @param delete rows of the list that go
  public record Nested(
      List<Input> create,
      List<Target> link,
      List<Target> unlink,
      List<Update> update,
      List<Target> delete) {
    public Nested {
      create = List.copyOf(create);
      link = List.copyOf(link);
      unlink = List.copyOf(unlink);
      update = List.copyOf(update);
      delete = List.copyOf(delete);
    }
  }

  /// A row by its id.
  ///
  /// @param path where the id stands in what was sent
  public record Target(String path, Value id) {}

  /// A change of a row by its id.
  public record Update(Value id, Input input) {}
}
