package engineroom.door.openapi;

import engineroom.json.Json;
import java.util.List;

/// What is asked about accounts: signing up and in, sessions, the password, and the public keys.
final class AuthPaths {
  private static final Json TEXT = Draft.of("type", "string").json();
  private static final Json NOTHING = new Json.Arr(List.of());
  static final List<String> COOKIE = List.of("Set-Cookie");
  private static final List<String> JSON = List.of(EntityParts.JSON);

  private AuthPaths() {}

  static void addTo(Draft paths) {
    var session = Replies.well("200", "The session that began.", session(), COOKIE);
    new Post("sign-in", "Begin a session", credentials(), carried())
        .addTo(paths, session.or(step(), "202"));
    var account = Replies.well("201", "The account, and its first session.", session(), COOKIE);
    var waiting =
        Replies.nothing("202", "Taken: what follows is in a mail to the address.", List.of());
    new Post("sign-up", "Make an account", account(), carried())
        .addTo(paths, account.or(waiting, "202"));
    var renewed = Replies.well("200", "New tokens.", session(), COOKIE);
    new Post("refresh", "New tokens for a refresh token", refresh(List.of("refreshToken")), NOTHING)
        .addTo(paths, renewed);
    var password = body(List.of("current", "password"), List.of("current", "password"));
    var changed = Replies.nothing("204", "Changed; all other sessions have ended.", List.of());
    new Post("password", "Change the caller's password", password, NOTHING).addTo(paths, changed);
    paths.put("/auth/sign-out", new Draft().put("post", signOut()));
    paths.put("/auth/me", new Draft().put("get", me()).put("delete", AuthFlowPaths.departure()));
    var ended = Replies.nothing("204", "All other sessions have ended.", List.of());
    paths.put(
        "/auth/sessions",
        new Draft()
            .put("get", sessions())
            .put("delete", ending("auth.endSessions", "End the other sessions", NOTHING, ended)));
    paths.put("/auth/sessions/{id}", new Draft().put("delete", end()));
    AuthFlowPaths.addTo(paths);
    paths.put("/.well-known/jwks.json", new Draft().put("get", keys()));
  }

  /// Where a user has a second factor.
  static Replies step() {
    var members =
        new Draft()
            .put("mfaToken", TEXT)
            .put("methods", Draft.of("type", "array").put("items", TEXT))
            .put("expiresIn", Draft.of("type", "integer").put("minimum", 1));
    var schema = FieldSchemas.closed(members, List.of("mfaToken", "methods", "expiresIn"));
    var text = "The second factor is asked for: POST /auth/mfa/verify.";
    return Replies.well("202", text, schema, List.of());
  }

  /// What is asked by a body.
  record Post(String verb, String summary, Json body, Json parameters) {
    void addTo(Draft paths, Replies replies) {
      var operation =
          named("auth." + verb.replace('/', '.'), summary)
              .put("parameters", parameters)
              .put("requestBody", EntityParts.body(body, JSON))
              .put("responses", replies.changing());
      paths.put("/auth/" + verb, new Draft().put("post", operation));
    }
  }

  static Draft named(String id, String summary) {
    return Draft.of("operationId", id)
        .put("summary", summary)
        .put("tags", Draft.texts(List.of("auth")));
  }

  /// `?cookie=true`
  static Json carried() {
    return new Json.Arr(
        List.of(
            Draft.of("name", "cookie")
                .put("in", "query")
                .put("description", "`true`: a cookie carries the session, and no tokens do.")
                .put("schema", new Draft().put("enum", Draft.texts(List.of("true"))))
                .json()));
  }

  private static Json credentials() {
    return body(List.of("login", "password", "session"), List.of("login", "password"));
  }

  /// The fields of the user that may be given come to these.
  private static Json account() {
    var members = members(List.of("email", "password", "session", "invitation"));
    return Draft.of("type", "object")
        .put("properties", members)
        .put("required", Draft.texts(List.of("email", "password")))
        .json();
  }

