package engineroom.http;

import engineroom.operation.Call;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/// One request within its limits: read in full, unless its handler takes the body as it comes.
///
/// @param method upper case
/// @param path decoded, without the query: `/api/products`
/// @param query the raw text behind `?`, or empty
/// @param body empty where there is none, or where it is taken as it comes
/// @param incoming the body as it comes, where the [Handler.Intake] is not `WHOLE`; else the same
/// @param call who asks, when, and how long it may take
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record Request(
    String method,
    String path,
    String query,
    Headers headers,
    byte[] body,
    Incoming incoming,
    Call call) {

  /// With a body that is read in full.
  public Request(
      String method, String path, String query, Headers headers, byte[] body, Call call) {
    this(
        method,
        path,
        query,
        headers,
        body,
        new Incoming(new ByteArrayInputStream(body), () -> call),
        call);
  }

  /// Header fields by name, in any case of letters.
  public interface Headers {
    /// The value; several values of one field are joined by `, `.
    Optional<String> find(String name);
  }

  /// What is known of a request before its body comes.
  public record Head(String method, String path, String query, Headers headers) {}

  /// A body as it comes.
  ///
  /// @param anew the call again, at a later time: whoever is no longer let in is refused then
  public record Incoming(InputStream bytes, Supplier<Call> anew) {}

  /// What was known of it before its body came.
  public Head head() {
    return new Head(method, path, query, headers);
  }

  /// The body as it comes.
  public InputStream stream() {
    return incoming.bytes();
  }

  /// The same request, as part of another call.
  public Request at(Call other) {
    return new Request(method, path, query, headers, body, incoming, other);
  }

  /// The same request, whose call and each later one know that it brought them.
  public Request brought() {
    var agent = headers.find("User-Agent").orElse("");
    var later = new Incoming(incoming.bytes(), () -> incoming.anew().get().brought(path, agent));
    return new Request(method, path, query, headers, body, later, call.brought(path, agent));
  }
}
