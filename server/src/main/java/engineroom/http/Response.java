package engineroom.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One answer.
///
/// @param headers in order; names as they are sent
public record Response(int status, Map<String, String> headers, Body body) {
  public Response {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /// What follows the headers.
  public sealed interface Body {
    enum None implements Body {
      NONE
    }

    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
    record Bytes(byte[] bytes) implements Body {}

    /// Written as it is made, for answers without a known length.
    record Stream(Writer writer) implements Body {}
  }

  /// Writes a body.
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /// An answer with a body of bytes.
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), new Body.Bytes(body));
  }

  /// An answer without a body.
  public static Response empty(int status) {
    return new Response(status, Map.of(), Body.None.NONE);
  }

  /// The same answer with one more header field.
  public Response with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }
}
