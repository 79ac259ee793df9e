package engineroom.audit;

import engineroom.Engine;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.model.Model;
import engineroom.modelfile.Settings.AuditSettings;
import engineroom.operation.Call;
import engineroom.outcome.Change;
import engineroom.records.Records;
import engineroom.records.Where;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The audit log: what was done to rows, from the change log, and what else happened, as the
/// program reports it.
public final class Audit {
  static final String CHECKPOINT = "auditCheckpoint";

  /// Entries between two checkpoints.
  static final int SIGN_AFTER = 1_000;

  /// Time between two checkpoints while something is done.
  static final Duration SIGN_EVERY = Duration.ofMinutes(1);

  /// Changes taken in one transaction: other writers wait for no more.
  static final int AT_ONCE = 250;

  /// Checkpoints looked at for the file: more than are signed between two looks.
  static final int COPIED_AT_ONCE = 200;

  /// Entries cut off in one transaction.
  static final int CUT_AT_ONCE = 2_000;

  /// Changes that are passed over before the head is moved behind them.
  static final int PASSED_OVER = 10_000;

  /// How long the log may be walked.
  private static final Duration VERIFYING = Duration.ofHours(6);

  private final Journal journal;
  private final AuditKey key;
  private final Anchors anchors;
  private final @Nullable Ways ways;

  /// Whether the anchors of before the start are in the file.
  private boolean copied;

  /// The last change that was looked at, where only those of accounts are taken.
  private long looked;

  /// @param data the program's own folder
  /// @param journal what the program reports
  public Audit(Path data, Journal journal) {
    this(data, journal, new AuditKey(data), null);
  }

  /// @param key signs
  /// @param ways how requests came to other processes that serve the app: one at a time takes
  ///   changes and signs, each keeps a copy of the anchors. Null where there are no others
  public Audit(Path data, Journal journal, AuditKey key, @Nullable Ways ways) {
    this.journal = journal;
    this.key = key;
    this.ways = ways;
    anchors = new Anchors(data);
    if (ways != null) {
      journal.requests().share();
    }
  }

  /// Tells other processes how requests came to this one.
  void tell() {
    if (ways != null) {
      ways.tell(journal.requests());
    }
  }

  /// Which changes the log is to have, beside those of accounts.
  void rows(AuditSettings.Rows rows) {
    journal.take(rows);
  }

  /// Writes what was refused.
  void refusals(Records records, Instant now) {
    journal.write(records, now);
  }

  /// Reports what happened, in the transaction in which it does.
  static void event(Records within, Event event) {
    var head = Head.read(within);
    Chain.append(within, head, List.of(Draft.of(event))).keep(within);
  }

  /// Entities whose changes are taken in any case.
  private static final Set<String> ALWAYS = Set.of("user", "identity", "apiKey", "invitation");

  /// Checkpoints that a crash may keep from being written to the file.
  static final int UNWRITTEN_MAX = 2;

  /// Writes the anchors that a crash kept from being written, of the newest checkpoints.
  void repair(Records records) {
    var lines = anchors.lines();
    records.last(CHECKPOINT, Where.ALL, "createdAt", UNWRITTEN_MAX).reversed().stream()
        .map(Checkpoint::of)
        .filter(checkpoint -> !lines.contains(checkpoint.line()))
        .forEach(anchors::add);
  }

  /// Copies checkpoints that other processes signed into this one's file: all of them the first
  /// time, then the newest.
  synchronized void copy(Records records) {
    if (ways == null) {
      return;
    }
    var rows =
        copied
            ? records.last(CHECKPOINT, Where.ALL, "createdAt", COPIED_AT_ONCE).reversed()
            : Verification.rows(records);
    var lines = new HashSet<>(anchors.lines());
    rows.stream()
        .map(Checkpoint::of)
        .filter(checkpoint -> lines.add(checkpoint.line()))
        .forEach(anchors::add);
    copied = true;
  }

