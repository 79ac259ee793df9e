package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The test says when the files are quiet, so no machine is too slow for it. Each file comes as one
/// event: it is written aside and moved here.
final class WatcherTest {
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Semaphore quiet = new Semaphore(0);

  /// Events that the burst must still have, whatever else says that the files are quiet.
  private final AtomicInteger missing = new AtomicInteger();

  @TempDir private Path folder;
  @TempDir private Path aside;
  private Watcher watcher;

  @BeforeEach
  void watch() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    watcher = Watcher.open(folder, this::untilQuiet);
  }

  @AfterEach
  void close() {
    watcher.close();
  }

  private @Nullable WatchKey untilQuiet(WatchService service) throws InterruptedException {
    while (true) {
      var key = service.poll(1, TimeUnit.MILLISECONDS);
      if (key != null) {
        missing.decrementAndGet();
        return key;
      }
      if (missing.get() <= 0 && quiet.tryAcquire()) {
        return null;
      }
    }
  }

  private void follow() {
    Thread.ofPlatform().daemon().start(() -> watcher.follow(told::add));
  }

  private void write(String file) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    var whole = Files.writeString(aside.resolve("whole"), "x");
    Files.move(whole, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  /// What one burst told. One that ended before the system handed an event over tells nothing, and
  /// another begins with it.
  private @Nullable String burst() throws InterruptedException {
    @Nullable String burst = null;
    for (int i = 0; i < 600 && burst == null; i++) {
      quiet.release();
      burst = told.poll(100, TimeUnit.MILLISECONDS);
    }
    quiet.drainPermits();
    return burst;
  }

  /// Whether a burst tells of a name, the first or a later one. A folder that goes is two events of
  /// two folders, and nobody knows how far apart the system hands them over: a burst may end
  /// between them and tell nothing.
  private boolean tells(String name) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      quiet.release();
      var burst = told.poll(100, TimeUnit.MILLISECONDS);
      if (burst != null && List.of(burst.split(", ", -1)).contains(name)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void files_that_change_together_are_told_together() throws Exception {
    write("model/product.yaml");
    write("engineroom.yaml");
    write("seed/product.csv");
    missing.set(1); // of two folders
    follow();
    assertThat(burst()).contains("engineroom.yaml", "model/product.yaml");
  }

  @Test
  void what_changes_before_it_is_followed_is_told_too() throws Exception {
    write("model/product.yaml");
    follow();
    assertThat(burst()).isEqualTo("model/product.yaml");
  }

  @Test
  void what_comes_after_quiet_is_told_by_itself() throws Exception {
    follow();
    write("model/product.yaml");
    assertThat(burst()).isEqualTo("model/product.yaml");
    write("model/order.yaml");
    assertThat(burst()).isEqualTo("model/order.yaml");
  }

  @Test
  void a_new_folder_is_watched_from_then_on() throws Exception {
    follow();
    Files.createDirectories(folder.resolve("model/sales"));
    assertThat(burst()).isEqualTo("model/sales");
    write("model/sales/order.yaml");
    assertThat(burst()).isEqualTo("model/sales/order.yaml");
  }

  @Test
  void a_removed_file_is_a_change_and_a_file_of_others_is_none() throws Exception {
    write("model/product.yaml");
    follow();
    assertThat(burst()).isEqualTo("model/product.yaml");
    write("model/notes.txt");
    write("data/app.db");
    Files.delete(folder.resolve("model/product.yaml"));
    assertThat(burst()).isEqualTo("model/product.yaml");
  }

  @Test
  void a_folder_of_models_may_go_and_come_back() throws Exception {
    follow();
    Files.delete(folder.resolve("model"));
    write("model/product.yaml");
    assertThat(tells("model")).isTrue();
    write("model/order.yaml");
    assertThat(tells("model/order.yaml")).isTrue();
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    assertThatThrownBy(() -> Watcher.open(folder.resolve("shop"), this::untilQuiet))
        .isInstanceOf(App.ConfigException.class)
        .hasMessageContaining("There is no folder")
        .hasMessageContaining("engineroom new");
  }
}
