package engineroom.account;

import engineroom.account.Desk.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A route at which something can be guessed or asked for, with somebody who guesses.
///
/// @param what tells two ways of guessing at one route apart
/// @param opening makes what guessing takes
record GuessedDoor(String method, String path, String what, Counts counts, Opening opening) {
  private static final String ANN = "ann@example.org";
  private static final String BOB = "bob@example.org";
  private static final String WRONG = "wrong password, I fear";

  /// What an attempt is counted for, besides the address.
  enum Counts {
    ACCOUNT,
    TYPED,
    ADDRESS_ALONE
  }

  /// What a desk needs for it, and what is sent then.
  interface Opening {
    Sending of(Desk desk);
  }

  /// The token that goes with the guess, and its body.
  record Sending(String token, Body body) {}

  /// The body of each attempt.
  interface Body {
    String text(int attempt);
  }

  /// One attempt.
  interface Guess {
    Answer from(String address);
  }

  /// Routes at which nothing is guessed, and why.
  static final Map<String, String> NOT_COUNTED =
      Map.ofEntries(
          Map.entry(
              "POST /auth/sign-out", "tells nothing of the token, and ends at most a session"),
          Map.entry("GET /auth/me", "the caller is known"),
          Map.entry("GET /auth/sessions", "the caller is known"),
          Map.entry("DELETE /auth/sessions", "the caller is known"),
          Map.entry("DELETE /auth/sessions/{id}", "the caller is known"),
          Map.entry("GET /.well-known/jwks.json", "public"),
          Map.entry("POST /auth/mfa/totp", "takes a fresh sign-in"),
          Map.entry("POST /auth/keys", "takes a fresh sign-in"),
          Map.entry("GET /auth/keys", "the caller is known"),
          Map.entry("GET /auth/keys/{id}", "the caller is known"),
          Map.entry("DELETE /auth/keys/{id}", "the caller is known"),
          Map.entry("POST /auth/invitations", "administrators"),
          Map.entry("GET /auth/invitations", "administrators"),
          Map.entry("DELETE /auth/invitations/{id}", "administrators"),
          Map.entry("POST /auth/impersonate", "administrators"));

  /// All others.
  static final List<GuessedDoor> ALL =
      List.of(
          account("POST", "/auth/sign-in", "password", GuessedDoor::signIn),
          account("POST", "/auth/password", "password", in("{'current':'%w','password':'%n'}")),
          account(
              "POST", "/auth/email", "password", in("{'email':'new@example.org','password':'%w'}")),
          account("DELETE", "/auth/me", "password", in("{'password':'%w'}")),
          new GuessedDoor("POST", "/auth/verify", "password", Counts.ACCOUNT, GuessedDoor::again),
          account("POST", "/auth/mfa/verify", "code", desk -> step(desk, "code':'000000")),
          account(
              "POST",
              "/auth/mfa/verify",
              "recovery code",
              desk -> step(desk, "recoveryCode':'AAAA")),
          account("POST", "/auth/mfa/totp/confirm", "code", GuessedDoor::confirm),
          account("DELETE", "/auth/mfa/totp", "password", off("{'password':'%w','code':'000000'}")),
          account("DELETE", "/auth/mfa/totp", "code", off("{'password':'%p','code':'000000'}")),
          account(
              "POST", "/auth/mfa/recovery-codes", "code", off("{'password':'%p','code':'000000'}")),
          account("POST", "/auth/email-code/confirm", "code", GuessedDoor::code),
          token("/auth/refresh", "{'refreshToken':'er_rt_%t'}"),
          token("/auth/verify", "{'token':'er_ec_%t'}"),
          token("/auth/password/reset/confirm", "{'token':'er_pr_%t','password':'%n'}"),
          token("/auth/magic-link/confirm", "{'token':'er_ml_%t'}"),
          token("/auth/email/confirm", "{'token':'er_na_%t'}"),
          token("/auth/email/stop", "{'token':'er_oa_%t'}"),
          token("/auth/unlock", "{'token':'er_ul_%t'}"),
          token("/auth/anonymous", "{}"),
          typed("/auth/sign-up", "{'email':'%e','password':'%n','invitation':'er_in_%t'}"),
          typed("/auth/password/reset", "{'email':'%e'}"),
          typed("/auth/magic-link", "{'email':'%e'}"),
          typed("/auth/email-code", "{'email':'%e'}"),
          new GuessedDoor("POST", "/auth/upgrade", "asked", Counts.TYPED, GuessedDoor::upgrade));