  /// Begins the log, where it has not begun or the change log is shorter than it was: from the
  /// change log's end, whose earlier changes came nobody knows how.
  void begin(Records records, Engine engine, Instant now) {
    var head = Head.read(records);
    long end = engine.lastChange();
    looked = 0;
    if (begins(head, end)) {
      records.together(within -> begun(within, end, now));
    }
  }

  /// Where one process alone writes, a change log that is shorter says that the database was taken
  /// back in time. Where many do, its end may come later for a while.
  private boolean begins(Head head, long end) {
    var from = head.change();
    return from == null || (ways == null && from > end);
  }

  private Head begun(Records within, long end, Instant now) {
    if (!begins(Head.read(within), end)) {
      return Head.read(within); // another process has begun it
    }
    var by = Circumstances.of(Call.ofProgram(now));
    var event = Event.done(Event.Kind.AUDIT_BEGAN, by).with("change", Value.of(end));
    var head = Chain.append(within, Head.read(within).upTo(end), List.of(Draft.of(event)));
    head.keep(within);
    return head;
  }

  /// Takes changes that are not in the log; tells whether there may be more.
  boolean take(Engine engine, Records records, AuditSettings.Rows rows) {
    return switch (rows) {
      case ON -> takeAll(engine, records);
      case OFF -> takeAccounts(engine, records);
    };
  }

  private boolean takeAll(Engine engine, Records records) {
    long from = begun(records);
    var some = settled(engine.changes(from, AT_ONCE));
    if (!some.isEmpty()) {
      var drafts = drafts(engine.model(), some, _ -> true);
      records.together(within -> taken(within, from, some.getLast().sequence(), drafts));
    }
    return some.size() == AT_ONCE;
  }

  /// Leaves the head where it is while nothing is to be taken: writing it would cost each write
  /// another one.
  private boolean takeAccounts(Engine engine, Records records) {
    long from = begun(records);
    long last = engine.lastChange(); // asked first: what comes meanwhile is looked at next time
    var all = engine.changes(Math.max(from, looked), AccountChange.ENTITIES, AT_ONCE);
    var some = settled(all);
    var drafts = drafts(engine.model(), some, ALWAYS::contains);
    boolean more = some.size() == AT_ONCE;
    long taken = some.isEmpty() ? 0 : some.getLast().sequence();
    long behind = more ? taken : Math.max(last, taken);
    long end = some.size() < all.size() ? all.get(some.size()).sequence() - 1 : behind;
    if (!drafts.isEmpty() || end - from >= PASSED_OVER) {
      records.together(within -> taken(within, from, end, drafts));
    }
    looked = end;
    return more;
  }

  private List<Change> settled(List<Change> changes) {
    return ways == null ? changes : ways.settled(changes, journal.requests());
  }

  private static long begun(Records records) {
    var from = Head.read(records).change();
    if (from == null) {
      throw new IllegalStateException("the audit log has not begun");
    }
    return from;
  }

  /// @param taken whether the changes of an entity are entries, besides what they mean
  private List<Draft> drafts(Model model, List<Change> some, Predicate<String> taken) {
    var drafts = new ArrayList<Draft>();
    for (var change : some) {
      var by = circumstances(change);
      if (taken.test(change.entity())) {
        drafts.add(Draft.of(model, change, by));
      }
      AccountChange.of(change, by).stream().map(Draft::of).forEach(drafts::add);
    }
    return drafts;
  }

  private Circumstances circumstances(Change change) {
    var origin = change.origin();
    return journal
        .requests()
        .find(origin.requestId(), origin.time())
        .or(() -> ways == null ? Optional.empty() : ways.find(origin))
        .orElseGet(() -> Circumstances.of(origin));
  }

  /// In the transaction that moves the head, so that each change has one entry, whatever happens.
  private static Head taken(Records within, long from, long last, List<Draft> drafts) {
    var head = Head.read(within);
    if (head.change() == null || head.change() != from) {
      return head; // another took them
    }
    var next = Chain.append(within, head, drafts).upTo(last);
    next.keep(within);
    return next;
  }

