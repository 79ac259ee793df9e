package engineroom.throttle;

import engineroom.data.Value;
import engineroom.problem.ProblemException;
import engineroom.records.Records;
import engineroom.records.Where;
import engineroom.stores.SharedUse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Saves what is used of the limits every second and at the end, so that a restart gives nobody a
/// new beginning, and forgets attempts that are long over. Where others serve the app too, it tells
/// them what was used here every second, and hears what was used there.
public final class ThrottleKeeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger("engineroom.throttle");
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(5);
  private static final String ENTITY = "usedLimit";

  /// Saved of each limit. Whoever used less than half of theirs is not: a new beginning gives them
  /// little.
  static final int SAVED_MAX = 10_000;

  /// Seconds between two times when attempts are forgotten.
  private static final int FORGET_EVERY = 60;

  private final Throttle throttle;
  private final Supplier<Records> records;
  private final InstantSource clock;
  private final @Nullable SharedUse shared;
  private final Set<String> saved = new HashSet<>();
  private final Thread thread;
  private final CountDownLatch end = new CountDownLatch(1);

  /// @param records of the model that is served at the moment
  public ThrottleKeeper(Throttle throttle, Supplier<Records> records, InstantSource clock) {
    this(throttle, records, clock, null);
  }

  /// @param shared what all processes used that serve the app; null where this is the only one
  public ThrottleKeeper(
      Throttle throttle,
      Supplier<Records> records,
      InstantSource clock,
      @Nullable SharedUse shared) {
    this.shared = shared;
    this.throttle = throttle;
    this.records = records;
    this.clock = clock;
    thread = Thread.ofPlatform().daemon().name("throttle").unstarted(this::loop);
  }

  /// Takes over what was saved before a restart, and saves from now on.
  public ThrottleKeeper start() {
    if (shared == null) {
      restore();
    } else {
      tick();
    }
    thread.start();
    return this;
  }

  void restore() {
    for (var limit : throttle.limits()) {
      var pace = limit.pace();
      var row = records.get().find(ENTITY, Value.of(limit.name()));
      if (pace != null
          && row.isPresent()
          && row.get().value("keys") instanceof Value.Bytes(var keys)) {
        limit.buckets().restore(keys, throttle.now(), pace);
        saved.add(limit.name());
      }
    }
  }

  private void loop() {
    try {
      for (int second = 0; !end.await(EVERY.toMillis(), TimeUnit.MILLISECONDS); second++) {
        tick();
        if (second % FORGET_EVERY == 0) {
          forget(clock.instant());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Saves what is used. A limit of which nothing is used, now and before, costs no write.
  void tick() {
    try {
      if (shared == null) {
        throttle.limits().forEach(this::save);
      } else {
        throttle.exchange(shared);
      }
    } catch (ProblemException e) {
      LOG.log(Level.WARNING, "limits not saved, tried again: " + e.problem().title());
    }
  }

  private void save(Throttle.Limit limit) {
    var pace = limit.pace();
    if (pace == null) {
      return;
    }
    var keys = limit.buckets().saved(throttle.now(), pace, SAVED_MAX);
    if (keys.length == 0 && !saved.contains(limit.name())) {
      return;
    }
    var id = Value.of(limit.name());
    var value = Map.<String, Value>of("keys", new Value.Bytes(keys));
    var rows = records.get();
    if (rows.changeWhere(ENTITY, Where.is("id", id), value, 1) == 0) {
      rows.create(ENTITY, Map.of("id", id, "keys", new Value.Bytes(keys)));
    }
    if (keys.length == 0) {
      saved.remove(limit.name());
    } else {
      saved.add(limit.name());
    }
  }

  private void forget(Instant now) {
    try {
      Attempts.forget(records.get(), now);
      if (shared != null) {
        shared.forget(throttle.now());
      }
    } catch (ProblemException e) {
      LOG.log(Level.WARNING, "attempts not forgotten, tried again: " + e.problem().title());
    }
  }

  @Override
  public void close() {
    end.countDown(); // no interrupt, which could hit a write
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      var _ = thread.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    tick();
  }
}
