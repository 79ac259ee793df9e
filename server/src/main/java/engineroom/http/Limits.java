package engineroom.http;

import java.time.Duration;

/// How much one request may bring, and how much the server takes on at once.
///
/// @param bodyBytesMax of a body, decoded from its chunks; beyond it 413
/// @param headerBytesMax of all header fields as sent; beyond it 431
/// @param headersMax number of header fields; beyond it 431
/// @param urlBytesMax of path and query as sent; beyond it 414
/// @param request time to read a request and to answer it
/// @param connectionsMax open at the same time; beyond it clients wait until one ends
/// @param requestsMax worked on at the same time; beyond it 503
/// @param uploadBytesMax of a file that is taken as it comes; beyond it 413
/// @param streamBytesMax of a body that is answered while it comes; beyond it the answer ends so
public record Limits(
    int bodyBytesMax,
    int headerBytesMax,
    int headersMax,
    int urlBytesMax,
    Duration request,
    int connectionsMax,
    int requestsMax,
    int uploadBytesMax,
    int streamBytesMax) {
  /// How long a body that is taken as it comes may take.
  static final Duration UPLOAD = Duration.ofMinutes(10);

  public Limits {
    atLeast("body", 0, bodyBytesMax);
    atLeast("upload", 0, uploadBytesMax);
    atLeast("stream", 0, streamBytesMax);
    atLeast("header bytes", 256, headerBytesMax);
    atLeast("headers", 1, headersMax);
    atLeast("url", 64, urlBytesMax);
    atLeast("connections", 1, connectionsMax);
    atLeast("requests", 1, requestsMax);
    if (request.isNegative() || request.isZero()) {
      throw new IllegalArgumentException("limit request must be longer than 0, was " + request);
    }
  }

  /// 1 MiB of body, 16 KiB and 100 header fields, 8 KiB of URL, 30 s, 10,000 connections and 4096
  /// requests at once, 256 MiB of a file, 1 GiB of a stream.
  public static Limits defaults() {
    return new Limits(
        1 << 20, 16 << 10, 100, 8 << 10, Duration.ofSeconds(30), 10_000, 4096, 256 << 20, 1 << 30);
  }

  /// Bytes of a body that is taken in such a way.
  int bytesMax(Handler.Intake intake) {
    return switch (intake) {
      case WHOLE -> bodyBytesMax;
      case FILE -> uploadBytesMax;
      case STREAM -> streamBytesMax;
    };
  }

  private static void atLeast(String limit, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "limit " + limit + " must be at least " + least + ", was " + value);
    }
  }
}
