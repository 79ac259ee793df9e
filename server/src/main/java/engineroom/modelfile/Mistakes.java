package engineroom.modelfile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong, so that one run tells all of it.
final class Mistakes {
  private final Set<Mistake> errors = new LinkedHashSet<>();
  private final Set<Mistake> warnings = new LinkedHashSet<>();

  void add(Source.Place place, String message, @Nullable String hint) {
    errors.add(place.mistake(message, hint));
  }

  void add(Node node, String message, @Nullable String hint) {
    add(node.place(), message, hint);
  }

  void warn(Node node, String message, @Nullable String hint) {
    warnings.add(node.place().mistake(message, hint));
  }

  int count() {
    return errors.size();
  }

  List<Mistake> errors() {
    return new ArrayList<>(errors);
  }

  List<Mistake> warnings() {
    return new ArrayList<>(warnings);
  }
}
