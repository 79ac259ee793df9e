package engineroom.account.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class HashThreadsTest {
  private final HashThreads threads = new HashThreads(1);

  @Test
  void work_outside_of_java_has_the_threads_that_come_last() {
    assertThat(threads.<String>outside(HashThreadsTest::thread)).startsWith("passwords-last-");
    assertThat(threads.<String>inJava(HashThreadsTest::thread)).matches("passwords-\\d+");
  }

  @Test
  void what_gets_no_processor_is_done_once_more_by_threads_that_get_some() throws Exception {
    var begun = new AtomicInteger();
    var processor = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    Supplier<String> work =
        () -> {
          if (begun.incrementAndGet() > 1) {
            return thread();
          }
          starve(processor);
          over.countDown();
          return "too late";
        };
    assertThat(threads.<String>outside(work)).matches("passwords-\\d+");
    assertThat(threads.<String>outside(HashThreadsTest::thread)).matches("passwords-\\d+");
    processor.countDown();
    assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
    var next = "";
    for (int i = 0; i < 1_000 && !next.startsWith("passwords-last-"); i++) {
      next = threads.outside(HashThreadsTest::thread);
    }
    assertThat(next).startsWith("passwords-last-");
  }

  @Test
  void a_failure_is_the_callers() {
    Supplier<String> failing =
        () -> {
          throw new IllegalStateException("inside");
        };
    assertThatThrownBy(() -> threads.outside(failing)).hasMessage("inside");
    assertThatThrownBy(() -> threads.inJava(failing)).hasMessage("inside");
  }

  private static void starve(CountDownLatch processor) {
    try {
      assertThat(processor.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }

  private static String thread() {
    return Thread.currentThread().getName();
  }
}
