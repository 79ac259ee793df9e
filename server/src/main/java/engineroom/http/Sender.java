package engineroom.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Sends an answer: with the header fields that every answer gets, compressed where that helps, in
/// one piece where its length is known.
final class Sender {
  private static final String ENCODING = "Accept-Encoding";
  private static final List<Header> ALWAYS =
      List.of(
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"),
          HeaderValues.createCached("Cross-Origin-Resource-Policy", "same-origin"));
  private static final Header ONLY_TLS =
      HeaderValues.createCached("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  private static final Header POLICY =
      HeaderValues.createCached(
          "Content-Security-Policy",
          "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");
  private static final Header NO_STORE = HeaderValues.createCached("Cache-Control", "no-store");
  private static final Header JSON = HeaderValues.createCached("Content-Type", "application/json");
  private static final Header VARY_ENCODING = HeaderValues.createCached("Vary", ENCODING);
  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
  private static final HeaderName IMPERSONATOR = HeaderNames.create("X-Impersonator");
  private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");

  /// Where the stages of an answer would tell whether there is such a user.
  private static final String CREDENTIALS = "/auth/";

  private static final byte[] NONE = {};

  private volatile boolean stopping;

  /// From now on clients are asked to close their connections.
  void stop() {
    stopping = true;
  }

  void send(ServerRequest request, ServerResponse out, Exchange.Result result, String timing) {
    var response = result.response();
    out.status(response.status());
    response.headers().forEach((name, value) -> out.header(field(name, value)));
    ALWAYS.forEach(out::header);
    if (request.isSecure()) {
      out.header(ONLY_TLS);
    }
    out.header(REQUEST_ID, result.requestId());
    if (!request.path().path().startsWith(CREDENTIALS)) {
      out.header(SERVER_TIMING, timing);
    }
    if (!out.headers().contains(POLICY.headerName())) {
      out.header(POLICY);
    }
    if (!result.guest() && !out.headers().contains(HeaderNames.CACHE_CONTROL)) {
      out.header(NO_STORE);
    }
    if (!result.impersonator().isEmpty()) {
      out.header(IMPERSONATOR, result.impersonator());
    }
    vary(request, out, result);
    boolean begins = response.body() instanceof Response.Body.Stream;
    if (version1(request) && (stopping || (unread(request) && !begins))) {
      out.header(HeaderValues.CONNECTION_CLOSE);
    }
    body(request, out, response.body());
  }

  /// A header field; the commonest one is made once.
  private static Header field(String name, String value) {
    return value.equals(JSON.get()) && JSON.name().equals(name)
        ? JSON
        : HeaderValues.create(HeaderNames.create(name), value);
  }

  /// Ends the connection after an answer with `Connection: close`. The library (4.5.0) writes that
  /// field and then goes on reading; only this exception makes it close.
  void closeWhereAsked(ServerRequest request) {
    if (version1(request) && unread(request)) {
      throw new Protocols.Unread();
    }
    if (version1(request)
        && (stopping || request.headers().containsToken(HeaderValues.CONNECTION_CLOSE))) {
      throw new CloseConnectionException("asked to close");
    }
  }

  private static boolean unread(ServerRequest request) {
    return request.content().hasEntity() && !request.content().consumed();
  }

  private static boolean version1(ServerRequest request) {
    return request.prologue().protocolVersion().startsWith("1");
  }

  private static void vary(ServerRequest request, ServerResponse out, Exchange.Result result) {
    var response = result.response();
    var cors = result.cors();
    var vary = new ArrayList<String>();
    if (response.headers().containsKey("Vary")) {
      vary.add(response.headers().get("Vary"));
    }
    if (cors.on()) {
      vary.add("Origin");
      var origin = request.headers().value(HeaderNames.ORIGIN).orElse("");
      cors.headers(origin).forEach((name, value) -> out.header(HeaderNames.create(name), value));
    }
    if (response.body() instanceof Response.Body.Bytes(var bytes)
        && Gzip.worthwhile(contentType(out), bytes.length)) {
      vary.add(ENCODING);
    }
    if (vary.equals(List.of(ENCODING))) {
      out.header(VARY_ENCODING);
    } else if (!vary.isEmpty()) {
      out.header(HeaderNames.VARY, String.join(", ", vary));
    }
  }

  private static void body(ServerRequest request, ServerResponse out, Response.Body body) {
    switch (body) {
      case Response.Body.None _ -> out.send(NONE);
      case Response.Body.Bytes(var bytes) -> out.send(encoded(request, out, bytes));
      case Response.Body.Stream(var writer) -> {
        try (var stream = out.outputStream()) {
          writer.write(stream);
        } catch (IOException e) {
          throw new UncheckedIOException(e); // the client is gone, or gets a cut answer
        }
      }
    }
  }

  private static byte[] encoded(ServerRequest request, ServerResponse out, byte[] bytes) {
    var accepted = request.headers().value(HeaderNames.ACCEPT_ENCODING).orElse("");
    if (out.headers().contains(HeaderNames.CONTENT_ENCODING)
        || !Gzip.worthwhile(contentType(out), bytes.length)
        || !Gzip.accepted(accepted)) {
      return bytes;
    }
    out.header(HeaderNames.CONTENT_ENCODING, "gzip");
    if (out.headers().contains(HeaderNames.ETAG)) {
      out.header(HeaderNames.ETAG, Gzip.tag(out.headers().get(HeaderNames.ETAG).get()));
    }
    return Gzip.compress(bytes);
  }

  private static String contentType(ServerResponse out) {
    return out.headers().value(HeaderNames.CONTENT_TYPE).orElse("");
  }
}
