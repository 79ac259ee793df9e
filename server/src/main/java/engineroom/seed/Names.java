package engineroom.seed;

import engineroom.model.Entity;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that somebody may have meant.
final class Names {
  private static final int DISTANCE_MAX = 2;

  private Names() {}

  /// That an entity has no such field, with the nearest that it has.
  static String absent(Entity entity, String name) {
    return entity.name() + "." + name + " does not exist" + hint(name, entity.fields().keySet());
  }

  static String hint(String name, Collection<String> names) {
    Optional<String> nearest =
        names.stream()
            .filter(other -> distance(name, other) <= DISTANCE_MAX)
            .min(Comparator.comparingInt(other -> distance(name, other)));
    return nearest.map(other -> "; did you mean " + other + "?").orElse("");
  }

  private static int distance(String a, String b) {
    int[] last = new int[b.length() + 1];
    for (int j = 0; j < last.length; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
      }
      last = row;
    }
    return last[b.length()];
  }
}
