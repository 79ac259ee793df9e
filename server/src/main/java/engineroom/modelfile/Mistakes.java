package engineroom.modelfile;

import engineroom.problem.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Collects all mistakes of one run.
final class Mistakes {
  private final TreeSet<Mistake> found = new TreeSet<>();
  private boolean incomplete;

  void add(Part.Place place, String message, @Nullable String hint) {
    found.add(new Mistake(place.file(), place.line(), place.column(), message, hint));
  }

  /// A name that is none of those there are.
  void unknown(Part.Place place, String message, String name, Collection<String> known) {
    var nearest = Nearest.of(name, known);
    add(
        place,
        message,
        nearest == null
            ? known.size() <= 16 ? "There are: " + String.join(", ", known) + "." : null
            : "Did you mean " + nearest + "?");
  }

  /// A file could not be read: what it declares is not known, and nothing may be called missing for
  /// its sake.
  void unreadable(Part.Place place, String message, @Nullable String hint) {
    incomplete = true;
    add(place, message, hint);
  }

  /// Whether a file could not be read.
  boolean incomplete() {
    return incomplete;
  }

  /// A name that a file which could not be read may declare: told only where it looks like a slip
  /// of the pen.
  void undeclared(Part.Place place, String message, String name, Collection<String> known) {
    if (!incomplete || Nearest.of(name, known) != null) {
      unknown(place, message, name, known);
    }
  }

  boolean none() {
    return found.isEmpty();
  }

  List<Mistake> list() {
    return new ArrayList<>(found);
  }
}
