package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The test says when the files are quiet, so no machine is too slow for it.
final class WatcherTest {
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Semaphore quiet = new Semaphore(0);

  @TempDir private Path folder;
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
      if (key != null || quiet.tryAcquire()) {
        return key;
      }
    }
  }

  private void follow() {
    Thread.ofPlatform().daemon().start(() -> watcher.follow(told::add));
  }

  private void write(String file) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), "x");
  }

  /// What one burst told. The system hands a file's events over at once when it is written.
  private @Nullable String burst() throws InterruptedException {
    quiet.release();
    return told.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void files_that_change_together_are_told_together() throws Exception {
    write("model/product.yaml");
    write("engineroom.yaml");
    write("seed/product.csv");
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
    assertThat(burst()).contains("model");
    write("model/order.yaml");
    assertThat(burst()).contains("model/order.yaml");
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    assertThatThrownBy(() -> Watcher.open(folder.resolve("shop"), this::untilQuiet))
        .isInstanceOf(App.ConfigException.class)
        .hasMessageContaining("There is no folder")
        .hasMessageContaining("engineroom new");
  }
}
