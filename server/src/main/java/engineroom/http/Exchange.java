package engineroom.http;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Ids;
import engineroom.data.Stages;
import engineroom.http.Authenticator.Credentials;
import engineroom.http.Request.Head;
import engineroom.http.Request.Incoming;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.ProblemException;
import engineroom.problem.RequestProblem.BadParameter;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.OverLimit;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request from its first header to its last byte: limits, request id, caller, handler,
/// problems, and what every answer gets.
final class Exchange {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY");
  private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9_.:-]{8,64}");
  private static final HeaderName FORWARDED_FOR = HeaderNames.X_FORWARDED_FOR;
  private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

  /// Colon, space and line end of one header field.
  private static final int FIELD_BYTES = 4;

  private static final Response NOTHING = Response.empty(204);

  private final AccessLog log;
  private final Ids ids;
  private final Sender sender;
  private final Semaphore free;
  private volatile HttpParts parts;
  private volatile Probes probes;
  private volatile HttpConfig config;

  Exchange(HttpConfig config, HttpParts parts, AccessLog log) {
    this.config = config;
    this.parts = parts;
    this.log = log;
    probes = new Probes(parts.checks(), parts.clock());
    // nobody gains from guessing the id of a request, so its random part need not be secret
    ids = new Ids(parts.clock(), new SplittableRandom(parts.random().nextLong()));
    sender = new Sender();
    free = new Semaphore(config.limits().requestsMax());
  }

  /// From the next request on, these limits and origins hold. Where the server listens stays.
  void follow(HttpConfig other) {
    config = other;
  }

  /// How the body of such a request is taken.
  Handler.Intake intake(Request.Head head) {
    return parts.handler().intake(head);
  }

  /// The limits of the moment.
  Limits limits() {
    return config.limits();
  }

  /// The server is about to end: not ready, and clients are asked to close their connections.
  void stop() {
    probes.stop();
    sender.stop();
  }

  /// Lets go of everything that requests were answered with: the library (4.5.0) keeps what it was
  /// given of a server that has ended, since its timer of idle connections never does.
  void forget() {
    parts = parts.gone();
    probes = new Probes(List.of(), parts.clock());
    probes.stop();
  }

  void handle(ServerRequest request, ServerResponse response) {
    var start = System.nanoTime();
    var stages = new Stages();
    var known = request.headers().value(REQUEST_ID).filter(id -> SANE_ID.matcher(id).matches());
    var result = new Result(known.orElseGet(() -> ids.next().toString()), config);
    try {
      ScopedValue.where(Stages.CURRENT, stages)
          .where(OperationName.CURRENT, result.operation)
          .run(() -> result.answer(request));
      stages.add("total", System.nanoTime() - start);
      sender.send(request, response, result, stages.header());
      Wire.ended();
    } finally {
      log.add(result.line(request, (System.nanoTime() - start) / 1000));
    }
    sender.closeWhereAsked(request);
  }

  /// The answer to what is no request.
  Response refusal(int status) {
    var id = ids.next().toString();
    var limits = config.limits();
    return switch (status) {
      case 408 -> Problems.response(tooSlow(limits), id);
      case 413 -> Problems.response(BodyReader.tooLarge(limits.bodyBytesMax()), id);
      case 414 -> Problems.response(tooLong(limits.urlBytesMax()), id);
      case 431 -> Problems.response(tooManyHeaders(limits), id);
      case 500 -> Problems.bug(id);
      default ->
          Problems.response(
              new BadParameter(
                  "This is not a request of HTTP.",
                  "In a URL, write spaces, < and > and the like percent-encoded: %20, %3C, %3E."),
              id);
    };
  }

  private static OverLimit tooSlow(Limits limits) {
    return new OverLimit("time", "The request took longer than " + limits.request() + " to come.");
  }

  private static OverLimit tooLong(int max) {
    return new OverLimit("url", "The URL has more than " + max + " bytes.");
  }

  private static OverLimit tooManyHeaders(Limits limits) {
    return new OverLimit(
        "headers",
        "The header has more than "
            + limits.headersMax()
            + " fields or "
            + limits.headerBytesMax()
            + " bytes.");
  }

  /// The answer to one request, as far as it is known.
  final class Result {
    private final String requestId;
    private final Limits limits;
    private final Cors cors;
    private final OperationName operation = new OperationName();
    private Response response = NOTHING;
    private final Proxies proxies;
    private Caller caller = Caller.Guest.GUEST;
    private String problem = "";
    private String address = "";
    private String impersonator = "";
    private @Nullable Throwable bug;

    private Result(String requestId, HttpConfig config) {
      this.requestId = requestId;
      limits = config.limits();
      cors = new Cors(config.origins());
      proxies = config.proxies();
    }

    Cors cors() {
      return cors;
    }

    String requestId() {
      return requestId;
    }

    Response response() {
      return response;
    }

    boolean guest() {
      return caller == Caller.Guest.GUEST;
    }

    /// Who acts in the name of the caller; empty for nobody.
    String impersonator() {
      return impersonator;
    }

    private void answer(ServerRequest request) {
      try {
        var probe = probes.answer(request.path().path());
        response = probe != null ? probe : admitted(request);
      } catch (ProblemException e) {
        problem = e.problem().code();
        response = Problems.response(e.problem(), requestId);
      } catch (RequestException e) {
        response = Response.empty(e.status().code());
        throw e; // the library answers and closes the connection in its own way
      } catch (RuntimeException | StackOverflowError e) {
        bug = e;
        response = Problems.bug(requestId);
      }
    }

    private Response admitted(ServerRequest request) {
      if (!free.tryAcquire()) {
        throw problem(new OverLimit("requests", "The server is busy. Try again soon."));
      }
      try {
        check(request);
        address = address(request);
        if (request.prologue().method().equals(Method.OPTIONS)) {
          return cors.options(request.headers().value(HeaderNames.ORIGIN).orElse(""));
        }
        return parts.handler().handle(request(request));
      } finally {
        free.release();
      }
    }

    private void check(ServerRequest request) {
      var method = request.prologue().method().text();
      if (!METHODS.contains(method)) {
        throw problem(new NoSuchMethod("There is no method " + method + " here.", Cors.METHODS));
      }
      var query = request.query().rawValue();
      var url = request.path().rawPath().length() + (query.isEmpty() ? 0 : 1 + query.length());
      if (url > limits.urlBytesMax()) {
        throw problem(tooLong(limits.urlBytesMax()));
      }
      checkHeader(request);
    }

    private void checkHeader(ServerRequest request) {
      int fields = 0;
      int bytes = 0;
      for (var header : request.headers()) {
        if (header.name().isEmpty()) {
          throw problem(new BadParameter("A header field has no name.", null));
        }
        for (var value : header.allValues()) {
          fields++;
          bytes += header.name().length() + value.length() + FIELD_BYTES;
        }
      }
      if (fields > limits.headersMax() || bytes > limits.headerBytesMax()) {
        throw problem(tooManyHeaders(limits));
      }
    }

    private Request request(ServerRequest request) {
      var method = request.prologue().method().text();
      var headers = new Fields(request.headers());
      var path = request.path().path();
      var now = parts.clock().instant();
      var caller = caller(request, new Credentials(method, path, now, address, headers));
      var call = call(caller, now, method);
      var asked = method.equals("HEAD") ? "GET" : method;
      var query = request.query().rawValue();
      parts.gate().known(call, path);
      var intake = intake(new Head(asked, path, query, headers));
      if (intake == Handler.Intake.WHOLE) {
        var body = BodyReader.read(request, limits);
        return new Request(asked, path, query, headers, body, call);
      }
      var bytes = BodyReader.stream(request, limits.bytesMax(intake));
      var incoming = new Incoming(bytes, () -> again(method, path, headers));
      return new Request(asked, path, query, headers, BodyReader.NONE, incoming, call);
    }

    private Call call(Caller caller, Instant now, String method) {
      return new Call(caller, now, method, address, requestId, limits.request());
    }

    /// The call at a later moment of the same request: who was let in may not be any more.
    private Call again(String method, String path, Request.Headers headers) {
      var now = parts.clock().instant();
      var sent = new Credentials(method, path, now, address, headers);
      return call(parts.authenticator().caller(sent), now, method);
    }

    /// Who asks; before that is worked out, whether they ask too often.
    private Caller caller(ServerRequest request, Credentials sent) {
      boolean some =
          request.headers().contains(HeaderNames.AUTHORIZATION)
              || request.headers().contains(HeaderNames.COOKIE);
      try {
        parts.gate().arrives(address, some ? Gate.Credentials.SOME : Gate.Credentials.NONE);
      } catch (ProblemException tooOften) {
        if (!parts.authenticator().alwaysHeard(sent)) {
          throw tooOften;
        }
      }
      try {
        caller = parts.authenticator().caller(sent);
        impersonator = caller.impersonator();
        return caller;
      } catch (ProblemException e) {
        parts.gate().refused(address);
        throw e;
      }
    }

    private String address(ServerRequest request) {
      var peer = request.remotePeer().host();
      return proxies.none()
          ? peer
          : proxies.client(peer, all(request, FORWARDED_FOR), all(request, HeaderNames.FORWARDED));
    }

    private static String all(ServerRequest request, HeaderName name) {
      return request.headers().contains(name)
          ? String.join(",", request.headers().get(name).allValues())
          : "";
    }

    private AccessLog.Line line(ServerRequest request, long micros) {
      return new AccessLog.Line(
          System.currentTimeMillis(),
          request.prologue().method().text(),
          request.path().path(),
          operation,
          response.status(),
          problem,
          micros,
          caller,
          address.isEmpty() ? request.remotePeer().host() : address,
          requestId,
          bug);
    }
  }

  /// Header fields as doors see them.
  record Fields(Headers headers) implements Request.Headers {
    @Override
    public Optional<String> find(String name) {
      var header = HeaderNames.create(name);
      if (!headers.contains(header)) {
        return Optional.empty();
      }
      var text = String.join(", ", headers.get(header).allValues());
      var tags = header.equals(HeaderNames.IF_MATCH) || header.equals(HeaderNames.IF_NONE_MATCH);
      return Optional.of(tags ? Gzip.plainTags(text) : text);
    }
  }
}
