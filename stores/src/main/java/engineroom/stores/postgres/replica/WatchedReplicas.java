package engineroom.stores.postgres.replica;

import engineroom.stores.Freshness;
import engineroom.stores.PostgresAddress;
import engineroom.stores.Replicas;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The standby servers of a database. Each is looked at ten times a second, and so is the primary,
/// by a thread of its own: one that hangs keeps nobody waiting.
public final class WatchedReplicas implements Replicas, AutoCloseable {
  /// How stale an answer may be where the address says nothing.
  private static final Duration STALENESS = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger("engineroom.store");
  private static final Duration EVERY = Duration.ofMillis(100);

  /// Time between two attempts at one that can't be reached.
  private static final Duration AWAY_EVERY = Duration.ofMillis(500);

  private static final Duration END = Duration.ofSeconds(5);

  /// Where the log ends.
  public static final String POSITION = "SELECT (pg_current_wal_insert_lsn() - '0/0')::int8";

  private final Duration staleness;
  private final boolean everybody;
  private final Primary primary;
  private final List<Replica> replicas;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger turn = new AtomicInteger();

  private WatchedReplicas(PostgresAddress address) {
    staleness = address.staleness().orElse(STALENESS);
    everybody = address.staleness().isPresent();
    primary = new Primary(address, staleness.multipliedBy(2));
    replicas = address.replicas().stream().map(at -> new Replica(at, primary, staleness)).toList();
  }

  /// Those that an address names, which are watched from now on; null for none.
  public static @Nullable WatchedReplicas of(PostgresAddress address) {
    if (address.replicas().isEmpty()) {
      return null;
    }
    var watched = new WatchedReplicas(address);
    watched.watch("primary", watched.primary::look);
    watched.replicas.forEach(replica -> watched.watch(replica.name(), replica::look));
    return watched;
  }

  private void watch(String name, BooleanSupplier look) {
    threads.add(Thread.ofPlatform().daemon().name("replica-watch " + name).start(() -> loop(look)));
  }

  private void loop(BooleanSupplier look) {
    try {
      Duration pause;
      do {
        pause = reached(look) ? EVERY : AWAY_EVERY;
      } while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean reached(BooleanSupplier look) {
    try {
      return look.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a database server could not be looked at, tried again", e);
      return false;
    }
  }

  /// The one that answers the reads of the request that is worked on; null for none.
  ///
  /// @param tables the position behind which the tables are those of the model
  public @Nullable Replica chosen(long tables) {
    var request = Freshness.ofReads().orElse(null);
    if (request == null) {
      return null;
    }
    if (!request.chosen()) {
      request.choose(free(Math.max(tables, request.seen()), request.reads()));
    }
    return (Replica) request.copy();
  }

  private @Nullable Replica free(long seen, Freshness.Reads reads) {
    var first = Math.floorMod(turn.getAndIncrement(), replicas.size());
    for (int i = 0; i < replicas.size(); i++) {
      var replica = replicas.get((first + i) % replicas.size());
      if (replica.answers(seen, reads)) {
        return replica;
      }
    }
    return null;
  }

  /// One failed: the primary answers what is left of the request.
  public static void gaveUp() {
    Freshness.ofReads().ifPresent(request -> request.choose(null));
  }

  /// Hears where the log ended after a write of a request; null where nobody asks for it.
  public static @Nullable LongConsumer listener() {
    return Freshness.CURRENT.isBound() ? Freshness.CURRENT.get()::wrote : null;
  }

  @Override
  public boolean answerEverybody() {
    return everybody;
  }

  @Override
  public int staleSeconds() {
    return (int) staleness.plusMillis(999).toSeconds();
  }

  @Override
  public List<String> leftOut() {
    return replicas.stream()
        .filter(replica -> !replica.why().isEmpty())
        .map(replica -> replica.name() + ": " + replica.why())
        .toList();
  }

  @Override
  public void close() {
    end.countDown();
    try {
      for (var thread : threads) {
        var _ = thread.join(END);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    primary.close();
    replicas.forEach(Replica::close);
  }
}
