package {{package}}.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who is signed in. The session goes with every call of the same connection.
 *
 * @param <R> the user's row
 * @param <U> what else a new account may have
 */
public final class Accounts<R, U extends Input> {
  private final Connection connection;
  private final Function<Json, R> reader;

  /**
   * @param reader of users' rows
   */
  public Accounts(Connection connection, Function<Json, R> reader) {
    this.connection = connection;
    this.reader = reader;
  }

  /** One device or program that somebody signed in with. */
  public record Session(String id, String kind, String userAgent, boolean current) {
    private static Session read(Json told) {
      var members = told.object();
      return new Session(
          members.at("id").text(),
          members.at("kind").text(),
          members.at("userAgent").text(),
          Values.TRUTH.read(members.at("current")));
    }
  }

  /** Makes an account and signs in; empty where the address must be confirmed first. */
  public Optional<SignIn.SignedIn<R>> signUp(String email, String password, U more) {
    var body = more.json().with("email", Json.of(email)).with("password", Json.of(password));
    return begun(send("/auth/sign-up", body.with("session", carrier())));
  }

  /** Begins a session, or asks for the second factor. */
  public SignIn<R> signIn(String login, String password) {
    var members =
        Map.<String, Json>of(
            "login", Json.of(login),
            "password", Json.of(password),
            "session", carrier());
    var answer = send("/auth/sign-in", new Json.Object(members));
    var begun = begun(answer);
    return begun.isPresent() ? begun.get() : secondFactor(answer.object());
  }

  private Json carrier() {
    return Json.of(connection.byCookie() ? "cookie" : "tokens");
  }

  private SignIn<R> secondFactor(Json.Object answer) {
    var methods = answer.at("methods").elements().stream().map(Json::text).toList();
    return new SignIn.SecondFactor<>(answer.at("mfaToken").text(), methods, expiresIn(answer));
  }

  /** Gives the code that `signIn` asked for. */
  public SignIn.SignedIn<R> verify(SignIn.SecondFactor<R> asked, String code) {
    return verify(asked, "code", code);
  }

  /** Gives a recovery code in place of the one that `signIn` asked for. */
  public SignIn.SignedIn<R> recover(SignIn.SecondFactor<R> asked, String recoveryCode) {
    return verify(asked, "recoveryCode", recoveryCode);
  }

  private SignIn.SignedIn<R> verify(SignIn.SecondFactor<R> asked, String name, String code) {
    var members = Map.<String, Json>of("mfaToken", Json.of(asked.mfaToken()), name, Json.of(code));
    return begun(send("/auth/mfa/verify", new Json.Object(members))).orElseThrow();
  }

  private Optional<SignIn.SignedIn<R>> begun(Json answer) {
    var members = answer == Json.Null.NULL ? Json.EMPTY : answer.object();
    var access = members.at("accessToken").text();
    if (access != null) {
      connection.keep(new Tokens(access, members.at("refreshToken").text()));
    } else if (!connection.byCookie() || members.at("user") == Json.Null.NULL) {
      return Optional.empty();
    }
    return Optional.of(new SignIn.SignedIn<>(reader.apply(members.at("user")), expiresIn(members)));
  }

  private static Duration expiresIn(Json.Object answer) {
    return Duration.ofSeconds(Values.WHOLE.read(answer.at("expiresIn")));
  }

  /** Ends the session; well done also where there is none. */
  public void signOut() {
    if (connection.hasCookie()) {
      send("/auth/sign-out", Json.EMPTY);
      connection.forgetCookie();
      return;
    }
    var tokens = connection.tokens();
    connection.keep(null);
    if (tokens.isPresent()) {
      var token = Json.of(tokens.get().refreshToken());
      send("/auth/sign-out", new Json.Object(Map.of("refreshToken", token)));
    }
  }

  /** The caller's own row. */
  public R me() {
    var answer = connection.send(new Request("GET", "/auth/me"));
    return reader.apply(answer.object().at("user"));
  }

  /** The caller's roles. */
  public List<String> roles() {
    var answer = connection.send(new Request("GET", "/auth/me")).object();
    return answer.at("roles").elements().stream().map(Json::text).toList();
  }

  /** Changes the password; all other sessions end. */
  public void changePassword(String current, String password) {
    var members = Map.<String, Json>of("current", Json.of(current), "password", Json.of(password));
    connection.send(once("/auth/password", new Json.Object(members)));
  }

  /** Sends a mail with a link to set another password; well done whoever has the address. */
  public void requestPasswordReset(String email) {
    send("/auth/password/reset", new Json.Object(Map.of("email", Json.of(email))));
  }

  /** Sets another password with the token of the mail; all sessions end. */
  public void resetPassword(String token, String password) {
    var members = Map.<String, Json>of("token", Json.of(token), "password", Json.of(password));
    send("/auth/password/reset/confirm", new Json.Object(members));
  }

  /** Confirms an address with the token of the mail. */
  public void confirmEmail(String token) {
    send("/auth/verify", new Json.Object(Map.of("token", Json.of(token))));
  }

  /** The caller's sessions, the latest first. */
  public List<Session> sessions() {
    var answer = connection.send(new Request("GET", "/auth/sessions")).object();
    return answer.at("data").elements().stream().map(Session::read).toList();
  }

  /** Ends one of the caller's sessions. */
  public void endSession(String id) {
    var path = "/auth/sessions/" + Parameters.encoded(id);
    connection.send(new Request("DELETE", path).repeat(Request.Repeat.NEVER));
  }

  private static Request once(String path, Json body) {
    return new Request("POST", path).body(body).repeat(Request.Repeat.NEVER);
  }

  private Json send(String path, Json body) {
    return connection.send(once(path, body).bare());
  }
}
