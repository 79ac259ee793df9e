package engineroom.mail;

import engineroom.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends what is due each second, and forgets what is old now and then. Knows of no library before
/// the first mail is due.
public final class MailClock implements AutoCloseable {
  private static final Logger LOG = System.getLogger("engineroom.mail");
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration CLEAN_EVERY = Duration.ofMinutes(10);

  /// A mail under way gets so long to end.
  private static final Duration END = Duration.ofSeconds(20);

  private final Supplier<Served> served;
  private final InstantSource clock;
  private final BooleanSupplier ours;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Instant cleaned;

  /// @param served of the model that is served at the moment
  public MailClock(Supplier<Served> served, InstantSource clock) {
    this(served, clock, () -> true);
  }

  /// @param ours whether it is this process that sends, of all that serve the app
  public MailClock(Supplier<Served> served, InstantSource clock, BooleanSupplier ours) {
    this.served = served;
    this.clock = clock;
    this.ours = ours;
    this.thread = Thread.ofPlatform().daemon().name("mail").unstarted(this::loop);
  }

  /// Begins.
  public MailClock start() {
    thread.start();
    return this;
  }

  private void loop() {
    try {
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        if (ours.getAsBoolean()) {
          tick();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Does what is to be done now.
  void tick() {
    try {
      var now = served.get();
      var postman = new Postman(now, clock);
      send(postman, now);
      if (cleaned == null || !clock.instant().isBefore(cleaned.plus(CLEAN_EVERY))) {
        postman.clean();
        cleaned = clock.instant();
      }
    } catch (ProblemException e) {
      LOG.log(Level.WARNING, "mails wait, tried again in a second: " + e.problem().title());
    }
  }

  private void send(Postman postman, Served now) {
    var server = now.settings().smtp();
    if (now.posting() != Posting.SEND || server == null) {
      return;
    }
    var due = postman.due();
    if (!due.isEmpty()) {
      postman.send(due, new SmtpSender(server), () -> closed.getCount() == 0);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(END)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
