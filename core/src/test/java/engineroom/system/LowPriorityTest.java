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

  @Test
  void a_thread_is_nicer_by_ten_than_the_program_which_stays_as_it_is() throws Exception {
    int own = niceness();
    var looked = new FutureTask<>(LowPriorityTest::niceness);
    var thread = Thread.ofPlatform().start(LowPriority.of(looked));
    thread.join();
    assertThat(looked.get()).isEqualTo(Math.min(19, own + 10));
    assertThat(niceness()).isEqualTo(own);
  }

  /// Of the thread that asks, by proc(5): the 17th number behind the name.
  private static int niceness() throws IOException {
    var stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }
}
