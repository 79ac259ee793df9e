package {{package}}.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way to the server, and the session on it. Blocks the calling thread, and may be used by many.
 * Every write has an `Idempotency-Key`, so a request that failed on its way is sent again and done
 * once.
 */
public final class Connection {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  /** Who would have to wait longer is told at once. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Then every copy of the server's database that answers has what was written. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final Options options;
  private final HttpClient http;
  private final long begun = System.nanoTime();

  /** What the server told of the last write: a copy of its database must have it to answer. */
  private final AtomicReference<String> written = new AtomicReference<>("");

  /** Whether there are such copies. */
  private volatile boolean copied;

  private final Object renewing = new Object();

  Connection(Options options) {
    this.options = options;
    this.http = options.http();
  }

  /** How to reach a server: `Connection.to("https://shop.example").apiKey(key).open()`. */
  public static Options to(String url) {
    return new Options(URI.create(url.replaceFirst("/+$", "")));
  }

  Optional<Tokens> tokens() {
    return options.tokens().read();
  }

  void keep(Tokens tokens) {
    options.tokens().write(Optional.ofNullable(tokens));
  }

  /** The JSON of the answer; {@link Json.Null} where it has none. */
  Json send(Request request) {
    var response = answered(request, BodyHandlers.ofString());
    var text = response.body();
    if (response.statusCode() >= 400) {
      throw failed(response, text);
    }
    return text.isBlank() ? Json.Null.NULL : understood(text, response.statusCode());
  }

  /** The lines of the answer, each as it comes; to be closed by whoever does not want all. */
  Stream<String> lines(Request request) {
    var response = answered(request, BodyHandlers.ofLines());
    if (response.statusCode() < 400) {
      return response.body();
    }
    try (var told = response.body()) {
      throw failed(response, told.collect(Collectors.joining("\n")));
    }
  }

  /** Whether a cookie carries the session. */
  boolean byCookie() {
    return options.jar() != null;
  }

  /** Whether a cookie of a session is there. */
  boolean hasCookie() {
    return byCookie() && !options.jar().isEmpty();
  }

  /** Forgets the cookie: the session is over. */
  void forgetCookie() {
    options.jar().clear();
  }