  /// Tells in the log that changes of rows are taken from now on, or not.
  void follow(Engine engine, Records records, AuditSettings.Rows rows, Instant now) {
    boolean on = rows == AuditSettings.Rows.ON;
    if (Head.read(records).rows() == on) {
      return;
    }
    if (on) { // what was changed before is not to be taken
      boolean more = true;
      while (more) {
        more = takeAccounts(engine, records);
      }
    }
    long from = Math.max(begun(records), looked);
    var kind = on ? Event.Kind.ROWS_ON : Event.Kind.ROWS_OFF;
    var draft = Draft.of(Event.done(kind, Circumstances.of(Call.ofProgram(now))));
    var _ =
        records.together(
            within -> {
              var head = Chain.append(within, head(within, from).taking(on), List.of(draft));
              head.keep(within);
              return head;
            });
  }

  private static Head head(Records within, long from) {
    var head = Head.read(within);
    return head.change() == null || head.change() < from ? head.upTo(from) : head;
  }

  /// Signs how far the log went, where that is due.
  ///
  /// @param due after how long
  void sign(Records records, Instant now, Duration due) {
    var head = Head.read(records);
    long unsigned = head.number() - head.signed().number();
    if (unsigned == 0 || (unsigned < SIGN_AFTER && head.signed().time().plus(due).isAfter(now))) {
      return;
    }
    anchors.add(records.together(within -> signed(within, now)));
  }

  private Checkpoint signed(Records within, Instant now) {
    var head = Head.read(within);
    var checkpoint =
        Checkpoint.sign(Checkpoint.Kind.CHECKPOINT, head.number(), head.hash(), now, key);
    within.create(CHECKPOINT, checkpoint.values());
    head.signedAt(now).keep(within);
    return checkpoint;
  }

  /// Cuts off entries that are old enough, and signs that: what follows can still be verified.
  /// Tells whether there may be more.
  boolean cut(Records records, Instant before, Instant now) {
    var head = Head.read(records);
    var rows = Chain.after(records, head.cut().number(), CUT_AT_ONCE);
    Head.Cut at = head.cut();
    for (var row : rows) {
      if (!(row.value("time") instanceof Value.Timestamp(var time)) || !time.isBefore(before)) {
        break;
      }
      at = new Head.Cut(Head.number(row, "id"), Head.text(row, "hash"));
    }
    if (at.number() == head.cut().number() || at.number() >= head.signed().number()) {
      return false;
    }
    var end = at;
    anchors.add(records.together(within -> cut(within, end, now)));
    return end.number() - head.cut().number() == CUT_AT_ONCE;
  }

  private Checkpoint cut(Records within, Head.Cut end, Instant now) {
    var checkpoint = Checkpoint.sign(Checkpoint.Kind.CUT, end.number(), end.hash(), now, key);
    within.create(CHECKPOINT, checkpoint.values());
    var through = Where.ALL.and("id", Comparison.LESS_OR_EQUAL, Value.of(end.number()));
    within.deleteWhere(Chain.ENTRY, through, CUT_AT_ONCE);
    var by = Circumstances.of(Call.ofProgram(now));
    var event = Event.done(Event.Kind.AUDIT_CUT, by).with("through", Value.of(end.number()));
    Chain.append(within, Head.read(within).cutAt(end), List.of(Draft.of(event))).keep(within);
    return checkpoint;
  }

  /// Looks whether the log is as it was written, at one moment: what is added, signed or cut off
  /// meanwhile, by whatever process, is seen as a whole or not at all.
  public Verification.Report verify(Records records) {
    copy(records);
    var lines = anchors.lines(); // before that moment: each is there once its row is
    return records.still(VERIFYING, state -> new Verification(state, key, lines).report());
  }
}
