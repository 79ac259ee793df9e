package engineroom.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/// A key of the program, kept in the data folder so that what it seals outlives a start.
final class SavedKey {
  private static final int BYTES = 32;

  private SavedKey() {}

  /// The keys of an app.
  static Wiring.Keys all(Path data) {
    return new Wiring.Keys(read(data, "cursor.key"), read(data, "accounts.key"));
  }

  private static byte[] read(Path data, String name) {
    var file = data.resolve(name);
    try {
      Files.createDirectories(data);
      if (Files.exists(file)) {
        var key = Files.readAllBytes(file);
        if (key.length == BYTES) {
          return key;
        }
      }
      var key = new byte[BYTES];
      new SecureRandom().nextBytes(key);
      var draft = data.resolve(name + ".new");
      Files.deleteIfExists(draft);
      if (Files.getFileStore(data).supportsFileAttributeView("posix")) {
        var owner = PosixFilePermissions.fromString("rw-------");
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(owner));
      }
      Files.write(draft, key, StandardOpenOption.CREATE);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder " + data + " can't be written.", e);
    }
  }
}