  private static Json understood(String text, int status) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(foreign(status), e);
    }
  }

  private static Problem foreign(int status) {
    var title = "The answer of status " + status + " is not the server's.";
    return new Problem.NotUnderstood(Problem.Details.of("client/not-understood", title));
  }

  private static ProblemException failed(HttpResponse<?> response, String text) {
    var after = after(response);
    try {
      var told = Json.parse(text).object();
      if (told.at("code").text() != null && told.at("title").text() != null) {
        return new ProblemException(Problem.read(told, after));
      }
    } catch (IllegalArgumentException e) {
      // something between us and the server answered: told below
    }
    if (response.statusCode() != 503) {
      return new ProblemException(foreign(response.statusCode()));
    }
    var unready = Map.of("code", Json.of("store/unavailable"), "status", Json.of(503));
    var told = new Json.Object(unready).with("title", Json.of("The server is not ready."));
    return new ProblemException(Problem.read(told, after));
  }

  /** Sends it with the session's credential, and once more where that had to be renewed. */
  private <T> HttpResponse<T> answered(Request request, BodyHandler<T> reader) {
    long end = System.nanoTime() + timeout(request).toNanos();
    var tokens = request.bare || options.apiKey() != null ? Optional.<Tokens>empty() : tokens();
    var headers = built(request, tokens.map(Tokens::accessToken).orElse(options.apiKey()));
    var response = persistently(new Sending<>(request, headers, reader), end);
    if (response.statusCode() != 401 || tokens.isEmpty() || !renewed(tokens.get())) {
      return response;
    }
    var token = tokens().map(Tokens::accessToken).orElse("");
    headers.setHeader("Authorization", "Bearer " + token);
    return persistently(new Sending<>(request, headers, reader), end);
  }

  /** A request on its way. */
  private record Sending<T>(Request request, HttpRequest.Builder built, BodyHandler<T> reader) {}

  private Duration timeout(Request request) {
    return request.timeout == null ? options.timeout() : request.timeout;
  }

  private HttpRequest.Builder built(Request request, String credential) {
    var query = request.parameters.toString();
    var path = request.path + (query.isEmpty() ? "" : "?" + query);
    var built =
        HttpRequest.newBuilder(URI.create(options.url() + path))
            .method(request.method, request.content())
            .setHeader("Accept", request.accept);
    if (request.type() != null) {
      built.setHeader("Content-Type", request.type());
    }
    if (byCookie()) {
      built.setHeader("X-Requested-With", "engineroom").setHeader("Origin", origin());
      options.jar().in(built);
    }
    if (request.ifVersion != null) {
      built.setHeader("If-Match", "\"" + request.ifVersion + "\"");
    }
    if (request.repeat == Request.Repeat.KEYED) {
      built.setHeader("Idempotency-Key", request.key == null ? randomKey() : request.key);
    }
    var seen = written.get();
    if (!seen.isEmpty() || copied && System.nanoTime() - begun > SETTLED.toNanos()) {
      built.setHeader("Engineroom-After", seen.isEmpty() ? "0" : seen);
    }
    if (credential != null && !request.bare) {
      built.setHeader("Authorization", "Bearer " + credential);
    }
    return built;
  }

  /** What a browser would say of a page of the server itself. */
  private String origin() {
    return options.url().getScheme() + "://" + options.url().getAuthority();
  }

  private static String randomKey() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Sends it again where it failed on its way or the server was not ready. */
  private <T> HttpResponse<T> persistently(Sending<T> sending, long end) {
    int again = sending.request.repeat == Request.Repeat.NEVER ? 0 : options.retries();
    for (int attempt = 0; ; attempt++) {
      var response = once(sending, end, attempt >= again);
      var wait = wait(attempt, response);
      boolean last = attempt >= again || wait.compareTo(PATIENCE) > 0;
      if (response.isPresent() && (last || !passing(response.get()))) {
        return response.get();
      }
      pause(wait, end);
    }
  }

  /** The answer; none where none came and it is to be tried again. */
  private <T> Optional<HttpResponse<T>> once(Sending<T> sending, long end, boolean last) {
    var left = left(end);
    try {
      var response = http.send(sending.built.timeout(left).build(), sending.reader);
      if (byCookie()) {
        options.jar().from(response);
      }
      note(response);
      return Optional.of(response);
    } catch (IOException e) {
      left(end);
      if (last) {
        var told = Problem.Details.of("client/unreachable", "The server can't be reached.");
        throw new ProblemException(new Problem.NoAnswer(told), e);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void note(HttpResponse<?> response) {
    var told = response.headers().firstValue("Engineroom-Position").orElse("");
    written.accumulateAndGet(told, (one, other) -> one.compareTo(other) < 0 ? other : one);
    if (response.headers().firstValue("Engineroom-Read").isPresent()) {
      copied = true;
    }
  }

  private static ProblemException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    var told = Problem.Details.of("client/interrupted", "The thread was interrupted.");
    return new ProblemException(new Problem.NoAnswer(told), e);
  }

  private static Duration left(long end) {
    long nanos = end - System.nanoTime();
    if (nanos <= 0) {
      var told = Problem.Details.of("client/out-of-time", "No answer came in time.");
      throw new ProblemException(new Problem.NoAnswer(told));
    }
    return Duration.ofNanos(nanos);
  }

  /** Whether another try may meet a better time; 409 with a time to wait is a request that runs. */
  private static boolean passing(HttpResponse<?> response) {
    return response.statusCode() == 503 || response.statusCode() == 409 && after(response) != null;
  }

  private static Long after(HttpResponse<?> response) {
    var told = response.headers().firstValue("Retry-After").orElse("");
    return told.matches("\\d{1,9}") ? Long.valueOf(told) : null;
  }

  /** As the server says, or twice as long each time, and never the same for all clients. */
  private static <T> Duration wait(int attempt, Optional<HttpResponse<T>> response) {
    var doubled = FIRST_DELAY.multipliedBy(1L << Math.min(attempt, 10));
    var own = doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
    long some = ThreadLocalRandom.current().nextLong(own.toMillis() / 2, own.toMillis() + 1);
    var told = response.map(Connection::after).map(Duration::ofSeconds);
    return told.orElse(Duration.ZERO).plusMillis(some);
  }

  private static void pause(Duration wait, long end) {
    var left = left(end);
    try {
      Thread.sleep((wait.compareTo(left) < 0 ? wait : left).toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Whether there are other tokens than these now; many requests at a time make one renewal. */
  private boolean renewed(Tokens old) {
    synchronized (renewing) {
      var now = tokens();
      if (now.isPresent() && !now.get().accessToken().equals(old.accessToken())) {
        return true;
      }
      return now.isPresent() && renew(now.get());
    }
  }

  private boolean renew(Tokens old) {
    var body = new Json.Object(Map.of("refreshToken", Json.of(old.refreshToken())));
    // the same token gives the same successor for some seconds
    var request =
        new Request("POST", "/auth/refresh").body(body).repeat(Request.Repeat.SAFE).bare();
    try {
      var next = send(request).object();
      keep(new Tokens(next.at("accessToken").text(), next.at("refreshToken").text()));
      return true;
    } catch (ProblemException e) {
      int status = e.problem().details().status();
      if (status != 401 && status != 403) {
        throw e;
      }
      keep(null);
      options.onSignedOut().run();
      return false;
    }
  }
}
