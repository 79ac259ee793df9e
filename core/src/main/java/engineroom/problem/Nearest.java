package engineroom.problem;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the name that was probably meant.
public final class Nearest {
  /// Longer names are not compared.
  private static final int LENGTH_MAX = 80;

  private Nearest() {}

  /// The candidate with the fewest edits (insert, delete, replace, swap of neighbours), where those
  /// are at most a third of the name; null where none is near. Among equals the first in text
  /// order.
  public static @Nullable String of(String name, Collection<String> candidates) {
    if (name.length() > LENGTH_MAX) {
      return null;
    }
    var wanted = name.toLowerCase(Locale.ROOT);
    int best = Math.max(1, name.length() / 3) + 1;
    String found = null;
    for (var candidate : candidates) {
      if (candidate.length() > LENGTH_MAX) {
        continue;
      }
      int edits = edits(wanted, candidate.toLowerCase(Locale.ROOT));
      if (edits < best || (edits == best && found != null && candidate.compareTo(found) < 0)) {
        best = edits;
        found = candidate;
      }
    }
    return found;
  }

  private static int edits(String a, String b) {
    var rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      rows[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      rows[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        rows[i][j] = edits(a, b, i, j, rows);
      }
    }
    return rows[a.length()][b.length()];
  }

  private static int edits(String a, String b, int i, int j, int[][] rows) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int least =
        Math.min(Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1), rows[i - 1][j - 1] + same);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}
