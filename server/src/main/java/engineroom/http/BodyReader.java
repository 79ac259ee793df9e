package engineroom.http;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.OverLimit;
import engineroom.problem.RequestProblem.Unreadable;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// Reads a body within its limits of bytes and of time, in full or as it comes.
final class BodyReader {
  static final byte[] NONE = {};

  /// Bytes read at once, at first.
  private static final int PIECE = 8192;

  private BodyReader() {}

  static byte[] read(ServerRequest request, Limits limits) {
    checkLength(request, limits.bodyBytesMax());
    if (!request.content().hasEntity()) {
      return NONE;
    }
    try (var in = request.content().inputStream()) {
      return read(in, request.headers().contentLength().orElse(PIECE), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkLength(ServerRequest request, int max) {
    var lengths = request.headers();
    if (lengths.contains(HeaderNames.CONTENT_LENGTH)
        && lengths.get(HeaderNames.CONTENT_LENGTH).valueCount() > 1) {
      throw problem(new Unreadable("Content-Length is given more than once.", "Send it once."));
    }
    if (request.content().hasEntity() && lengths.contentLength().orElse(0) > max) {
      throw problem(tooLarge(max));
    }
  }

  /// The body as it comes. Reading throws a problem beyond a limit.
  static InputStream stream(ServerRequest request, int max) {
    checkLength(request, max);
    return request.content().hasEntity()
        ? new Upload(request.content().inputStream(), max)
        : InputStream.nullInputStream();
  }

  /// A body that ends with a problem where it is too large or too slow.
  private static final class Upload extends FilterInputStream {
    private final int max;
    private final long end = System.nanoTime() + Limits.UPLOAD.toNanos();
    private long bytes;

    Upload(InputStream in, int max) {
      super(in);
      this.max = max;
    }

    /// Silence ends a body in the same way as any limit: an answer may have begun.
    private int next(byte[] into, int from, int length) throws IOException {
      try {
        return super.read(into, from, length);
      } catch (RequestException _) {
        throw problem(new OverLimit("time", "The body did not go on in time."));
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = next(into, from, length);
      bytes += Math.max(read, 0);
      if (bytes > max) {
        throw problem(tooLarge(max));
      }
      if (System.nanoTime() - end > 0) {
        throw problem(new OverLimit("time", "The body took longer than " + Limits.UPLOAD + "."));
      }
      return read;
    }
  }

  /// @param length as the client tells it: room is made as bytes come, so promises cost nothing
  private static byte[] read(InputStream in, long length, Limits limits) throws IOException {
    var deadline = System.nanoTime() + limits.request().toNanos();
    var body = new byte[Math.clamp(length, 1, PIECE)];
    int size = 0;
    while (true) {
      if (size == body.length) {
        int next = in.read(); // the end, where the length was told
        if (next < 0) {
          return body;
        }
        check(size + 1, deadline, limits);
        body = Arrays.copyOf(body, 2 * size);
        body[size++] = (byte) next;
      }
      int read = in.read(body, size, body.length - size);
      if (read < 0) {
        return Arrays.copyOf(body, size);
      }
      size += read;
      check(size, deadline, limits);
    }
  }

  private static void check(int size, long deadline, Limits limits) {
    if (size > limits.bodyBytesMax()) {
      throw problem(tooLarge(limits.bodyBytesMax()));
    }
    if (System.nanoTime() - deadline > 0) {
      throw problem(new OverLimit("time", "The body took longer than " + limits.request() + "."));
    }
  }

  static OverLimit tooLarge(int max) {
    return new OverLimit("body", "The body has more than " + max + " bytes.");
  }
}
