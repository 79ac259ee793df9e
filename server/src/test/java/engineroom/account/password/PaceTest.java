package engineroom.account.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Duration APART = Duration.ofMillis(100);

  @Test
  void nobody_waits_where_nobody_else_is_served() {
    var pace = pace(1);
    assertThat(waits(pace, 1_000, false)).containsOnly(Duration.ZERO);
  }

  @Test
  void a_few_begin_at_once_beside_others_and_more_one_after_another() {
    var pace = pace(1);
    var waits = waits(pace, 13, true);
    assertThat(waits.subList(0, Pace.AT_ONCE)).containsOnly(Duration.ZERO);
    assertThat(waits.subList(Pace.AT_ONCE, 13))
        .containsExactly(APART, APART.multipliedBy(2), APART.multipliedBy(3));
  }

  @Test
  void where_two_are_at_work_twice_as_many_begin() {
    var waits = waits(pace(2), 14, true);
    assertThat(waits.getLast()).isEqualTo(APART.multipliedBy(2));
  }

  @Test
  void who_comes_after_a_while_finds_no_debt_and_no_more_than_a_few_at_once() {
    var pace = pace(1);
    waits(pace, 100, true);
    long later = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    var waits = new ArrayList<Duration>();
    for (int i = 0; i < Pace.AT_ONCE + 1; i++) {
      pace.othersAreServed();
      waits.add(pace.next(later));
    }
    assertThat(waits.subList(0, Pace.AT_ONCE)).containsOnly(Duration.ZERO);
    assertThat(waits.getLast()).isEqualTo(APART);
  }

  @Test
  void nobody_waits_where_sign_ins_are_not_to_make_way() {
    var pace = pace(1);
    pace.makeWay(false);
    assertThat(waits(pace, 1_000, true)).containsOnly(Duration.ZERO);
    pace.makeWay(true);
    assertThat(waits(pace, Pace.AT_ONCE + 2, true)).endsWith(APART, APART.multipliedBy(2));
  }

  @Test
  void when_others_are_gone_nobody_waits_any_more() {
    var pace = pace(1);
    waits(pace, 100, true);
    assertThat(pace.next(System.nanoTime())).as("a moment later").isPositive();
    long later = System.nanoTime() + Pace.THERE.toNanos();
    assertThat(pace.next(later)).isEqualTo(Duration.ZERO);
  }

  private static Pace pace(int parallel) {
    return new Pace(new HashLimits(parallel, 0, Duration.ZERO, APART));
  }

  /// Of many who come at one moment.
  private static List<Duration> waits(Pace pace, int count, boolean others) {
    long now = System.nanoTime();
    var waits = new ArrayList<Duration>();
    for (int i = 0; i < count; i++) {
      if (others) {
        pace.othersAreServed();
      }
      waits.add(pace.next(now));
    }
    return waits;
  }
}
