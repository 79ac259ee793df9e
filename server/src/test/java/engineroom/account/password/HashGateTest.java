package engineroom.account.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.http.Problems;
import engineroom.problem.ProblemException;
import engineroom.problem.RequestProblem.NoRoom;
import engineroom.testkit.run.Alone;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Alone
final class HashGateTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration APART = Duration.ofMillis(100);

  @Test
  void no_more_work_at_a_time_than_allowed_and_all_that_fit_are_served() throws Exception {
    var gate = new HashGate(new HashLimits(2, 998, LONG, APART));
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    int served =
        all(
            1_000,
            () ->
                gate.pass(
                    () -> {
                      most.accumulateAndGet(now.incrementAndGet(), Math::max);
                      Thread.onSpinWait();
                      return now.decrementAndGet();
                    }));
    assertThat(served).isEqualTo(1_000);
    assertThat(most.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void who_comes_to_a_full_queue_is_refused_at_once_with_a_time_to_come_again() throws Exception {
    var gate = new HashGate(new HashLimits(1, 0, LONG, APART));
    var inside = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> gate.pass(() -> hold(inside, done)));
      assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> gate.pass(() -> true))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> {
                var answer = Problems.response(refused.problem(), "r1");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.headers()).containsEntry("Retry-After", "1");
              });
      done.countDown();
      assertThat(first.get()).isTrue();
    }
    assertThat(gate.pass(() -> "free again")).isEqualTo("free again");
  }

  @Test
  void those_who_are_refused_at_once_are_told_to_come_again_one_after_another() {
    var gate = new HashGate(new HashLimits(1, 0, LONG, APART));
    var delays = new ArrayList<Long>();
    gate.admit(
        () -> {
          for (int i = 0; i < 2_000; i++) {
            assertThatThrownBy(() -> gate.admit(() -> true))
                .isInstanceOfSatisfying(
                    ProblemException.class,
                    refused -> delays.add(((NoRoom) refused.problem()).seconds()));
          }
          return true;
        });
    long aSecond = Duration.ofSeconds(1).dividedBy(Appointments.FIRST_GUESS);
    assertThat(delays).isSorted().startsWith(1L).endsWith(Appointments.LATEST.toSeconds());
    assertThat(delays.stream().filter(delay -> delay == 2).count())
        .isBetween(aSecond / 2, 2 * aSecond);
  }

  @Test
  void who_would_find_the_queue_full_is_refused_before_any_other_work() {
    var gate = new HashGate(new HashLimits(1, 1, LONG, APART));
    var begun = new AtomicInteger();
    var answer =
        gate.admit(
            () ->
                gate.admit(
                    () -> {
                      assertThatThrownBy(() -> gate.admit(begun::incrementAndGet))
                          .isInstanceOf(ProblemException.class);
                      return gate.pass(() -> "both");
                    }));
    assertThat(answer).isEqualTo("both");
    assertThat(begun.get()).isZero();
    assertThat(gate.admit(begun::incrementAndGet)).isEqualTo(1);
  }

  @Test
  void of_many_who_come_at_once_few_are_read_and_counted_at_a_time() throws Exception {
    var gate = new HashGate(new HashLimits(2, 998, LONG, APART));
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    int served =
        all(
            1_000,
            () ->
                gate.admit(
                    () -> {
                      most.accumulateAndGet(now.incrementAndGet(), Math::max);
                      gate.pass(() -> true);
                      return now.decrementAndGet();
                    }));
    assertThat(served).isEqualTo(1_000);
    assertThat(most.get()).isBetween(1, 4);
  }

  @Test
  void who_waits_too_long_is_refused() throws Exception {
    var gate = new HashGate(new HashLimits(1, 1, Duration.ofMillis(20), APART));
    var inside = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> gate.pass(() -> hold(inside, done)));
      assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> gate.pass(() -> true)).isInstanceOf(ProblemException.class);
      done.countDown();
      assertThat(first.get()).isTrue();
    }
  }

  @Test
  void a_failure_inside_gives_its_place_back() {
    var gate = new HashGate(new HashLimits(1, 0, LONG, APART));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  gate.pass(
                      () -> {
                        throw new IllegalStateException("inside");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(gate.pass(() -> true)).isTrue();
  }

  @Test
  void a_thousand_sign_ins_at_once_fill_the_memory_of_a_few() throws Exception {
    // All of them at a time would fill 19 GiB.
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(10L << 30);
    var passwords = new Passwords(new HashLimits(1, 99, LONG, APART), new SecureRandom());
    var stored = passwords.hash("correct horse battery staple");
    long before = usedAfterCollection();
    int served = all(1_000, () -> passwords.verify("correct horse battery staple", stored));
    assertThat(served).isBetween(100, 999);
    assertThat(usedAfterCollection() - before).as("MiB kept").isLessThan(64);
  }

  private static long usedAfterCollection() {
    System.gc();
    return usedMib();
  }

  private static int usedMib() {
    var runtime = Runtime.getRuntime();
    return (int) ((runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  private static boolean hold(CountDownLatch inside, CountDownLatch done) {
    inside.countDown();
    try {
      return done.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }

  /// How many were served.
  private static int all(int count, Callable<?> work) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<?>>();
      for (int i = 0; i < count; i++) {
        results.add(threads.submit(work));
      }
      int served = 0;
      for (var result : results) {
        served += served(result) ? 1 : 0;
      }
      return served;
    }
  }

  private static boolean served(Future<?> result) throws InterruptedException {
    try {
      result.get();
      return true;
    } catch (ExecutionException refused) {
      assertThat(refused.getCause()).isInstanceOf(ProblemException.class);
      return false;
    }
  }
}
