package engineroom.modelfile;

import engineroom.stores.StoreAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The files of a model that owns what it served from somebody else's tables.
public final class OwningFiles {
  private static final String MODEL = "model";

  private OwningFiles() {}

  /// The texts of all files of a model, by their paths in its folder.
  ///
  /// @param store of the model, its variables filled in
  /// @param schema where PostgreSQL has the program's tables beside somebody else's
  public static Map<Path, String> of(Path folder, String store, String schema) {
    var texts = new LinkedHashMap<Path, String>();
    var app = Path.of(ModelReader.FILE);
    texts.put(
        app,
        OwningText.ofApp(
            read(folder.resolve(app)), written -> owning(written, store, "schema=" + schema)));
    for (var file : ModelReader.modelFiles(folder)) {
      texts.put(folder.relativize(file), OwningText.ofEntities(read(file)));
    }
    return Collections.unmodifiableMap(texts);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + file, e);
    }
  }

  /// Whether a file of the app's folder belongs to its model.
  public static boolean isModel(Path file) {
    return file.equals(Path.of(ModelReader.FILE)) || file.startsWith(MODEL);
  }

  private static String owning(String written, String store, String schema) {
    return switch (StoreAddress.parse(store)) {
      case StoreAddress.SqliteFile _ -> alone(written);
      case StoreAddress.Postgres(var server) ->
          server.schema().isPresent()
              ? written
              : and(written, (store.contains("?") ? "&" : "?") + schema);
      case StoreAddress.Maria _ -> written;
    };
  }

  /// Without the file that is attached.
  private static String alone(String written) {
    return written.replaceFirst("\\?attach=[^\"'}]*", "");
  }

  /// With an option behind it, within its quotes.
  private static String and(String written, String option) {
    boolean quoted = written.endsWith("\"") || written.endsWith("'");
    int end = quoted ? written.length() - 1 : written.length();
    return written.substring(0, end) + option + written.substring(end);
  }
}
