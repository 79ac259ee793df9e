package engineroom.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnpackedLibraryTest {
  private static final UnpackedLibrary LIBRARY = new UnpackedLibrary("some-1.0/linux", "some.so");

  @TempDir private Path cache;

  @Test
  void is_kept_by_its_version_and_taken_as_it_is_from_then_on() throws IOException {
    var kept = LIBRARY.in(cache, () -> bytes("first"));
    assertThat(kept).isEqualTo(cache.resolve("engineroom/some-1.0/linux/some.so"));
    assertThat(LIBRARY.in(cache, () -> bytes("second"))).hasContent("first");
    var next = new UnpackedLibrary("some-1.1/linux", "some.so");
    assertThat(next.in(cache, () -> bytes("second"))).hasContent("second");
  }

  @Test
  void one_that_breaks_off_is_as_if_never_begun() throws IOException {
    var broken =
        new SequenceInputStream(bytes("first half"), new FailingStream("the disk is full"));
    assertThatThrownBy(() -> LIBRARY.in(cache, () -> broken)).hasMessage("the disk is full");
    assertThatThrownBy(() -> LIBRARY.in(cache, () -> null))
        .hasMessage("some.so is missing in its jar");
    try (var left = Files.list(cache.resolve("engineroom/some-1.0/linux"))) {
      assertThat(left).isEmpty();
    }
    assertThat(LIBRARY.in(cache, () -> bytes("whole"))).hasContent("whole");
  }

  /// Fails at its first byte.
  private static final class FailingStream extends InputStream {
    private final String message;

    private FailingStream(String message) {
      this.message = message;
    }

    @Override
    public int read() throws IOException {
      throw new IOException(message);
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      throw new IOException(message);
    }
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
