package engineroom.stores.copy;

import engineroom.data.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a table of the target the same as the source's, by going over both in the order of the
/// key: for what no change log tells of. Writes what differs, and nothing else.
final class Reconciliation {
  private final Side target;

  Reconciliation(Side target) {
    this.target = target;
  }

  /// Goes over a table.
  void reconcile(Pair pair) {
    @Nullable Row after = null;
    while (true) {
      var wanted = pair.from().behind(after);
      var last = wanted.isEmpty() ? null : wanted.getLast();
      fit(pair, wanted, pair.to().between(after, last));
      if (last == null) {
        return;
      }
      after = last;
    }
  }

  private void fit(Pair pair, List<Row> wanted, List<Row> there) {
    if (wanted.equals(there)) {
      return;
    }
    var gone = new ArrayList<>(there);
    gone.removeAll(new HashSet<>(wanted));
    var come = new ArrayList<>(wanted);
    come.removeAll(new HashSet<>(there));
    target.change(
        () -> {
          gone.forEach(pair.to()::delete);
          pair.to().insert(come);
          return true;
        });
  }
}
