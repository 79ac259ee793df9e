package engineroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class LowPriorityTest {
  /// Of proc(5), behind the name: the niceness is the 17th number, the policy the 39th.
  private static final int NICENESS = 16;

  private static final int POLICY = 38;

  @Test
  void late_is_nicer_by_ten_than_the_program_which_stays_as_it_is() throws Exception {
    int own = number(NICENESS);
    assertThat(seen(LowPriority.LATE, NICENESS)).isEqualTo(Math.min(19, own + 10));
    assertThat(number(NICENESS)).isEqualTo(own);
  }

  @Test
  void last_is_of_the_idle_policy_and_others_stay_as_they_are() throws Exception {
    assertThat(seen(LowPriority.LAST, POLICY)).as("SCHED_IDLE of sched(7)").isEqualTo(5);
    assertThat(number(POLICY)).isZero();
  }

  private static int seen(LowPriority priority, int place) throws Exception {
    var looked = new FutureTask<>(() -> number(place));
    var thread = Thread.ofPlatform().start(priority.of(looked));
    thread.join();
    return looked.get();
  }

  /// What the system tells of the thread that asks.
  private static int number(int place) throws IOException {
    var stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[place]);
  }
}
