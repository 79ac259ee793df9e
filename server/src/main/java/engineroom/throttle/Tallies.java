package engineroom.throttle;

import engineroom.data.Value;
import engineroom.records.Records;
import engineroom.throttle.Tally.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// The tallies that an attempt is about: read by one question, and kept by one write.
final class Tallies {
  private final Records within;
  private final Map<Subject, Tally> all = new LinkedHashMap<>();
  private final Map<Subject, Tally> changed = new LinkedHashMap<>();

  private Tallies(Records within) {
    this.within = within;
  }

  /// @param within the transaction of the attempt
  static Tallies read(Records within, List<Subject> subjects, Instant now) {
    var tallies = new Tallies(within);
    subjects.forEach(subject -> tallies.all.put(subject, Tally.none(subject, now)));
    var ids = tallies.all.keySet().stream().map(subject -> Value.of(subject.id())).toList();
    var rows = within.find(Attempts.ENTITY, ids);
    for (var subject : tallies.all.keySet()) {
      rows.stream()
          .filter(row -> row.id().equals(Value.of(subject.id())))
          .forEach(row -> tallies.all.put(subject, Tally.of(subject, row)));
    }
    return tallies;
  }

  /// One of those that were read, as it is by now.
  Tally of(Subject subject) {
    return Objects.requireNonNull(all.get(subject), "it was not asked for");
  }

  /// Changes one of them; [#keep] writes it.
  void change(Subject subject, UnaryOperator<Tally> change) {
    var now = change.apply(of(subject));
    all.put(subject, now);
    changed.put(subject, now);
  }

  /// Writes what changed, once.
  void keep() {
    var rows = new ArrayList<Map<String, Value>>();
    changed.values().stream().filter(Tally::counts).forEach(tally -> rows.add(tally.row()));
    if (!rows.isEmpty()) {
      within.putAll(Attempts.ENTITY, rows);
    }
  }
}
