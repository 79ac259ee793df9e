package engineroom.stores.copy;

import java.util.List;

/// A copy that can't be made, or not like this: told before anything is written.
public final class CopyRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> lines;

  CopyRefused(String... lines) {
    this(List.of(lines));
  }

  CopyRefused(List<String> lines) {
    super(String.join(" ", lines));
    this.lines = List.copyOf(lines);
  }

  /// What to print.
  public List<String> lines() {
    return lines;
  }
}
