package engineroom.door.openapi;

import engineroom.door.openapi.AuthPaths.Post;
import engineroom.json.Json;
import java.util.List;

/// What is asked about accounts by links and codes of mails, with a new address, without one, and
/// for the last time.
final class AuthFlowPaths {
  private static final Json NOTHING = new Json.Arr(List.of());
  private static final List<String> NONE = List.of();
  private static final List<String> PASSWORD = List.of("password");
  private static final List<String> COOKIE = List.of("Set-Cookie");
  private static final String ASKED =
      "Taken: whether a mail follows is not told, and depends on the address.";

  private AuthFlowPaths() {}

  static void addTo(Draft paths) {
    addConfirming(paths);
    addUnlocking(paths);
    addSigningIn(paths);
    addOwn(paths);
  }

  private static void addConfirming(Draft paths) {
    var verify = AuthPaths.body(List.of("token", "email", "password"), NONE);
    var confirmed = Replies.nothing("204", "The address is confirmed.", NONE);
    new Post("verify", "Confirm an address by a token, or send the mail again", verify, NOTHING)
        .addTo(paths, confirmed.or(asked(), "202"));
    new Post("password/reset", "Send a link to set a new password", of("email"), NOTHING)
        .addTo(paths, asked());
    var set = Replies.nothing("204", "Set; all sessions have ended.", NONE);
    new Post("password/reset/confirm", "Set a new password", of("token", "password"), NOTHING)
        .addTo(paths, set);
  }

  private static void addUnlocking(Draft paths) {
    var members = AuthPaths.body(List.of("token", "user"), NONE);
    var unlocked = Replies.nothing("204", "Passwords and codes are looked at again.", NONE);
    var summary = "Unlock an account by a token or, for administrators, by its user";
    new Post("unlock", summary, members, NOTHING).addTo(paths, unlocked);
  }

  private static void addSigningIn(Draft paths) {
    new Post("magic-link", "Send a link to sign in by", of("email"), NOTHING).addTo(paths, asked());
    var link = AuthPaths.body(List.of("token", "session"), List.of("token"));
    new Post("magic-link/confirm", "Begin a session by a link", link, AuthPaths.carried())
        .addTo(paths, begun("200").or(AuthPaths.step(), "202"));
    var transaction =
        AuthPaths.members(List.of("transaction"))
            .put("expiresIn", Draft.of("type", "integer").put("minimum", 1));
    var schema = FieldSchemas.closed(transaction, List.of("transaction", "expiresIn"));
    new Post("email-code", "Send a code to sign in by", of("email"), NOTHING)
        .addTo(paths, Replies.well("202", ASKED, schema, NONE));
    var code = List.of("transaction", "code");
    var body = AuthPaths.body(List.of("transaction", "code", "session"), code);
    new Post("email-code/confirm", "Begin a session by a code", body, AuthPaths.carried())
        .addTo(paths, begun("200").or(AuthPaths.step(), "202"));
    var nobody = AuthPaths.body(List.of("session"), NONE);
    new Post("anonymous", "Begin a session of a new anonymous account", nobody, AuthPaths.carried())
        .addTo(paths, begun("201"));
  }

  private static void addOwn(Draft paths) {
    var change = AuthPaths.body(List.of("email", "password"), List.of("email"));
    new Post("email", "Ask both addresses to change the caller's", change, NOTHING)
        .addTo(paths, asked());
    var changed = new Draft().put("changed", Draft.of("type", "boolean"));
    var agreed = FieldSchemas.closed(changed, List.of("changed"));
    new Post("email/confirm", "Agree to a change for one address", of("token"), NOTHING)
        .addTo(paths, Replies.well("200", "Whether both have agreed by now.", agreed, NONE));
    var stopped = Replies.nothing("204", "Stopped; all sessions have ended.", NONE);
    new Post("email/stop", "Stop a change for the old address", of("token"), NOTHING)
        .addTo(paths, stopped);
    var upgraded = Replies.nothing("204", "The account has an address that waits.", NONE);
    new Post("upgrade", "Make an anonymous account somebody's", of("email", "password"), NOTHING)
        .addTo(paths, upgraded);
  }

  /// `DELETE /auth/me`
  static Draft departure() {
    var body = new Draft().put("content", AuthPaths.content(AuthPaths.body(PASSWORD, NONE)));
    var gone = Replies.nothing("204", "The account is deleted.", COOKIE);
    return AuthPaths.named("auth.deleteMe", "Delete the caller's account")
        .put("parameters", NOTHING)
        .put("requestBody", body)
        .put("responses", gone.changing());
  }

  private static Json of(String... names) {
    return AuthPaths.body(List.of(names), List.of(names));
  }

  private static Replies asked() {
    return Replies.nothing("202", ASKED, NONE);
  }

  private static Replies begun(String status) {
    return Replies.well(status, "The session that began.", AuthPaths.session(), COOKIE);
  }
}
