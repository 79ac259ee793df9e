package engineroom.audit;

import engineroom.Engine;
import engineroom.modelfile.Settings.AuditSettings;
import engineroom.operation.Call;
import engineroom.problem.ProblemException;
import engineroom.records.Records;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Takes what was changed into the audit log a quarter of a second later, signs it, and cuts off
/// what is too old.
public final class AuditClock implements AutoCloseable {
  private static final Logger LOG = System.getLogger("engineroom.audit");
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration END = Duration.ofSeconds(10);
  private static final Duration CUT_EVERY = Duration.ofMinutes(10);
  private static final Duration COPY_EVERY = Duration.ofSeconds(10);

  private final Audit audit;
  private final Supplier<Served> served;
  private final InstantSource clock;
  private final BooleanSupplier ours;
  private final Thread thread;
  private Instant cut = Instant.EPOCH;
  private Instant copied = Instant.EPOCH;
  private boolean failing;
  private final CountDownLatch end = new CountDownLatch(1);

  /// What is served at the moment.
  public record Served(Engine engine, AuditSettings settings) {}

  public AuditClock(Audit audit, Supplier<Served> served, InstantSource clock) {
    this(audit, served, clock, () -> true);
  }

  /// @param ours whether it is this process that takes changes and signs, of all that serve the app
  public AuditClock(
      Audit audit, Supplier<Served> served, InstantSource clock, BooleanSupplier ours) {
    this.audit = audit;
    this.served = served;
    this.clock = clock;
    this.ours = ours;
    thread = Thread.ofPlatform().daemon().name("audit").unstarted(this::loop);
  }

  /// Begins the log where there is none, and goes on with it.
  public AuditClock start() {
    var now = served.get();
    audit.repair(records(now.engine()));
    audit.begin(records(now.engine()), now.engine(), clock.instant());
    thread.start();
    return this;
  }

  private Records records(Engine engine) {
    return new Records(engine.model(), engine, Call.ofProgram(clock.instant()));
  }

  private void loop() {
    try {
      do {
        tick(Audit.SIGN_EVERY);
      } while (!end.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Does what there is to do.
  void tick(Duration due) {
    try {
      var now = served.get();
      var engine = now.engine();
      var records = records(engine);
      audit.rows(now.settings().rows());
      audit.refusals(records, clock.instant());
      audit.tell();
      copy(records);
      if (ours.getAsBoolean()) {
        write(now, records, due);
      }
      failing = false;
    } catch (ProblemException e) {
      failed(e.problem().title(), e);
    } catch (RuntimeException e) {
      failed("a bug", e); // the log goes on with the next tick; the app must not end by it
    }
  }

  /// What one process does.
  private void write(Served now, Records records, Duration due) {
    audit.follow(now.engine(), records, now.settings().rows(), clock.instant());
    boolean more = true;
    while (more) {
      more = audit.take(now.engine(), records, now.settings().rows());
    }
    audit.sign(records, clock.instant(), due);
    cut(records, now.settings());
  }

  private void copy(Records records) {
    if (!copied.plus(COPY_EVERY).isAfter(clock.instant())) {
      copied = clock.instant();
      audit.copy(records);
    }
  }

  private void failed(String why, RuntimeException e) {
    if (!failing) {
      LOG.log(Level.ERROR, "the audit log is behind, tried again: " + why, e);
    }
    failing = true;
  }

  private void cut(Records records, AuditSettings settings) {
    var now = clock.instant();
    var keep = settings.keep();
    if (keep == null || cut.plus(CUT_EVERY).isAfter(now)) {
      return;
    }
    cut = now;
    boolean more = true;
    while (more && end.getCount() > 0) {
      more = audit.cut(records, now.minus(keep), now);
    }
  }

  @Override
  public void close() {
    if (end.getCount() == 0) {
      return; // the store may be closed by now
    }
    end.countDown(); // no interrupt, which could hit a write
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      var _ = thread.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    tick(Duration.ZERO);
  }
}
