package engineroom.http;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.OverLimit;
import engineroom.problem.RequestProblem.Unreadable;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Reads a body within its limits of bytes and of time, in full or as it comes.
final class BodyReader {
  static final byte[] NONE = {};

  private BodyReader() {}

  static byte[] read(ServerRequest request, Limits limits) {
    checkLength(request, limits.bodyBytesMax());
    if (!request.content().hasEntity()) {
      return NONE;
    }
    try (var in = request.content().inputStream()) {
      return read(in, limits);
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
  static InputStream stream(ServerRequest request, Limits limits) {
    checkLength(request, limits.uploadBytesMax());
    return request.content().hasEntity()
        ? new Upload(request.content().inputStream(), limits.uploadBytesMax())
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

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
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

  private static byte[] read(InputStream in, Limits limits) throws IOException {
    var deadline = System.nanoTime() + limits.request().toNanos();
    var out = new ByteArrayOutputStream(1024);
    var buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      if (out.size() > limits.bodyBytesMax()) {
        throw problem(tooLarge(limits.bodyBytesMax()));
      }
      if (System.nanoTime() - deadline > 0) {
        throw problem(new OverLimit("time", "The body took longer than " + limits.request() + "."));
      }
    }
    return out.toByteArray();
  }

  static OverLimit tooLarge(int max) {
    return new OverLimit("body", "The body has more than " + max + " bytes.");
  }
}
