package engineroom.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Which other origins browsers may call from: the listed ones, letter for letter, and nobody else.
/// The origin sent is never repeated unless it is on the list.
record Cors(Set<String> origins) {
  static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY";

  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Request-Id, Prefer,"
          + " Engineroom-After";
  private static final String SHOWN_HEADERS =
      "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Server-Timing,"
          + " X-Impersonator, X-Request-Id, Engineroom-Position, Engineroom-Read";

  Cors {
    origins = Set.copyOf(origins);
  }

  /// What a browser needs to hand an answer on.
  Map<String, String> headers(String origin) {
    var headers = new LinkedHashMap<String, String>();
    if (origins.contains(origin)) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Expose-Headers", SHOWN_HEADERS);
    }
    return headers;
  }

  /// The answer to `OPTIONS`: a preflight where the origin is listed, the methods for everybody.
  Response options(String origin) {
    var response = Response.empty(204).with("Allow", METHODS);
    if (!origins.contains(origin)) {
      return response;
    }
    return response
        .with("Access-Control-Allow-Methods", METHODS)
        .with("Access-Control-Allow-Headers", REQUEST_HEADERS)
        .with("Access-Control-Max-Age", "600");
  }

  boolean on() {
    return !origins.isEmpty();
  }
}
