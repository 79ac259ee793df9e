package engineroom.http;

import engineroom.operation.Call;
import java.io.InputStream;
import java.util.Optional;

/// One request within its limits: read in full, unless its handler takes the body as it comes.
///
/// @param method upper case
/// @param path decoded, without the query: `/api/products`
/// @param query the raw text behind `?`, or empty
/// @param body empty where there is none, or where it is taken as it comes
/// @param stream the body as it comes, where the handler [streams][Handler#streams]; else empty
/// @param call who asks, when, and how long it may take
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record Request(
    String method,
    String path,
    String query,
    Headers headers,
    byte[] body,
    InputStream stream,
    Call call) {

  /// With a body that is read in full.
  public Request(
      String method, String path, String query, Headers headers, byte[] body, Call call) {
    this(method, path, query, headers, body, InputStream.nullInputStream(), call);
  }

  /// Header fields by name, in any case of letters.
  public interface Headers {
    /// The value; several values of one field are joined by `, `.
    Optional<String> find(String name);
  }
}
