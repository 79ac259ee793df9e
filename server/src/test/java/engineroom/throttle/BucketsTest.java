package engineroom.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.modelfile.Rates.Rate;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BucketsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Pace TEN = Pace.of("ten", new Rate(10, Duration.ofSeconds(10)));

  private final Buckets buckets = new Buckets(1_600, 42);
  private long now = 1_000 * SECOND;

  private boolean take(long key) {
    return buckets.take(key, 1, now, TEN) == 0;
  }

  private int takeAll(long key) {
    int taken = 0;
    while (take(key)) {
      taken++;
    }
    return taken;
  }

  @Test
  void gives_each_key_its_whole_limit_and_no_more() {
    assertThat(takeAll(7)).isEqualTo(10);
    assertThat(takeAll(8)).isEqualTo(10);
    assertThat(takeAll(0)).isEqualTo(10);
  }

  @Test
  void gives_back_one_at_a_time() {
    takeAll(7);
    assertThat(buckets.take(7, 1, now, TEN)).isEqualTo(SECOND);
    now += SECOND;
    assertThat(takeAll(7)).isEqualTo(1);
    now += 100 * SECOND;
    assertThat(takeAll(7)).isEqualTo(10);
  }

  @Test
  void takes_all_of_a_batch_or_nothing() {
    assertThat(buckets.take(7, 8, now, TEN)).isZero();
    assertThat(buckets.take(7, 3, now, TEN)).isEqualTo(SECOND);
    assertThat(buckets.take(7, 2, now, TEN)).isZero();
    assertThat(buckets.take(9, 11, now, TEN)).isPositive();
  }

  @Test
  void holds_as_many_keys_as_it_may_and_forgets_who_used_least() {
    takeAll(7);
    for (long other = 1_000; other < 1_001_000; other++) {
      take(other);
    }
    assertThat(buckets.busy(now)).isEqualTo(1_600);
    assertThat(take(7)).isFalse();
  }

  @Test
  void goes_on_after_a_restart_with_who_used_more_than_half() {
    takeAll(7);
    take(8);
    var saved = buckets.saved(now, TEN, 100);
    var other = new Buckets(1_600, 43);
    other.restore(saved, now, TEN);
    assertThat(other.take(7, 1, now, TEN)).isPositive();
    assertThat(other.busy(now)).isEqualTo(1);
  }

  @Test
  void counts_a_customer_of_ipv6_once_and_every_address_of_ipv4() {
    assertThat(AddressKey.of("2001:db8:1:2::1")).isEqualTo(AddressKey.of("2001:db8:1:2:f::9"));
    assertThat(AddressKey.of("2001:db8:1:2::1")).isNotEqualTo(AddressKey.of("2001:db8:1:3::1"));
    assertThat(AddressKey.of("192.0.2.7")).isNotEqualTo(AddressKey.of("192.0.2.8"));
    assertThat(AddressKey.of("::ffff:192.0.2.7")).isEqualTo(AddressKey.of("192.0.2.7"));
    assertThat(AddressKey.prefix("2001:db8:1:2::1")).isEqualTo("2001:db8:1:2::/64");
    assertThat(AddressKey.prefix("192.0.2.7")).isEqualTo("192.0.2.7");
  }

  @Test
  void makes_no_garbage() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().threadId();
    for (int i = 0; i < 100_000; i++) { // until it is compiled
      buckets.take(AddressKey.of("192.0.2.7"), 1, now++, TEN);
    }
    long before = threads.getThreadAllocatedBytes(self);
    for (int i = 0; i < 100_000; i++) {
      buckets.take(AddressKey.of("192.0.2.7"), 1, now++, TEN);
    }
    assertThat(threads.getThreadAllocatedBytes(self) - before).isLessThan(10_000);
  }
}