  private static Json refresh(List<String> required) {
    return body(List.of("refreshToken"), required);
  }

  static Json body(List<String> names, List<String> required) {
    return FieldSchemas.closed(members(names), required);
  }

  static Draft members(List<String> names) {
    var members = new Draft();
    for (var name : names) {
      members.put(name, name.equals("session") ? carrier() : TEXT);
    }
    return members;
  }

  static Json carrier() {
    return new Draft().put("enum", Draft.texts(List.of("tokens", "cookie"))).json();
  }

  static Json session() {
    var members =
        new Draft()
            .put("accessToken", TEXT)
            .put("refreshToken", TEXT)
            .put("expiresIn", Draft.of("type", "integer").put("minimum", 1))
            .put("user", user());
    return FieldSchemas.closed(members, List.of("expiresIn", "user"));
  }

  private static Draft user() {
    return Draft.of("type", "object")
        .put("description", "What the user may read of their own row.");
  }

  private static Draft signOut() {
    var body = new Draft().put("content", content(refresh(List.of())));
    var headers = List.of("Set-Cookie", "Clear-Site-Data");
    var done = Replies.nothing("204", "The session has ended, if there was one.", headers);
    return named("auth.sign-out", "End the session")
        .put("parameters", NOTHING)
        .put("requestBody", body)
        .put("responses", done.changing());
  }

  static Draft content(Json schema) {
    return new Draft().put(EntityParts.JSON, new Draft().put("schema", schema));
  }

  private static Draft me() {
    var members =
        new Draft()
            .put("user", user())
            .put("roles", Draft.of("type", "array").put("items", TEXT))
            .put("session", nullable())
            .put("impersonator", TEXT);
    var schema = FieldSchemas.closed(members, List.of("user", "roles", "session"));
    return reading("auth.me", "Who is calling", "Who is calling.", schema);
  }

  static Draft reading(String id, String summary, String description, Json schema) {
    return named(id, summary)
        .put("parameters", NOTHING)
        .put("responses", Replies.well("200", description, schema, List.of()).reading());
  }

  private static Json nullable() {
    return new Draft().put("type", Draft.texts(List.of("string", "null"))).json();
  }

  private static Draft sessions() {
    var members = new Draft().put("id", TEXT).put("kind", TEXT);
    for (var name : List.of("createdAt", "lastUsedAt", "expiresAt")) {
      members.put(name, Draft.of("type", "string").put("format", "date-time"));
    }
    for (var name : List.of("userAgent", "addressPrefix", "impersonator")) {
      members.put(name, nullable());
    }
    members.put("current", Draft.of("type", "boolean"));
    var one = FieldSchemas.closed(members, List.of("id", "kind", "current"));
    var all = Draft.of("type", "array").put("items", one);
    var schema = FieldSchemas.closed(new Draft().put("data", all), List.of("data"));
    return reading("auth.sessions", "The caller's sessions", "The latest first.", schema);
  }

  private static Draft end() {
    var ended = Replies.nothing("204", "The session has ended.", List.of());
    return ending("auth.endSession", "End a session of the caller's", byId(), ended);
  }

  /// `{id}`
  static Json byId() {
    var id =
        Draft.of("name", "id")
            .put("in", "path")
            .yes("required")
            .put("schema", Draft.of("type", "string"));
    return new Json.Arr(List.of(id.json()));
  }

  private static Draft ending(String id, String summary, Json parameters, Replies replies) {
    return named(id, summary).put("parameters", parameters).put("responses", replies.changing());
  }

  private static Draft keys() {
    var keys = Draft.of("type", "array").put("items", Draft.of("type", "object"));
    var schema = FieldSchemas.closed(new Draft().put("keys", keys), List.of("keys"));
    return reading("auth.keys", "The public keys of access tokens", "A JWK set.", schema);
  }
}
