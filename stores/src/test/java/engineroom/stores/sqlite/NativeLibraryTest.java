package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

final class NativeLibraryTest {
  @TempDir private Path cache;

  @Test
  void unpacks_the_library_once_for_each_version_of_the_driver() throws IOException {
    var kept = NativeLibrary.kept(cache);
    assertThat(kept.toString()).contains("sqlite-" + SQLiteJDBCLoader.getVersion());
    assertThat(Files.size(kept)).isGreaterThan(500_000);
    var longAgo = FileTime.fromMillis(1_000);
    Files.setLastModifiedTime(kept, longAgo);
    assertThat(NativeLibrary.kept(cache)).isEqualTo(kept);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(longAgo);
  }

  @Test
  void leaves_nothing_else_behind() throws IOException {
    var kept = NativeLibrary.kept(cache);
    try (var files = Files.list(kept.getParent())) {
      assertThat(files).containsExactly(kept);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void runs_on_the_kept_library() throws IOException {
    SqliteConnection.load();
    var kept = Path.of(System.getProperty("org.sqlite.lib.path")).toRealPath();
    assertThat(Files.readString(Path.of("/proc/self/maps"))).contains(kept.toString());
  }
}
