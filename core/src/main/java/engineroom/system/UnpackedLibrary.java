package engineroom.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Keeps a native library of a jar unpacked in the user's cache (`$XDG_CACHE_HOME` or `~/.cache`,
/// XDG Base Directory Specification): a temporary file stays behind where the program is killed.
///
/// @param folder below the cache, with the library's version: what is there is taken as it is
/// @param name of the file
public record UnpackedLibrary(String folder, String name) {
  /// The user's cache.
  public static Path cache() {
    var said = System.getenv("XDG_CACHE_HOME");
    return said == null || said.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache")
        : Path.of(said);
  }

  /// Where a jar has it.
  public interface Source {
    /// Its bytes; null where they are missing.
    @Nullable InputStream open() throws IOException;
  }

  /// The library's file, unpacked where it was not.
  public Path in(Path cache, Source source) throws IOException {
    var kept = cache.resolve("engineroom").resolve(folder).resolve(name);
    if (!Files.exists(kept)) {
      Files.createDirectories(kept.getParent());
      unpack(source, kept);
    }
    return kept;
  }

  /// Whole or not at all, whoever else does the same.
  private static void unpack(Source source, Path file) throws IOException {
    var part = Files.createTempFile(file.getParent(), "unpacked", null);
    try (var in = source.open()) {
      if (in == null) {
        throw new IOException(file.getFileName() + " is missing in its jar");
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
