package engineroom.door.auth;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.ApiKeys;
import engineroom.account.Impersonations;
import engineroom.account.Invitations;
import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.door.rest.RestDoor.Route;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.FieldReader;
import engineroom.json.FieldReader.Unfit;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.AuthorizeProblem.SignInNeeded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Answers what lets others in: keys for programs, invitations, and acting in somebody's name.
final class KeyRequests {
  private static final String KEYS = "/auth/keys";
  private static final String KEY = "/auth/keys/{id}";
  private static final String INVITATIONS = "/auth/invitations";
  private static final String INVITATION = "/auth/invitations/{id}";
  private static final String IMPERSONATE = "/auth/impersonate";

  /// What is answered here.
  static final List<Route> ROUTES =
      List.of(
          new Route("POST", KEYS, "Makes an API key."),
          new Route("GET", KEYS, "Lists the caller's API keys."),
          new Route("GET", KEY, "Tells about an API key of the caller's."),
          new Route("DELETE", KEY, "Revokes an API key of the caller's."),
          new Route("POST", INVITATIONS, "Invites somebody to sign up."),
          new Route("GET", INVITATIONS, "Lists the invitations that nobody accepted yet."),
          new Route("DELETE", INVITATION, "Takes an invitation back."),
          new Route("POST", IMPERSONATE, "Begins a short session in the name of a user."));

  private static final String USER = "user";
  private static final List<String> GIVEN =
      List.of("name", "scopes", "expiresAt", "addresses", "requestsPerMinute");
  private static final List<String> OF_KEYS =
      List.of(
          "id",
          USER,
          "name",
          "scopes",
          "addresses",
          "expiresAt",
          "requestsPerMinute",
          "createdAt",
          "lastUsedAt");
  private static final List<String> OF_INVITATIONS =
      List.of("id", "email", "roles", "invitedBy", "createdAt", "expiresAt");

  private final ApiKeys keys;
  private final Invitations invitations;
  private final Impersonations impersonations;
  private final AuthAnswers answers;
  private final Model model;
  private final FieldReader fields;

  KeyRequests(Accounts accounts, AuthAnswers answers, Model model) {
    this.keys = accounts.apiKeys();
    this.invitations = accounts.invitations();
    this.impersonations = accounts.impersonations();
    this.answers = answers;
    this.model = model;
    this.fields = new FieldReader(model);
  }

  /// @param route one of [#ROUTES]
  Response handle(String route, Request request) {
    return switch (route) {
      case KEYS -> request.method().equals("POST") ? make(request) : all(request);
      case KEY -> request.method().equals("GET") ? one(request) : revoke(request);
      case INVITATIONS -> request.method().equals("POST") ? invite(request) : open(request);
      case INVITATION -> takeBack(request);
      default -> impersonate(request);
    };
  }

  private Response make(Request request) {
    known(request);
    var body =
        AuthBody.of(
            request, Set.of("name", "scopes", "expiresAt", "addresses", "requestsPerMinute", USER));
    var values = new LinkedHashMap<String, Value>();
    body.text("name");
    for (var name : GIVEN) {
      value(body, "apiKey", name).ifPresent(value -> values.put(name, value));
    }
    if (!body.has(USER) && request.call().caller() instanceof Caller.Administrator) {
      body.tell(USER, "required", "is required: the administrator's key has no account");
    }
    var user = value(body, "apiKey", USER);
    body.check();
    var made =
        user.isPresent()
            ? keys.makeFor(user.get(), values, request.call())
            : keys.make(AuthDoor.caller(request), values, request.call());
    var text = new StringBuilder("{\"key\":");
    JsonText.quote(text, made.text());
    members(text.append(','), made.row(), OF_KEYS);
    return AuthAnswers.answer(201, text.append('}'));
  }

  /// A member as the value of a field; empty where it is not there or null.
  private Optional<Value> value(AuthBody body, String entity, String name) {
    var json = body.members().get(name);
    if (json == null || json == Json.Null.NULL) {
      return Optional.empty();
    }
    try {
      Entity of = model.entity(entity);
      return Optional.of(fields.json(of.field(name).type(), json));
    } catch (Unfit unfit) {
      body.tell(name, unfit.code(), unfit.text());
      return Optional.empty();
    }
  }

  private Response all(Request request) {
    var caller = AuthDoor.caller(request);
    return list(keys.all(caller, request.call()), OF_KEYS);
  }

  private Response one(Request request) {
    var caller = AuthDoor.caller(request);
    var row = keys.find(caller, id(request, "apiKey"), request.call());
    return row.map(found -> answer(200, found, OF_KEYS)).orElseThrow(() -> none("apiKey"));
  }

  private Response revoke(Request request) {
    var caller = AuthDoor.caller(request);
    if (!keys.revoke(caller, id(request, "apiKey"), request.call())) {
      throw none("apiKey");
    }
    return Response.empty(204);
  }

  private Response invite(Request request) {
    known(request);
    var body = AuthBody.of(request, Set.of("email", "roles"));
    var email = body.text("email");
    var roles = value(body, "invitation", "roles");
    value(body, "invitation", "email");
    body.check();
    var names =
        roles.isPresent() && roles.get() instanceof Value.ListOf(var elements)
            ? elements.stream().map(e -> e instanceof Value.Text(var text) ? text : "").toList()
            : List.<String>of();
    return answer(201, invitations.invite(email, names, request.call()), OF_INVITATIONS);
  }

  private Response open(Request request) {
    known(request);
    return list(invitations.open(request.call()), OF_INVITATIONS);
  }

  private Response takeBack(Request request) {
    known(request);
    if (!invitations.revoke(id(request, "invitation"), request.call())) {
      throw none("invitation");
    }
    return Response.empty(204);
  }

  private Response impersonate(Request request) {
    known(request);
    var body = AuthBody.of(request, Set.of(USER, AuthDoor.SESSION));
    var user = value(body, "session", USER);
    if (user.isEmpty() && body.violations().isEmpty()) {
      body.tell(USER, "required", "is required");
    }
    var visit = AuthDoor.visit(request, body);
    body.check();
    var id = user.orElseThrow(() -> none(USER));
    return answers.signedIn(200, impersonations.begin(id, visit), request);
  }

  /// Refuses guests, keys of users, and who acts in the name of somebody else.
  static void known(Request request) {
    switch (request.call().caller()) {
      case Caller.Administrator _ -> {}
      case Caller.User _ -> AuthDoor.caller(request);
      case Caller.Guest _, Caller.Program _ ->
          throw problem(new SignInNeeded("Sign in to use this."));
    }
  }

  private Value id(Request request, String entity) {
    var path = request.path();
    try {
      return fields.text(fields.idType(entity), path.substring(path.lastIndexOf('/') + 1));
    } catch (Unfit _) {
      throw none(entity);
    }
  }

  private static RuntimeException none(String entity) {
    return problem(new NotFound(entity));
  }

  private static Response list(List<Row> rows, List<String> names) {
    var text = new StringBuilder("{\"data\":[");
    var between = "";
    for (var row : rows) {
      members(text.append(between).append('{'), row, names);
      text.append('}');
      between = ",";
    }
    return AuthAnswers.answer(200, text.append("]}"));
  }

  private static Response answer(int status, Row row, List<String> names) {
    var text = new StringBuilder("{");
    members(text, row, names);
    return AuthAnswers.answer(status, text.append('}'));
  }

  private static void members(StringBuilder text, Row row, List<String> names) {
    var between = "";
    for (var name : names) {
      JsonText.quote(text.append(between), name);
      text.append(':').append(JsonText.of(row.value(name)));
      between = ",";
    }
  }
}
