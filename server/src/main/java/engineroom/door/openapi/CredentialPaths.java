package engineroom.door.openapi;

import engineroom.json.Json;
import java.util.List;

/// What is asked about what signs in besides a password: the second factor, API keys, invitations,
/// and acting in the name of a user.
final class CredentialPaths {
  private static final Json TEXT = Draft.of("type", "string").json();
  private static final Json MOMENT = Draft.of("type", "string").put("format", "date-time").json();
  private static final Json TEXTS = Draft.of("type", "array").put("items", TEXT).json();
  private static final Json NOTHING = new Json.Arr(List.of());
  private static final List<String> JSON = List.of(EntityParts.JSON);

  private CredentialPaths() {}

  static void addTo(Draft paths) {
    addFactor(paths);
    addKeys(paths);
    addInvitations(paths);
    var impersonated =
        Replies.well("200", "A session of an hour.", AuthPaths.session(), AuthPaths.COOKIE);
    var whom =
        FieldSchemas.closed(
            new Draft().put("user", TEXT).put("session", AuthPaths.carrier()), List.of("user"));
    var impersonate =
        posting("auth.impersonate", "Begin a short session in the name of a user", whom)
            .put("parameters", AuthPaths.carried())
            .put("responses", impersonated.changing());
    paths.put("/auth/impersonate", new Draft().put("post", impersonate));
  }

  private static void addFactor(Draft paths) {
    var secret =
        FieldSchemas.closed(
            new Draft().put("secret", TEXT).put("uri", TEXT), List.of("secret", "uri"));
    var begun = Replies.well("200", "What an authenticator app takes.", secret, List.of());
    var begin =
        AuthPaths.named("auth.beginTotp", "Make the secret for an authenticator app")
            .put("parameters", NOTHING)
            .put("responses", begun.changing());
    var off = Replies.nothing("204", "Off; all other sessions have ended.", List.of());
    var remove =
        posting("auth.endTotp", "Turn the second factor off", proof())
            .put("parameters", NOTHING)
            .put("responses", off.changing());
    paths.put("/auth/mfa/totp", new Draft().put("post", begin).put("delete", remove));
    var code = FieldSchemas.closed(new Draft().put("code", TEXT), List.of("code"));
    var confirm =
        posting("auth.confirmTotp", "Turn the second factor on by a first code", code)
            .put("parameters", NOTHING)
            .put("responses", codes().changing());
    paths.put("/auth/mfa/totp/confirm", new Draft().put("post", confirm));
    var renew =
        posting("auth.recoveryCodes", "New recovery codes", proof())
            .put("parameters", NOTHING)
            .put("responses", codes().changing());
    paths.put("/auth/mfa/recovery-codes", new Draft().put("post", renew));
    paths.put("/auth/mfa/verify", new Draft().put("post", verify()));
  }

  private static Draft verify() {
    var step =
        FieldSchemas.closed(
            new Draft()
                .put("mfaToken", TEXT)
                .put("code", TEXT)
                .put("recoveryCode", TEXT)
                .put("session", AuthPaths.carrier()),
            List.of("mfaToken"));
    var session =
        Replies.well("200", "The session that began.", AuthPaths.session(), AuthPaths.COOKIE);
    return posting("auth.verifySecondFactor", "Show the second factor, and begin the session", step)
        .put("parameters", AuthPaths.carried())
        .put("responses", session.changing());
  }

  /// A code or a recovery code, and the password.
  private static Json proof() {
    return FieldSchemas.closed(
        new Draft().put("code", TEXT).put("recoveryCode", TEXT).put("password", TEXT), List.of());
  }

  private static Replies codes() {
    var codes = new Draft().put("recoveryCodes", TEXTS);
    var schema = FieldSchemas.closed(codes, List.of("recoveryCodes"));
    return Replies.well("200", "Recovery codes, shown this once.", schema, List.of());
  }

  private static void addKeys(Draft paths) {
    var wish = terms(new Draft()).put("user", TEXT);
    var whole = kept(new Draft().put("key", TEXT));
    var made =
        Replies.well(
            "201",
            "The key, shown this once.",
            FieldSchemas.closed(whole, List.of("key", "id")),
            List.of());
    var make =
        posting("auth.makeKey", "Make an API key", FieldSchemas.closed(wish, List.of("name")))
            .put("parameters", NOTHING)
            .put("responses", made.changing());
    var one = FieldSchemas.closed(kept(new Draft()), List.of("id", "name"));
    paths.put(
        "/auth/keys",
        new Draft()
            .put("post", make)
            .put("get", listing("auth.apiKeys", "The caller's keys", one)));
    var key = Replies.well("200", "The key, without what calls by it.", one, List.of());
    var tell =
        AuthPaths.named("auth.apiKey", "An API key of the caller's")
            .put("parameters", AuthPaths.byId())
            .put("responses", key.reading());
    paths.put(
        "/auth/keys/{id}",
        new Draft()
            .put("get", tell)
            .put("delete", ending("auth.revokeKey", "Revoke an API key of the caller's")));
  }

  /// What a key is good for.
  private static Draft terms(Draft members) {
    return members
        .put("name", TEXT)
        .put("scopes", FieldSchemas.orNull(TEXTS))
        .put("addresses", FieldSchemas.orNull(TEXTS))
        .put("expiresAt", FieldSchemas.orNull(MOMENT))
        .put(
            "requestsPerMinute",
            FieldSchemas.orNull(Draft.of("type", "integer").put("minimum", 1).json()));
  }

  private static Draft kept(Draft members) {
    return terms(members.put("id", TEXT).put("user", TEXT))
        .put("createdAt", MOMENT)
        .put("lastUsedAt", FieldSchemas.orNull(MOMENT));
  }

  private static void addInvitations(Draft paths) {
    var whom = new Draft().put("email", TEXT).put("roles", FieldSchemas.orNull(TEXTS));
    var members =
        new Draft()
            .put("id", TEXT)
            .put("email", TEXT)
            .put("roles", FieldSchemas.orNull(TEXTS))
            .put("invitedBy", FieldSchemas.orNull(TEXT))
            .put("createdAt", MOMENT)
            .put("expiresAt", MOMENT);
    var one = FieldSchemas.closed(members, List.of("id", "email"));
    var made = Replies.well("201", "Invited by a mail.", one, List.of());
    var schema = FieldSchemas.closed(whom, List.of("email"));
    var invite =
        posting("auth.invite", "Invite somebody to sign up", schema)
            .put("parameters", NOTHING)
            .put("responses", made.changing());
    var list = listing("auth.invitations", "The invitations that nobody accepted yet", one);
    paths.put("/auth/invitations", new Draft().put("post", invite).put("get", list));
    var back = ending("auth.endInvitation", "Take an invitation back");
    paths.put("/auth/invitations/{id}", new Draft().put("delete", back));
  }

  private static Draft posting(String id, String summary, Json body) {
    return AuthPaths.named(id, summary).put("requestBody", EntityParts.body(body, JSON));
  }

  private static Draft listing(String id, String summary, Json one) {
    var all = Draft.of("type", "array").put("items", one);
    var schema = FieldSchemas.closed(new Draft().put("data", all), List.of("data"));
    return AuthPaths.reading(id, summary, "The latest first.", schema);
  }

  private static Draft ending(String id, String summary) {
    var ended = Replies.nothing("204", "It is gone.", List.of());
    return AuthPaths.named(id, summary)
        .put("parameters", AuthPaths.byId())
        .put("responses", ended.changing());
  }
}
