package engineroom.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The bytes of one HTTP/1.1 connection on their way to the library, within our limits. The library
/// limits each read, so a request sent byte by byte could take for ever; and it answers 400 to a
/// header that is too long.
final class Wire implements Supplier<byte @Nullable []> {
  /// What is being read.
  private enum Part {
    NOTHING,
    LINE,
    FIELDS,
    BODY,
    /// Another protocol, after an upgrade.
    OTHER
  }

  @FunctionalInterface
  private interface Waiting {
    void until(Duration limit) throws SocketException;
  }

  /// The connection that a thread serves.
  static final ScopedValue<Wire> CURRENT = ScopedValue.newInstance();

  /// A chunk of one byte takes six.
  private static final int CHUNKED_AT_MOST = 6;

  private static final Status TOO_LARGE_HEADER = Status.create(431);

  private static final int LINE_SLACK = 64;
  private static final int BODY_SLACK = 64 << 10;
  private static final int LINGER_BYTES_MAX = 4 << 20;
  private static final Duration LINGER_MAX = Duration.ofSeconds(1);
  private static final Duration LINGER_QUIET = Duration.ofMillis(200);

  private final ConnectionContext library;
  private final Accepted.Client client;
  private final Supplier<Limits> limits;
  private Part part = Part.NOTHING;
  private Handler.Intake intake = Handler.Intake.WHOLE;
  private @Nullable HttpPrologue prologue;
  private long bytes;
  private long began;

  /// @param limits those of the moment
  Wire(ConnectionContext library, Accepted.Client client, Supplier<Limits> limits) {
    this.library = library;
    this.client = client;
    this.limits = limits;
  }

  /// The first line has been read.
  void line(HttpPrologue first) {
    prologue = first;
    if (part == Part.NOTHING) {
      began = System.nanoTime(); // it came along with the request before
    }
    part = Part.FIELDS;
  }

  /// The header has been read.
  ///
  /// @param how the body that follows is taken
  void header(Handler.Intake how) {
    intake = how;
    part = Part.BODY;
    bytes = 0;
  }

  /// From now on it is another protocol.
  void other() {
    part = Part.OTHER;
    bytes = 0;
  }

  /// What the last first line says.
  Request.Head head(Request.Headers headers) {
    var first = Objects.requireNonNull(prologue, "a header without a first line");
    var method = first.method().text();
    return new Request.Head(method, first.uriPath().path(), first.query().rawValue(), headers);
  }

  /// The header of the answer is on its way: with it most requests have come to their end.
  void answering() {
    if (part != Part.BODY || intake != Handler.Intake.STREAM) {
      answered();
    }
  }

  private void answered() {
    part = Part.NOTHING;
    bytes = 0;
  }

  /// The request has been answered whose connection this thread serves.
  static void ended() {
    if (CURRENT.isBound() && CURRENT.get().part == Part.BODY) {
      CURRENT.get().answered();
    }
  }

  /// The next bytes; null at their end.
  @Override
  public byte @Nullable [] get() {
    check();
    var next = pull();
    client.heard();
    if (next == null) {
      return end();
    }
    if (part == Part.NOTHING) {
      part = Part.LINE;
      began = System.nanoTime();
    }
    bytes += next.length;
    return next;
  }

  /// Asked for more while a part has brought as much as it may: that part is too long.
  private void check() {
    var now = limits.get();
    switch (part) {
      case NOTHING -> {
        wait(now.request(), client::idle);
        return;
      }
      case OTHER -> {
        wait(Accepted.silence(now), client::patience);
        return;
      }
      case LINE -> atMost(now.urlBytesMax() + LINE_SLACK, Status.REQUEST_URI_TOO_LONG_414);
      case FIELDS ->
          atMost((long) now.urlBytesMax() + LINE_SLACK + now.headerBytesMax(), TOO_LARGE_HEADER);
      case BODY -> atMost(bodyBytes(now), Status.REQUEST_ENTITY_TOO_LARGE_413);
    }
    var upload = part == Part.BODY && intake != Handler.Intake.WHOLE;
    var left = (upload ? Limits.UPLOAD : now.request()).minusNanos(System.nanoTime() - began);
    if (!left.isPositive()) {
      throw refused(Status.REQUEST_TIMEOUT_408);
    }
    var most = upload && left.compareTo(now.request()) > 0 ? now.request() : left;
    wait(most, client::patience);
  }

  private long bodyBytes(Limits now) {
    return (long) CHUNKED_AT_MOST * now.bytesMax(intake) + BODY_SLACK;
  }

  /// How long the next read may take.
  private static void wait(Duration limit, Waiting waiting) {
    try {
      waiting.until(limit);
    } catch (SocketException e) {
      throw new ServerConnectionException("the client left", new UncheckedIOException(e));
    }
  }

  private void atMost(long max, Status status) {
    if (bytes > max) {
      throw refused(status);
    }
  }

  private static RequestException refused(Status status) {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(status)
        .setKeepAlive(false)
        .message("beyond a limit")
        .build();
  }

  private byte @Nullable [] pull() {
    try {
      return pull(library);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof SocketTimeoutException && within()) {
        throw refused(Status.REQUEST_TIMEOUT_408);
      }
      throw new ServerConnectionException("no more bytes", e);
    }
  }

  /// First what the library has read to know the protocol.
  private static byte @Nullable [] pull(ConnectionContext library) {
    var ready = library.dataReader();
    int available = ready.available();
    return available > 0 ? ready.readBuffer(available).readBytes() : library.serverSocket().get();
  }

  private byte @Nullable [] end() {
    if (within()) {
      throw new CloseConnectionException("the client left within a request");
    }
    return null;
  }

  private boolean within() {
    return part == Part.LINE || part == Part.FIELDS || part == Part.BODY;
  }

  /// Lets a refused client finish what it is saying, within limits: closing while its bytes come in
  /// would make the system throw the answer away before the client reads it.
  void linger() {
    if (part == Part.OTHER) {
      return;
    }
    var end = System.nanoTime() + LINGER_MAX.toNanos();
    try {
      wait(LINGER_QUIET, client::patience);
      var next = pull(library);
      for (int read = 0; next != null && read < LINGER_BYTES_MAX; next = pull(library)) {
        read += next.length;
        if (System.nanoTime() - end > 0) {
          return;
        }
      }
    } catch (UncheckedIOException | CloseConnectionException _) {
      return; // quiet, or gone: both have read the answer
    }
  }
}
