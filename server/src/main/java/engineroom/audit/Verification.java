package engineroom.audit;

import engineroom.data.Row;
import engineroom.expression.Expression.Comparison;
import engineroom.records.Records;
import engineroom.records.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Walks the audit log from its beginning, or the last cut, and compares it with what was signed.
public final class Verification {
  private static final int PAGE = 500;

  /// Faults told; the log is no good with one.
  private static final int FAULTS_MAX = 20;

  private final Records records;
  private final AuditKey key;
  private final List<String> anchors;
  private final List<String> faults = new ArrayList<>();

  /// @param records of one moment
  /// @param anchors the lines of the file, from before that moment
  Verification(Records records, AuditKey key, List<String> anchors) {
    this.records = records;
    this.key = key;
    this.anchors = anchors;
  }

  /// What was found.
  ///
  /// @param entries that were walked
  /// @param last number of the last good one
  /// @param signed number of the last one that a checkpoint covers
  /// @param faults in words, the first bad entry first; none where the log is as it was written
  public record Report(long entries, long last, long signed, List<String> faults) {
    public Report {
      faults = List.copyOf(faults);
    }

    /// Whether nothing was found.
    public boolean good() {
      return faults.isEmpty();
    }

    /// The same in lines to print.
    public List<String> lines() {
      if (good()) {
        return List.of(
            "The audit log is as it was written: %,d entries up to %d, signed up to %d."
                .formatted(entries, last, signed));
      }
      var lines = new ArrayList<>(faults);
      lines.add("The audit log is not as it was written.");
      return lines;
    }
  }

  Report report() {
    var checkpoints = checkpoints();
    var ofCheckpoints = List.copyOf(faults);
    faults.clear();
    var signed = new TreeMap<Long, String>();
    var cuts = new TreeMap<Long, String>();
    for (var checkpoint : checkpoints) {
      (checkpoint.kind() == Checkpoint.Kind.CUT ? cuts : signed)
          .put(checkpoint.number(), checkpoint.hash());
    }
    long before = cuts.isEmpty() ? 0 : cuts.lastKey();
    var hash = cuts.isEmpty() ? Chain.BEGIN : cuts.lastEntry().getValue();
    var walk = new Walk(before, hash);
    boolean whole = walk(walk, signed);
    long last = signed.isEmpty() ? 0 : signed.lastKey();
    if (whole) {
      ends(walk, Math.max(last, before));
    }
    ofCheckpoints.forEach(this::fault);
    return new Report(walk.entries, walk.number, last, faults);
  }

  /// How far the walk came.
  private static final class Walk {
    private long entries;
    private long number;
    private String hash;

    Walk(long number, String hash) {
      this.number = number;
      this.hash = hash;
    }
  }

  private void fault(String text) {
    if (faults.size() < FAULTS_MAX) {
      faults.add(text);
    }
  }

  /// Those of the file and of the database that are good; the others are told.
  private List<Checkpoint> checkpoints() {
    var all = new ArrayList<Checkpoint>();
    for (int i = 0; i < anchors.size(); i++) {
      var checkpoint = Checkpoint.parse(anchors.get(i));
      if (checkpoint.isPresent() && checkpoint.get().good(key)) {
        all.add(checkpoint.get());
      } else {
        fault("Line " + (i + 1) + " of " + Anchors.NAME + " was not signed by this app's key.");
      }
    }
    var ofFile = List.copyOf(all);
    for (var row : rows(records)) {
      var checkpoint = Checkpoint.of(row);
      if (!checkpoint.good(key)) {
        fault("The checkpoint of entry " + checkpoint.number() + " was not signed by the key.");
        continue;
      }
      all.add(checkpoint);
    }
    compare(ofFile, all.subList(ofFile.size(), all.size()));
    return all;
  }

  /// Each is kept twice; who stops between the two leaves the newest in the database only, and the
  /// next start writes them.
  private void compare(List<Checkpoint> ofFile, List<Checkpoint> ofDatabase) {
    for (var checkpoint : ofFile) {
      if (!ofDatabase.contains(checkpoint)) {
        fault("The checkpoint of entry " + checkpoint.number() + " is not in the database.");
      }
    }
    for (int i = 0; i < ofDatabase.size() - Audit.UNWRITTEN_MAX; i++) {
      if (!ofFile.contains(ofDatabase.get(i))) {
        fault(
            Anchors.NAME
                + " has no line for entry "
                + ofDatabase.get(i).number()
                + ", but should.");
      }
    }
  }

  static List<Row> rows(Records records) {
    var all = new ArrayList<Row>();
    var page = records.all(Audit.CHECKPOINT, Where.ALL, PAGE);
    while (!page.isEmpty()) {
      all.addAll(page);
      var later = Where.ALL.and("id", Comparison.GREATER, page.getLast().id());
      page = records.all(Audit.CHECKPOINT, later, PAGE);
    }
    return all;
  }

  /// Walks until the first bad entry; tells whether there was none.
  private boolean walk(Walk walk, Map<Long, String> signed) {
    var first = records.all(Chain.ENTRY, Where.ALL, 1);
    if (!first.isEmpty() && Head.number(first.getFirst(), "id") <= walk.number) {
      fault("Entry " + Head.number(first.getFirst(), "id") + " was cut off, and is there again.");
    }
    var page = Chain.after(records, walk.number, PAGE);
    while (!page.isEmpty()) {
      for (var row : page) {
        if (!follows(walk, row, signed)) {
          return false;
        }
      }
      page = Chain.after(records, walk.number, PAGE);
    }
    return true;
  }

  private boolean follows(Walk walk, Row row, Map<Long, String> signed) {
    long number = Head.number(row, "id");
    if (number != walk.number + 1) {
      fault("Entry " + (walk.number + 1) + " is missing; entry " + number + " follows.");
      return false;
    }
    var hash = Head.text(row, "hash");
    if (!hash.equals(Chain.hash(walk.hash, row.values()))) {
      fault("Entry " + number + " is not as it was written, or does not belong here.");
      return false;
    }
    var stated = signed.get(number);
    if (stated != null && !stated.equals(hash)) {
      fault("Entry " + number + " is another than the one that was signed.");
      return false;
    }
    walk.entries++;
    walk.number = number;
    walk.hash = hash;
    return true;
  }

  private void ends(Walk walk, long signed) {
    if (walk.number < signed) {
      fault(
          "Entry "
              + (walk.number + 1)
              + " is missing, and all after it: the log was signed up to entry "
              + signed
              + ". Or an older backup was restored.");
      return;
    }
    var head = Head.read(records);
    if (head.number() != walk.number || !head.hash().equals(walk.hash)) {
      fault(
          "Entry "
              + (Math.min(head.number(), walk.number) + 1)
              + " is missing or was added: the log's end is not the one that was written.");
    }
  }
}
