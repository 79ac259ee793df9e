package engineroom.stores.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/// Keeps the driver's native library unpacked in the user's cache (`$XDG_CACHE_HOME` or `~/.cache`,
/// XDG Base Directory Specification). The driver by itself unpacks it at each start into a
/// temporary file, which stays behind where the program is killed.
final class NativeLibrary {
  private static final String PATH = "org.sqlite.lib.path";

  private NativeLibrary() {}

  /// Makes the driver take the kept library. Where none can be kept, the driver goes its own way.
  static void keep() {
    if (System.getProperty(PATH) != null) {
      return;
    }
    try {
      var kept = kept(cache());
      System.setProperty(PATH, String.valueOf(kept.getParent()));
    } catch (IOException | UnsupportedOperationException _) {
      System.clearProperty(PATH);
    }
  }

  private static Path cache() {
    var said = System.getenv("XDG_CACHE_HOME");
    return said == null || said.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache")
        : Path.of(said);
  }

  /// The library in a folder of this driver's version, unpacked where it was not.
  static Path kept(Path cache) throws IOException {
    var system = OSInfo.getNativeLibFolderPathForCurrentOS();
    var name = System.mapLibraryName("sqlitejdbc");
    var folder =
        cache.resolve("engineroom/sqlite-" + SQLiteJDBCLoader.getVersion()).resolve(system);
    var kept = folder.resolve(name);
    if (!Files.exists(kept)) {
      Files.createDirectories(folder);
      unpack("/org/sqlite/native/" + system + "/" + name, kept);
    }
    return kept;
  }

  /// Whole or not at all, whoever else does the same.
  private static void unpack(String resource, Path file) throws IOException {
    var part = Files.createTempFile(file.getParent(), "unpacked", null);
    try (var in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is missing");
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
