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
            ? known.size() <= 12 ? "There are: " + String.join(", ", known) + "." : null
            : "Did you mean " + nearest + "?");
  }

  boolean none() {
    return found.isEmpty();
  }

  List<Mistake> list() {
    return new ArrayList<>(found);
  }
}
