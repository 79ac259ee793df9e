package engineroom.door.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.http.Response;
import engineroom.testkit.run.Alone;
import org.junit.jupiter.api.Test;

@Alone
class EvenTimeTest {
  @Test
  void quick_work_and_a_quick_failure_take_a_whole_step() {
    long begin = System.nanoTime();
    assertThat(EvenTime.of(() -> Response.empty(202)).status()).isEqualTo(202);
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(EvenTime.STEP.toNanos());
    long again = System.nanoTime();
    assertThatThrownBy(
            () ->
                EvenTime.of(
                    () -> {
                      throw new IllegalStateException("inside");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(System.nanoTime() - again).isGreaterThanOrEqualTo(EvenTime.STEP.toNanos());
  }

  @Test
  void work_that_takes_longer_ends_with_the_step_after() {
    long begin = System.nanoTime();
    EvenTime.of(
        () -> {
          EvenTime.of(() -> Response.empty(202));
          return EvenTime.of(() -> Response.empty(202));
        });
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(3 * EvenTime.STEP.toNanos());
  }
}
