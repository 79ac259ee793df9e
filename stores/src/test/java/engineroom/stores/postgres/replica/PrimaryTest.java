package engineroom.stores.postgres.replica;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.stores.PostgresAddress;
import engineroom.stores.PostgresAddress.Login;
import engineroom.stores.postgres.replica.Primary.Origin;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What is known of a copy by what its primary said.
final class PrimaryTest {
  private static final long FILE = 16 << 20;
  private static final Origin HERE = new Origin("741", 3);

  private final Primary primary =
      new Primary(
          new PostgresAddress("localhost", 5432, "shop", new Login("ann", ""), Map.of()),
          Duration.ofSeconds(2));

  @Test
  void the_log_ends_before_the_head_of_a_page_or_a_file_that_holds_nothing_yet() {
    assertThat(Primary.end(5 * FILE + 40, FILE)).isEqualTo(5 * FILE);
    assertThat(Primary.end(5 * FILE + 2 * 8192 + 24, FILE)).isEqualTo(5 * FILE + 2 * 8192);
    for (var inside : new long[] {41, 24, 39, 48, 8192 + 40, 8192 + 25, 8192, 0, 12_345}) {
      assertThat(Primary.end(5 * FILE + inside, FILE)).isEqualTo(5 * FILE + inside);
    }
  }

  @Test
  void a_copy_is_as_of_the_last_moment_whose_end_of_the_log_it_has() {
    primary.note(HERE, 1_000, 50);
    primary.note(HERE, 2_000, 50);
    primary.note(HERE, 3_000, 70);
    assertThat(primary.asOf(49)).isEmpty();
    assertThat(primary.asOf(50)).isEqualTo(OptionalLong.of(2_000));
    assertThat(primary.asOf(69)).isEqualTo(OptionalLong.of(2_000));
    assertThat(primary.asOf(70)).isEqualTo(OptionalLong.of(3_000));
  }

  @Test
  void moments_of_long_ago_and_of_another_branch_count_no_more() {
    primary.note(HERE, 0, 50);
    primary.note(HERE, Duration.ofSeconds(3).toNanos(), 70);
    assertThat(primary.asOf(60)).isEmpty();
    primary.note(new Origin("741", 4), Duration.ofSeconds(3).toNanos(), 90);
    assertThat(primary.asOf(80)).isEmpty();
  }

  @Test
  void a_server_of_another_origin_or_another_branch_is_no_copy() {
    assertThat(primary.strange(HERE)).contains("not reached yet");
    primary.note(HERE, 1_000, 50);
    assertThat(primary.strange(HERE)).isEmpty();
    assertThat(primary.strange(new Origin("742", 3))).contains("another server");
    assertThat(primary.strange(new Origin("741", 2))).contains("timeline 2", "is on 3");
  }
}
