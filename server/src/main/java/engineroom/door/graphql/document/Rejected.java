package engineroom.door.graphql.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request that can't be carried out, and why: what is wrong with its document or its variables.
public final class Rejected extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  /// One thing that is wrong.
  ///
  /// @param place in the document, or null
  public record Fault(String message, @Nullable Place place) {}

  /// Counted from 1.
  public record Place(int line, int column) {}

  public Rejected(List<Fault> faults) {
    super(faults.isEmpty() ? "" : faults.getFirst().message(), null, false, false);
    this.faults = List.copyOf(faults);
  }

  public Rejected(String message) {
    this(List.of(new Fault(message, null)));
  }

  public List<Fault> faults() {
    return faults;
  }
}
