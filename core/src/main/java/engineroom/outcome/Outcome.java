package engineroom.outcome;

import engineroom.data.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of an operation that was allowed and made sense. Rows are UTF-8 bytes of JSON objects.
public sealed interface Outcome {
  /// One row.
  record Found(byte[] json, long version) implements Outcome {}

  /// No such row for this caller.
  enum Missing implements Outcome {
    MISSING
  }

  /// Many rows.
  ///
  /// @param next the sort values to go on after, where there are more rows
  /// @param count of all rows, or null where it was not asked
  record Listed(List<byte[]> rows, @Nullable List<Value> next, @Nullable Long count)
      implements Outcome {
    public Listed {
      rows = List.copyOf(rows);
    }
  }

  /// Groups and their measures.
  record Summarized(List<byte[]> groups, boolean more) implements Outcome {
    public Summarized {
      groups = List.copyOf(groups);
    }
  }

  /// Rows written, in the order given.
  record Written(List<Row> rows, List<Change> changes) implements Outcome {
    public Written {
      rows = List.copyOf(rows);
      changes = List.copyOf(changes);
    }

    /// One row written.
    ///
    /// @param created whether the row is new
    /// @param json what the caller may see of it; `{"id": …}` alone where they may write but not
    ///   read it
    public record Row(Value id, long version, boolean created, byte[] json) {}
  }

  /// A row deleted.
  record Deleted(List<Change> changes) implements Outcome {
    public Deleted {
      changes = List.copyOf(changes);
    }
  }

  /// Rows found by a filter were changed or deleted.
  ///
  /// @param rows how many were found
  record Many(int rows, List<Change> changes) implements Outcome {
    public Many {
      changes = List.copyOf(changes);
    }
  }

  /// The row has another version than the caller expected.
  ///
  /// @param json the row as it is now
  record Conflict(byte[] json, long version) implements Outcome {}

  /// How a read would be done.
  ///
  /// @param lines the store's own words
  record Explained(List<String> lines) implements Outcome {
    public Explained {
      lines = List.copyOf(lines);
    }
  }

  /// Why somebody may do something or not.
  record AccessExplained(AccessReport report) implements Outcome {}
}
