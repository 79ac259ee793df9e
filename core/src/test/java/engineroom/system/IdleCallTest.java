package engineroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class IdleCallTest {
  private static final int SCHED_IDLE = 5;

  @Test
  void gives_what_the_function_gave() {
    var command = Arena.ofAuto().allocateFrom("sleep 0.2; exit 3");
    var call = IdleCall.begin(function("system"), command).orElseThrow();
    assertThat(call.await(Duration.ofSeconds(30))).as("as wait(2) tells it").hasValue(3 << 8);
    assertThat(call.await(Duration.ZERO)).as("and again").hasValue(3 << 8);
  }

  @Test
  void comes_last_for_a_processor_and_is_waited_for_as_long_as_is_said() throws IOException {
    var call = IdleCall.begin(function("sleep"), MemorySegment.ofAddress(2)).orElseThrow();
    assertThat(policies()).as("one thread, and none of Java's").containsOnlyOnce(SCHED_IDLE);
    assertThat(call.await(Duration.ofMillis(10))).isEqualTo(OptionalInt.empty());
    assertThat(call.await(Duration.ofSeconds(30))).hasValue(0);
    assertThat(policies()).doesNotContain(SCHED_IDLE);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment function(String name) {
    return Linker.nativeLinker().defaultLookup().findOrThrow(name);
  }

  /// Of all threads of this program, by proc(5): the 39th number behind the name.
  private static List<Integer> policies() throws IOException {
    try (var threads = Files.list(Path.of("/proc/self/task"))) {
      return threads.map(IdleCallTest::policy).toList();
    }
  }

  private static int policy(Path thread) {
    try {
      var stat = Files.readString(thread.resolve("stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[38]);
    } catch (IOException ended) {
      return -1;
    }
  }
}
