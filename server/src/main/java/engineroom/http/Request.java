package engineroom.http;

import engineroom.operation.Call;
import java.util.Optional;

/// One request, read in full and within its limits.
///
/// @param method upper case
/// @param path decoded, without the query: `/api/products`
/// @param query the raw text behind `?`, or empty
/// @param body empty where there is none
/// @param call who asks, when, and how long it may take
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record Request(
    String method, String path, String query, Headers headers, byte[] body, Call call) {

  /// Header fields by name, in any case of letters.
  public interface Headers {
    /// The value; several values of one field are joined by `, `.
    Optional<String> find(String name);
  }
}
