package engineroom.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.modelfile.Rates;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.ProblemException;
import engineroom.stores.SharedUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Processes that serve the same callers count together.
final class TogetherTest {
  private static final long SECOND = 1_000_000_000L;
  private static final UUID KEY = new UUID(7, 8);

  private long now = 1_000 * SECOND;
  private final Shared shared = new Shared();
  private final Throttle one = throttle(1);
  private final Throttle two = throttle(2);

  private Throttle throttle(long seed) {
    return Throttle.together(Rates.defaults(), () -> now, new Random(seed));
  }

  /// The rules of the table, in memory.
  private static final class Shared implements SharedUse {
    private final Map<String, Use> all = new TreeMap<>();
    private boolean answers = true;

    @Override
    public List<Use> exchange(List<Use> used) {
      if (!answers) {
        throw new IllegalStateException("no answer");
      }
      for (var use : used) {
        all.merge(
            use.limit() + use.key(),
            use,
            (known, told) ->
                new Use(
                    known.limit(),
                    known.key(),
                    Math.max(known.whole() + told.used(), told.whole()),
                    told.used()));
      }
      return new ArrayList<>(all.values());
    }

    @Override
    public void forget(long before) {
      all.values().removeIf(use -> use.whole() < before);
    }
  }

  private static Call call(int perMinute) {
    var claims =
        Map.<String, Value>of("key", new Value.Uuid(KEY), "requestsPerMinute", Value.of(perMinute));
    var caller =
        new Caller.User(new Value.Uuid(new UUID(1, 2)), Set.of(), claims, new Row(Map.of()));
    return Call.ofProgram(Instant.EPOCH).by(caller);
  }

  private static int used(Throttle at, int perMinute, int most) {
    for (int i = 0; i < most; i++) {
      try {
        at.known(call(perMinute), "/api/notes");
      } catch (ProblemException _) {
        return i;
      }
    }
    return most;
  }

  private void exchange() {
    one.exchange(shared);
    two.exchange(shared);
    one.exchange(shared);
  }

  @Test
  void a_key_is_used_as_often_as_it_may_be_and_comes_back_bit_by_bit() {
    assertThat(used(one, 6, 100)).isEqualTo(6);
    now += 10 * SECOND;
    assertThat(used(one, 6, 100)).isEqualTo(1);
  }

  @Test
  void many_who_ask_at_once_get_no_more() throws Exception {
    int clients = 64;
    for (int round = 0; round < 200; round++) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Integer> asking = () -> used(one, 10, 1);
        var passed = 0;
        for (var asked : threads.invokeAll(Collections.nCopies(clients, asking))) {
          passed += asked.get();
        }
        assertThat(passed).isEqualTo(10);
      }
      now += Duration.ofMinutes(1).toNanos();
    }
  }

  @Test
  void what_was_used_at_one_is_used_at_the_other_once_they_have_told() {
    assertThat(used(one, 60, 40)).isEqualTo(40);
    exchange();
    assertThat(used(two, 60, 100)).isEqualTo(20);
    exchange();
    assertThat(used(one, 60, 100)).isZero();
  }

  @Test
  void what_both_let_through_at_once_is_counted_and_paid_back() {
    assertThat(used(one, 60, 100)).isEqualTo(60);
    assertThat(used(two, 60, 100)).isEqualTo(60);
    exchange();
    now += Duration.ofSeconds(59).toNanos();
    assertThat(used(one, 60, 100)).isZero();
    assertThat(used(two, 60, 100)).isZero();
    now += Duration.ofSeconds(11).toNanos();
    assertThat(used(two, 60, 100)).isEqualTo(10);
  }

  @Test
  void telling_costs_nobody_anything() {
    for (int second = 0; second < 300; second++) {
      assertThat(used(one, 120, 2)).as("second " + second).isEqualTo(2);
      now += SECOND;
      exchange();
    }
    now += 60 * SECOND;
    exchange();
    assertThat(used(two, 120, 200)).isEqualTo(120);
  }

  @Test
  void what_nobody_heard_is_told_again() {
    assertThat(used(one, 60, 40)).isEqualTo(40);
    shared.answers = false;
    assertThatThrownBy(() -> one.exchange(shared)).hasMessage("no answer");
    shared.answers = true;
    exchange();
    assertThat(used(two, 60, 100)).isEqualTo(20);
  }
}
