package engineroom.account;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Somebody who has turned the second factor on, with the app and the recovery codes at hand.
final class Holder {
  private final Desk desk;
  private final String login;
  private final Authenticator app;
  private final Deque<String> spares;

  private Holder(Desk desk, String login, Authenticator app, List<String> spares) {
    this.desk = desk;
    this.login = login;
    this.app = app;
    this.spares = new ArrayDeque<>(spares);
  }

  /// Signs in and turns it on.
  static Holder of(Desk desk, String login) {
    var token = desk.signIn(login).text("accessToken");
    var app = new Authenticator(desk.as(token, "POST", "/auth/mfa/totp", "").text("secret"));
    var body = "{\"code\":\"%s\"}".formatted(app.code(desk.now()));
    var on = desk.as(token, "POST", "/auth/mfa/totp/confirm", body);
    return new Holder(desk, login, app, codes(on));
  }

  private static List<String> codes(Desk.Answer answer) {
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    if (JsonReader.read(bytes, JsonLimits.defaults()) instanceof Json.Obj(var members)
        && members.get("recoveryCodes") instanceof Json.Arr(var codes)) {
      return codes.stream().map(code -> code instanceof Json.Text(var text) ? text : "").toList();
    }
    throw new AssertionError("no recovery codes: " + answer);
  }

  /// A code that was not used.
  String next() {
    desk.later(Duration.ofSeconds(30));
    return app.code(desk.now());
  }

  /// A recovery code that was not used; makes new ones before the last is gone.
  String spare() {
    if (spares.size() == 2) {
      renew();
    }
    return spares.remove();
  }

  private void renew() {
    var step = desk.signIn(login).text("mfaToken");
    var way = "{\"mfaToken\":\"%s\",\"recoveryCode\":\"%s\"}".formatted(step, spares.remove());
    var token = desk.post("/auth/mfa/verify", way).text("accessToken");
    var body =
        "{\"password\":\"%s\",\"recoveryCode\":\"%s\"}".formatted(Desk.PASSWORD, spares.remove());
    spares.addAll(codes(desk.as(token, "POST", "/auth/mfa/recovery-codes", body)));
  }
}
