package engineroom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class IdsTest {
  private Instant now = Instant.parse("2026-11-21T05:00:00.123456Z");

  @Test
  void ids_are_of_version_7_and_begin_with_the_milliseconds() {
    var id = new Ids(() -> now, new SplittableRandom(1)).next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
  }

  @Test
  void ids_grow_while_the_clock_stands_still_or_steps_back() {
    var ids = new Ids(() -> now, new SplittableRandom(1));
    var made = new ArrayList<String>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.next().toString());
      now = i == 5000 ? now.minusSeconds(60) : now;
    }
    assertThat(made).isSorted().doesNotHaveDuplicates();
  }
}
