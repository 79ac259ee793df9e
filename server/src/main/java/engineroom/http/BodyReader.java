package engineroom.http;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.OverLimit;
import engineroom.problem.RequestProblem.Unreadable;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Reads a body in full, within its limits of bytes and of time.
final class BodyReader {
  private static final byte[] NONE = {};

  private BodyReader() {}

  static byte[] read(ServerRequest request, Limits limits) {
    var lengths = request.headers();
    if (lengths.contains(HeaderNames.CONTENT_LENGTH)
        && lengths.get(HeaderNames.CONTENT_LENGTH).valueCount() > 1) {
      throw problem(new Unreadable("Content-Length is given more than once.", "Send it once."));
    }
    if (!request.content().hasEntity()) {
      return NONE;
    }
    if (lengths.contentLength().orElse(0) > limits.bodyBytesMax()) {
      throw problem(tooLarge(limits));
    }
    try (var in = request.content().inputStream()) {
      return read(in, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(InputStream in, Limits limits) throws IOException {
    var deadline = System.nanoTime() + limits.request().toNanos();
    var out = new ByteArrayOutputStream(1024);
    var buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      if (out.size() > limits.bodyBytesMax()) {
        throw problem(tooLarge(limits));
      }
      if (System.nanoTime() - deadline > 0) {
        throw problem(new OverLimit("time", "The body took longer than " + limits.request() + "."));
      }
    }
    return out.toByteArray();
  }

  static OverLimit tooLarge(Limits limits) {
    return new OverLimit("body", "The body has more than " + limits.bodyBytesMax() + " bytes.");
  }
}
