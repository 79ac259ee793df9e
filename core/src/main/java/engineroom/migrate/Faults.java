package engineroom.migrate;

import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows that don't fit a model, counted by field and rule, the first of each kept.
public final class Faults {
  /// Rows named for each field and rule.
  public static final int NAMED_MAX = 20;

  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  /// What was found of one kind.
  private static final class Tally {
    final String path;
    final String wayOut;
    final List<Violation> named = new ArrayList<>();
    long count;

    Tally(String path, String wayOut) {
      this.path = path;
      this.wayOut = wayOut;
    }
  }

  /// One row that does not fit.
  ///
  /// @param place the field, or the entity: `product.stock`
  /// @param wayOut what the owner can do about it
  /// @param row the row named, the rule and what is wrong
  public void add(String place, String wayOut, Violation row) {
    var tally = tallies.computeIfAbsent(place + " " + row.code(), _ -> new Tally(place, wayOut));
    tally.count++;
    if (tally.named.size() < NAMED_MAX) {
      tally.named.add(row);
    }
  }

  /// Whether none was found.
  public boolean none() {
    return tallies.isEmpty();
  }

  /// The rows named, each kind with its count and the way out behind it.
  public List<Violation> violations() {
    var all = new ArrayList<Violation>();
    for (var tally : tallies.values()) {
      all.addAll(tally.named);
      var rows = tally.count == 1 ? "1 row does" : tally.count + " rows do";
      var shown = tally.count > NAMED_MAX ? ", the first " + NAMED_MAX + " named above" : "";
      all.add(
          new Violation(
              tally.path,
              "migrate/refused",
              rows + " not fit" + shown + ". " + tally.wayOut,
              Map.of("rows", tally.count)));
    }
    return all;
  }
}
