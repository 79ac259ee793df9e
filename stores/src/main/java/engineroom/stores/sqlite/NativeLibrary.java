package engineroom.stores.sqlite;

import engineroom.system.UnpackedLibrary;
import java.io.IOException;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/// Keeps the driver's native library unpacked. The driver by itself unpacks it at each start into a
/// temporary file.
final class NativeLibrary {
  private static final String PATH = "org.sqlite.lib.path";

  private NativeLibrary() {}

  /// Makes the driver take the kept library. Where none can be kept, the driver goes its own way.
  static void keep() {
    if (System.getProperty(PATH) != null) {
      return;
    }
    try {
      var kept = kept(UnpackedLibrary.cache());
      System.setProperty(PATH, String.valueOf(kept.getParent()));
    } catch (IOException | UnsupportedOperationException _) {
      System.clearProperty(PATH);
    }
  }

  /// The library in a folder of this driver's version.
  static Path kept(Path cache) throws IOException {
    var system = OSInfo.getNativeLibFolderPathForCurrentOS();
    var name = System.mapLibraryName("sqlitejdbc");
    var folder = "sqlite-" + SQLiteJDBCLoader.getVersion() + "/" + system;
    var resource = "/org/sqlite/native/" + system + "/" + name;
    return new UnpackedLibrary(folder, name)
        .in(cache, () -> SQLiteJDBCLoader.class.getResourceAsStream(resource));
  }
}
