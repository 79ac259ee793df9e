package engineroom.stores.postgres.replica;

import engineroom.problem.ProblemException;
import engineroom.stores.Freshness;
import engineroom.stores.PostgresAddress;
import engineroom.stores.postgres.replica.Primary.Origin;
import engineroom.stores.session.Pool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One standby server: what is known of it, and its connections. What is known is looked at again
/// all the time by one thread, and used by all.
public final class Replica implements Freshness.Copy, AutoCloseable {
  private static final Logger LOG = System.getLogger("engineroom.store");

  /// Whether it is a standby, how far it is, of which server, since when, and whether the primary
  /// keeps what it reads.
  private static final String ASKED =
      "SELECT pg_is_in_recovery(), coalesce((pg_last_wal_replay_lsn() - '0/0')::int8, 0),"
          + " (SELECT system_identifier FROM pg_control_system()),"
          + " greatest((SELECT timeline_id FROM pg_control_checkpoint()),"
          + " (SELECT min_recovery_end_timeline FROM pg_control_recovery())),"
          + " extract(epoch FROM pg_postmaster_start_time())::text,"
          + " current_setting('hot_standby_feedback')";

  /// Time between two lines of the log about one that comes and goes.
  private static final Duration TOLD_EVERY = Duration.ofSeconds(1);

  private final PostgresAddress address;
  private final Primary primary;
  private final Duration staleness;
  private final Link link;
  private volatile State state = new LeftOut("it was not reached yet");
  private @Nullable Open open;
  private String told = "";
  private long toldAt = System.nanoTime() - TOLD_EVERY.toNanos();

  private sealed interface State {}

  private record LeftOut(String why) implements State {}

  /// It answers.
  ///
  /// @param replayed how far it is at least
  /// @param asOf the moment before which it has everything that was acknowledged
  private record Answering(Pool pool, long replayed, long asOf, Feedback feedback)
      implements State {}

  /// Whether the primary keeps the former versions of rows that are read here. Otherwise a long
  /// read ends when they are cleared away.
  private enum Feedback {
    ON,
    OFF
  }

  /// Connections to the server that was started then.
  private record Open(Pool pool, String start) {}

  Replica(PostgresAddress address, Primary primary, Duration staleness) {
    this.address = address;
    this.primary = primary;
    this.staleness = staleness;
    this.link = new Link(address);
  }

  /// Looks at it once; tells whether it answered.
  boolean look() {
    var answered = false;
    try {
      state = judged(link.ask(ASKED));
      answered = true;
    } catch (SQLException | ProblemException e) {
      leave("it can't be reached: " + e.getMessage());
    }
    tell(why());
    return answered;
  }

  private State judged(List<String> seen) {
    var strange =
        seen.getFirst().equals("t")
            ? primary.strange(new Origin(seen.get(2), Integer.parseInt(seen.get(3))))
            : "it is no standby: it was promoted, or never was one";
    if (!strange.isEmpty()) {
      leave(strange);
      return state;
    }
    var replayed = Long.parseLong(seen.get(1));
    var asOf = primary.asOf(replayed);
    if (asOf.isEmpty()) {
      return new LeftOut(behind());
    }
    var feedback = seen.get(5).equals("on") ? Feedback.ON : Feedback.OFF;
    return new Answering(pool(seen.get(4)), replayed, asOf.getAsLong(), feedback);
  }

  private String behind() {
    return "it is behind by more than " + staleness.toMillis() + " ms";
  }

  private Pool pool(String start) {
    if (open == null || !open.start().equals(start)) {
      leave("it was started anew");
      open = new Open(Connections.replica(address, same(start)), start);
    }
    return open.pool();
  }

  /// A statement that fails where another server answers by now than was looked at.
  private static String same(String start) {
    return "DO $$BEGIN IF NOT pg_is_in_recovery()"
        + " OR extract(epoch FROM pg_postmaster_start_time())::text <> '"
        + start
        + "' THEN RAISE EXCEPTION 'this is another server by now'; END IF; END$$";
  }

  /// Asks it nothing more, and ends what is asked.
  private void leave(String why) {
    state = new LeftOut(why);
    var gone = open;
    open = null;
    if (gone != null) {
      Thread.ofVirtual().start(gone.pool()::close); // takes time where nothing answers
    }
  }

  /// Says in the log what has changed.
  private void tell(String why) {
    if (why.equals(told) || System.nanoTime() - toldAt < TOLD_EVERY.toNanos()) {
      return;
    }
    told = why;
    toldAt = System.nanoTime();
    if (why.isEmpty()) {
      LOG.log(Level.INFO, "replica=" + name() + " answers reads");
    } else {
      LOG.log(Level.WARNING, "replica=" + name() + " is left out: " + why);
    }
  }

  /// Where it is.
  public String name() {
    return address.host() + ":" + address.port();
  }

  /// Why it answers nothing; empty where it does.
  String why() {
    return switch (state) {
      case LeftOut(var why) -> why;
      case Answering now -> fresh(now) ? "" : behind();
    };
  }

  private boolean fresh(Answering now) {
    return System.nanoTime() - now.asOf() <= staleness.toNanos();
  }

  /// Whether it may answer who has seen what is before a position.
  boolean answers(long seen, Freshness.Reads reads) {
    return state instanceof Answering now
        && now.replayed() >= seen
        && fresh(now)
        && (reads == Freshness.Reads.REPEATED || now.feedback() == Feedback.ON);
  }

  /// No connection to it is free, or none can be had.
  public static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy(@Nullable Throwable cause) {
      super("no connection to a replica is free", cause);
    }
  }

  /// A connection to it.
  ///
  /// @throws Busy where none is free
  public Connection take() {
    try {
      if (state instanceof Answering now) {
        return now.pool().take();
      }
    } catch (SQLException | ProblemException e) {
      throw new Busy(e);
    }
    throw new Busy(null);
  }

  /// A connection was lost: it is asked nothing until it was looked at.
  public void lost() {
    state = new LeftOut("a connection to it was lost");
  }

  @Override
  public void close() {
    leave("the program ends");
    link.close();
  }
}