  static Stream<GuessedDoor> of(Counts counts) {
    return ALL.stream().filter(door -> door.counts() == counts);
  }

  private static GuessedDoor account(String method, String path, String what, Opening opening) {
    return new GuessedDoor(method, path, what, Counts.ACCOUNT, opening);
  }

  private static GuessedDoor token(String path, String body) {
    return new GuessedDoor(
        "POST", path, "token", Counts.ADDRESS_ALONE, _ -> new Sending("", filled(body)));
  }

  private static GuessedDoor typed(String path, String body) {
    return new GuessedDoor("POST", path, "asked", Counts.TYPED, _ -> new Sending("", filled(body)));
  }

  /// An address in another spelling each time, which nobody has.
  private static Body filled(String body) {
    var plain =
        body.replace('\'', '"')
            .replace("%w", WRONG)
            .replace("%p", Desk.PASSWORD)
            .replace("%n", "seven green boats at sea")
            .replace("%t", "A".repeat(43));
    return i -> plain.replace("%e", i % 2 == 0 ? "who@example.org" : "WHO@Example.org");
  }

  private static Sending signIn(Desk desk) {
    desk.confirmed(ANN);
    return new Sending("", filled("{'login':'" + ANN + "','password':'%w'}"));
  }

  private static Opening in(String body) {
    return desk -> new Sending(desk.confirmed(ANN).text("accessToken"), filled(body));
  }

  private static Sending again(Desk desk) {
    desk.signUp(BOB);
    return new Sending("", filled("{'email':'" + BOB + "','password':'%w'}"));
  }

  private static Sending confirm(Desk desk) {
    var token = desk.confirmed(ANN).text("accessToken");
    desk.as(token, "POST", "/auth/mfa/totp", "");
    return new Sending(token, filled("{'code':'000000'}"));
  }

  /// Somebody with a second factor.
  private static String on(Desk desk) {
    var token = desk.confirmed(ANN).text("accessToken");
    var secret = desk.as(token, "POST", "/auth/mfa/totp", "").text("secret");
    var code = "{\"code\":\"" + new Authenticator(secret).code(desk.now()) + "\"}";
    if (desk.as(token, "POST", "/auth/mfa/totp/confirm", code).status() != 200) {
      throw new AssertionError("the second factor is not on");
    }
    return token;
  }

  private static Opening off(String body) {
    return desk -> new Sending(on(desk), filled(body));
  }

  /// A step has five tries, and the account no more.
  private static Sending step(Desk desk, String proof) {
    on(desk);
    var steps = new String[] {step(desk), step(desk), step(desk)};
    return new Sending(
        "", i -> filled("{'mfaToken':'" + steps[i / 5] + "','" + proof + "'}").text(i));
  }

  private static String step(Desk desk) {
    return desk.signIn(ANN).text("mfaToken");
  }

  private static Sending code(Desk desk) {
    desk.confirmed(ANN);
    var asked = new String[3];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = desk.post("/auth/email-code", "{\"email\":\"" + ANN + "\"}").text("transaction");
    }
    return new Sending(
        "", i -> filled("{'transaction':'" + asked[i / 5] + "','code':'x'}").text(i));
  }

  private static Sending upgrade(Desk desk) {
    var token = desk.post("/auth/anonymous", "{}").text("accessToken");
    return new Sending(token, filled("{'email':'%e','password':'short'}"));
  }

  Guess opened(Desk desk) {
    var sending = opening.of(desk);
    var attempts = new AtomicInteger();
    var headers =
        sending.token().isEmpty()
            ? Map.<String, String>of()
            : Map.of("Authorization", "Bearer " + sending.token());
    return address ->
        desk.from(address, method, path, headers, sending.body().text(attempts.getAndIncrement()));
  }

  @Override
  public String toString() {
    return method + " " + path + ": " + what;
  }
}
