package engineroom.stores.copy;

import engineroom.model.History;
import engineroom.model.Model;
import engineroom.stores.copy.CopyRecord.Phase;
import engineroom.stores.copy.OwnTables.Counted;
import engineroom.stores.migrate.Recorded;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Copies what a database keeps of an app into another one while the app may be served, and
/// compares the two.
///
/// Tables are copied in the order of their keys, rows as they are when they are read. So the target
/// is at first as the source never was; then the change log tells which rows to read again, until
/// there is nothing to tell. The end is made on one state of the source.
public final class Copy {
  private final Model model;
  private final Side from;
  private final Side to;
  private final Watch watch;
  private final Map<String, Pair> pairs;

  /// @param from whose layout is the model's
  /// @param to whose layout is too, for [#run] and [#compare]
  public Copy(Model model, Side from, Side to, Watch watch) {
    this.model = model;
    this.from = from;
    this.to = to;
    this.watch = watch;
    this.pairs = Pair.all(model, from, to);
  }

  /// Refuses a source with values that can't be copied.
  public static void checkSource(Model model, Side from) {
    var lines = new ArrayList<String>();
    for (var pair : Pair.all(model, from, from).values()) {
      var table = pair.entity().name();
      if (from.ground().has(table)) {
        for (var spot : from.zeros(table, pair.key().getFirst())) {
          var field = spot.column().replaceAll("__.*$", "");
          lines.add("  " + table + " " + spot.id() + " " + field);
        }
      }
    }
    if (!lines.isEmpty()) {
      lines.addFirst("Texts hold the character U+0000, which no value may have:");
      lines.add("Stop the app, give these fields other texts with a tool of the database, as in");
      lines.add("UPDATE product SET name = 'Bolt' WHERE id = '…', and copy again.");
      throw new CopyRefused(lines);
    }
  }

  /// Refuses a target that holds something else. Writes nothing.
  public void check() {
    var record = CopyRecord.find(to.ground());
    if (record.isEmpty()) {
      refuseRows();
    } else if (!record.get().source().equals(from.name())) {
      throw new CopyRefused(
          to.name() + " has an unfinished copy of " + record.get().source() + ".",
          "Copy from there, or take an empty database.");
    }
  }

  private void refuseRows() {
    var recorded = Recorded.read(to.ground(), History.stored(model)).layout();
    var tables = new LinkedHashSet<>(pairs.keySet());
    tables.addAll(recorded.entities().keySet());
    for (var table : tables) {
      if (to.ground().has(table) && !empty(table)) {
        throw new CopyRefused(
            to.name() + " has rows in " + table + " already.", "Take an empty database.");
      }
    }
  }

  private boolean empty(String table) {
    try (var rows = to.session().rows("SELECT 1 FROM " + TableSql.name(table) + " LIMIT 1")) {
      return !rows.next();
    }
  }

  /// Copies, or goes on with a copy that was cut short, until the target is the same as the source.
  public Copied run() {
    return told(this::copied);
  }

  private <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw to.told(from.told(e));
    }
  }

  private Copied copied() {
    var record = CopyRecord.find(to.ground()).orElseGet(this::begun);
    loosen(record);
    if (record.phase() == Phase.ROWS) {
      rows();
      phase(record, Phase.FOLLOWING);
    }
    var follower = new Follower(model, pairs, to);
    do {
      watch.following(settled(follower, record));
    } while (watch.goOn() && from.served());
    return finished(follower, record);
  }

  private CopyRecord begun() {
    refuseRows();
    var settled = from.settled();
    return to.change(() -> CopyRecord.begin(to.ground(), from.name(), settled));
  }

  /// A copy that is done goes on too, as long as nobody served an app from it.
  private void loosen(CopyRecord record) {
    if (record.phase() == Phase.DONE) {
      phase(record, Phase.FOLLOWING);
    }
    to.change(
        () -> {
          var loose = to.loosen(pairs.keySet());
          record.loosened(loose.back());
          loose.away().forEach(to.session()::execute);
          return true;
        });
  }

  private void phase(CopyRecord record, Phase phase) {
    to.change(
        () -> {
          record.phase(phase);
          return true;
        });
  }

  private void rows() {
    var whole = pairs.values().stream().mapToLong(pair -> pair.from().count()).sum();
    var done = pairs.values().stream().mapToLong(pair -> pair.to().count()).sum();
    for (var pair : pairs.values()) {
      done = rows(pair, done, whole);
    }
  }

  /// Rows that a copy before this one brought are those with the least keys.
  private long rows(Pair pair, long before, long whole) {
    var done = before;
    var last = pair.to().last();
    while (true) {
      var rows = pair.from().behind(last);
      if (rows.isEmpty()) {
        return done;
      }
      to.change(
          () -> {
            pair.to().insert(rows);
            return true;
          });
      last = rows.getLast();
      done += rows.size();
      watch.copied(pair.told(), done, Math.max(done, whole));
    }
  }

  private long settled(Follower follower, CopyRecord record) {
    return follower.follow(record, from.settled());
  }

  private Copied finished(Follower follower, CopyRecord record) {
    var served = from.served();
    var settled = from.settled();
    return from.still(
        () -> {
          var last = follower.follow(record, settled);
          var tables = reconciled();
          var copied = new Copied(tables, last, served);
          if (copied.same()) {
            tighten(record);
          }
          return copied;
        });
  }

  /// What no log tells of is copied now; and what turns out to differ, because somebody wrote it by
  /// hand.
  private List<Copied.Table> reconciled() {
    var reconciliation = new Reconciliation(to);
    pairs.values().stream().filter(pair -> !pair.logged()).forEach(reconciliation::reconcile);
    var comparison = new Comparison(watch, pairs.values());
    var tables = new ArrayList<Copied.Table>();
    for (var pair : pairs.values()) {
      var table = comparison.compare(pair);
      if (!table.same()) {
        reconciliation.reconcile(pair);
        table = comparison.compare(pair);
      }
      tables.add(table);
    }
    return tables;
  }

  private void tighten(CopyRecord record) {
    to.change(
        () -> {
          record.loose().forEach(to.session()::execute);
          record.tightened();
          search(pairs.values());
          for (var counted : Counted.values()) {
            to.goOn(counted, from.given(counted));
          }
          to.settle();
          record.phase(Phase.DONE);
          return true;
        });
  }

  /// Where an index of words stands beside the table, it is made when all rows are there.
  private void search(Collection<Pair> all) {
    var dialect = to.session().dialect();
    if (dialect.tables().searchColumn() != null) {
      return;
    }
    var names = new TableNames(History.stored(model), dialect);
    for (var pair : all) {
      if (!TableNames.searched(pair.entity()).isEmpty()) {
        to.search(names, pair.entity());
      }
    }
  }

  /// Compares the two as they are, and changes nothing.
  public Copied compare() {
    var served = from.served();
    return told(() -> from.still(() -> to.still(() -> compared(served))));
  }

  private Copied compared(boolean served) {
    var comparison = new Comparison(watch, pairs.values());
    var tables = pairs.values().stream().map(comparison::compare).toList();
    return new Copied(tables, from.given(Counted.CHANGE), served);
  }
}
