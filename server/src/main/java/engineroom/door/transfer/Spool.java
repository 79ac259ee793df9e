package engineroom.door.transfer;

import engineroom.http.Response;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file of one request, gone with it: so a slow client holds no transaction, and no size of a
/// body matters to memory.
final class Spool implements AutoCloseable {
  private final Path file;

  private Spool(Path file) {
    this.file = file;
  }

  /// A new, empty one, which nobody else may read.
  static Spool empty() {
    try {
      return new Spool(Files.createTempFile("engineroom-", ".rows"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// All that comes; a limit that is passed leaves nothing behind.
  static Spool of(InputStream in) {
    var spool = empty();
    boolean done = false;
    try (var out = spool.out()) {
      in.transferTo(out);
      done = true;
      return spool;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!done) {
        spool.close();
      }
    }
  }

  Path file() {
    return file;
  }

  OutputStream out() {
    try {
      return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its content as the body of an answer; the file goes with the last byte.
  Response.Body body() {
    return new Response.Body.Stream(
        to -> {
          try (var in = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)) {
            in.transferTo(to);
          }
        });
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
