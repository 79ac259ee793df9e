package engineroom.audit;

import engineroom.audit.Event.Kind;
import engineroom.data.Value;
import engineroom.modelfile.Settings.AuditSettings.Rows;
import engineroom.operation.Call;
import engineroom.outcome.Change;
import engineroom.records.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// What the program reports to the audit log: what is done, in the transaction that does it; what
/// is refused, a moment later, so that nobody waits for it.
public final class Journal {
  /// Refusals that wait to be written; of more only the number is kept.
  static final int WAITING_MAX = 10_000;

  /// Refusals written in one transaction: other writers wait for no more.
  private static final int AT_ONCE = 250;

  private final RecentRequests requests = new RecentRequests();
  private final BlockingQueue<Event> refused = new ArrayBlockingQueue<>(WAITING_MAX);
  private final List<Event> drained = new ArrayList<>();
  private final AtomicLong omitted = new AtomicLong();
  private volatile boolean everyRow = true;

  /// Remembers how the request came that makes changes, where they are for the log.
  public void made(Call call, List<Change> changes) {
    if (call.asked() != null && (everyRow || changes.stream().anyMatch(Journal::always))) {
      requests.remember(Circumstances.of(call));
    }
  }

  private static boolean always(Change change) {
    return AccountChange.ENTITIES.contains(change.entity());
  }

  /// Which changes are for the log from now on; at the beginning all of them may be.
  void take(Rows rows) {
    everyRow = rows == Rows.ON;
  }

  RecentRequests requests() {
    return requests;
  }

  /// Reports what is done.
  ///
  /// @param within the transaction that does it
  public void done(Records within, Event event) {
    Audit.event(within, event);
  }

  /// Reports what was refused.
  public void refused(Event event) {
    if (!refused.offer(event)) {
      omitted.incrementAndGet();
    }
  }

  /// Writes the refusals that wait. Where that fails, they wait on.
  public synchronized void write(Records records, Instant now) {
    while (!drained.isEmpty() || refused.drainTo(drained, AT_ONCE) > 0) {
      writeAll(records, drained);
      drained.clear();
    }
    var count = omitted.get();
    if (count > 0) {
      var by = Circumstances.of(Call.ofProgram(now));
      var event = Event.refused(Kind.REFUSALS_OMITTED, by).with("count", Value.of(count));
      writeAll(records, List.of(event));
      omitted.addAndGet(-count);
    }
  }

  private static void writeAll(Records records, List<Event> events) {
    var drafts = events.stream().map(Draft::of).toList();
    var _ =
        records.together(
            within -> {
              var head = Chain.append(within, Head.read(within), drafts);
              head.keep(within);
              return head;
            });
  }
}
