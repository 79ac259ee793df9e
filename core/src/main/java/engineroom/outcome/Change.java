package engineroom.outcome;

import engineroom.data.Ordered;
import engineroom.data.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of the change log: what became of one row, written in the transaction that did it.
///
/// @param sequence counts up without gaps that later fill; 0 before the store has numbered it
/// @param before the changed fields as they were; empty for a creation
/// @param after the changed fields as they are; empty for a deletion
public record Change(
    long sequence,
    String entity,
    Value id,
    Kind kind,
    Map<String, Value> before,
    Map<String, Value> after,
    Origin origin) {
  public Change {
    before = Ordered.copyOf(before);
    after = Ordered.copyOf(after);
  }

  /// What happened.
  public enum Kind {
    CREATED,
    CHANGED,
    DELETED
  }

  /// Who asked, and when.
  ///
  /// @param caller the id of the user as text, `administrator` or `guest`
  public record Origin(String caller, String requestId, Instant time) {}

  /// The same change with its number.
  public Change numbered(long number) {
    return new Change(number, entity, id, kind, before, after, origin);
  }

  /// This change of a row and a later one of the same row as one.
  public Change and(Change later) {
    var was = new LinkedHashMap<>(before);
    if (kind == Kind.CHANGED) {
      later.before.forEach(was::putIfAbsent);
    }
    var is = new LinkedHashMap<>(after);
    is.putAll(later.after);
    return new Change(sequence, entity, id, kind, was, is, origin);
  }

  /// The version after the change, where there is one.
  public @Nullable Value version() {
    return after.get("version");
  }
}
