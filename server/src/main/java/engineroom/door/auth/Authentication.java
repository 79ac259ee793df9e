package engineroom.door.auth;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Callers;
import engineroom.http.Authenticator;
import engineroom.http.Request.Headers;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Says who sends a request: by the administrator's key, an access token, an API key, or a
/// browser's cookie.
public final class Authentication implements Authenticator {
  private static final String BEARER = "Bearer ";

  /// How every signed token begins, and no other credential.
  private static final String TOKEN = BEARER + "eyJ";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "QUERY");
  private static final String MARK = "X-Requested-With";
  private static final String MARKED = "engineroom";

  private final Predicate<String> administrator;
  private final Supplier<Callers> callers;

  /// @param administrator whether an `Authorization` field holds the administrator's key
  /// @param callers those of the model of the moment
  public Authentication(Predicate<String> administrator, Supplier<Callers> callers) {
    this.administrator = administrator;
    this.callers = callers;
  }

  @Override
  public Caller caller(Credentials sent) {
    var authorization = sent.headers().find("Authorization");
    if (authorization.isPresent() && !authorization.get().isEmpty()) {
      return bearer(authorization.get(), sent);
    }
    var cookie = SessionCookie.read(sent.headers());
    return cookie.isEmpty() ? Caller.Guest.GUEST : browser(cookie.get(), sent);
  }

  /// The administrator's key is compared beyond any limit: it can't be guessed, and who guesses at
  /// it must not keep its holder out.
  @Override
  public boolean alwaysHeard(Credentials sent) {
    return sent.headers().find("Authorization").filter(administrator).isPresent();
  }

  private Caller bearer(String authorization, Credentials sent) {
    if (authorization.regionMatches(true, 0, TOKEN, 0, TOKEN.length())) {
      var token = authorization.substring(BEARER.length());
      return callers.get().byToken(token, sent.time()).orElseThrow(Authentication::unknown);
    }
    if (administrator.test(authorization)) {
      return Caller.Administrator.ADMINISTRATOR;
    }
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw unknown();
    }
    return callers
        .get()
        .byKey(authorization.substring(BEARER.length()), sent.address(), sent.time())
        .orElseThrow(Authentication::unknown);
  }

  /// A cookie that is over must not keep anybody from signing in anew: browsers send it unasked.
  private Caller browser(String cookie, Credentials sent) {
    var caller = callers.get().byCookie(cookie, sent.time());
    if (caller.isEmpty()) {
      if (sent.path().startsWith(AuthDoor.PATH)) {
        return Caller.Guest.GUEST;
      }
      throw unknown();
    }
    if (!SAFE.contains(sent.method()) && !ofOurs(sent.headers())) {
      throw problem(
          new NotAllowed(
              "A cookie alone changes nothing: send X-Requested-With: engineroom with it, from a"
                  + " page of the same origin."));
    }
    return caller.get();
  }

  /// Whether a script of a page of ours sent a request. Others can't: the mark makes browsers ask
  /// first, and the origin is told by them alone.
  private static boolean ofOurs(Headers headers) {
    return headers.find(MARK).orElse("").equals(MARKED) && sameOrigin(headers);
  }

  private static boolean sameOrigin(Headers headers) {
    var site = headers.find("Sec-Fetch-Site");
    if (site.isPresent()) {
      return site.get().equals("same-origin");
    }
    var host = headers.find("Host").orElse("").toLowerCase(Locale.ROOT);
    var origin = headers.find("Origin").orElse("").toLowerCase(Locale.ROOT);
    return !host.isEmpty() && (origin.equals("https://" + host) || origin.equals("http://" + host));
  }

  private static RuntimeException unknown() {
    return problem(
        new BadCredentials(
            "The credentials are not good, or no longer. Sign in, or send Authorization: Bearer and"
                + " a valid key."));
  }
}
