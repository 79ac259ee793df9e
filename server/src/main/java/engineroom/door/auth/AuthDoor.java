package engineroom.door.auth;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.account.Accounts;
import engineroom.account.Carrier;
import engineroom.account.Device;
import engineroom.account.SessionWork;
import engineroom.account.Visit;
import engineroom.account.password.Passwords;
import engineroom.data.Value;
import engineroom.door.rest.RestDoor.Route;
import engineroom.http.Handler;
import engineroom.http.OperationName;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.FieldReader;
import engineroom.json.FieldReader.Unfit;
import engineroom.model.Model;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.AuthorizeProblem.SignInNeeded;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import engineroom.problem.RequestProblem.Unreadable;
import engineroom.problem.Violation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Answers everything under `/auth/`, and the public keys of access tokens.
public final class AuthDoor implements Handler {
  /// What the paths of this door begin with.
  public static final String PATH = "/auth/";

  /// Where the public keys of access tokens are.
  public static final String KEYS = "/.well-known/jwks.json";

  private static final List<Route> OWN =
      List.of(
          new Route("POST", "/auth/sign-up", "Makes an account."),
          new Route("POST", "/auth/sign-in", "Begins a session."),
          new Route("POST", "/auth/refresh", "Gives new tokens for a refresh token."),
          new Route("POST", "/auth/sign-out", "Ends the session."),
          new Route("GET", "/auth/me", "Tells who is calling."),
          new Route("GET", "/auth/sessions", "Lists the caller's sessions."),
          new Route("DELETE", "/auth/sessions", "Ends the caller's other sessions."),
          new Route("DELETE", "/auth/sessions/{id}", "Ends a session of the caller's."),
          new Route("POST", "/auth/password", "Changes the caller's password."),
          new Route("GET", KEYS, "Tells the public keys of access tokens."));

  /// What this door answers.
  public static final List<Route> ROUTES =
      Stream.of(OWN, FlowRequests.ROUTES, FactorRequests.ROUTES, KeyRequests.ROUTES)
          .flatMap(List::stream)
          .toList();

  /// The member that says how a session shall be carried.
  static final String SESSION = "session";

  private static final String SESSIONS = "/auth/sessions/";

  /// What is followed by an id.
  private static final List<String> OF_ONE = List.of(SESSIONS, "/auth/keys/", "/auth/invitations/");

  private final Accounts accounts;
  private final AuthAnswers answers;
  private final SignUpReader applicants;
  private final FieldReader fields;
  private final FlowRequests flows;
  private final FactorRequests factors;
  private final KeyRequests keys;

  public AuthDoor(Accounts accounts, Model model, Runner runner) {
    this.accounts = accounts;
    this.answers = new AuthAnswers(runner);
    this.applicants = new SignUpReader(model);
    this.fields = new FieldReader(model);
    this.flows = new FlowRequests(accounts, answers, fields);
    this.factors = new FactorRequests(accounts.secondFactors(), answers);
    this.keys = new KeyRequests(accounts, answers, model);
  }

  /// Whether a path is of this door.
  public static boolean answers(String path) {
    return path.startsWith(PATH) || path.equals(KEYS);
  }

  @Override
  public Response handle(Request request) {
    var path = request.path();
    var method = request.method();
    var route = route(path);
    var methods = ROUTES.stream().filter(r -> r.path().equals(route)).map(Route::method).toList();
    if (methods.isEmpty()) {
      throw problem(new NoSuchPath("There is no " + path + ".", "See /docs for what there is."));
    }
    if (!methods.contains(method)) {
      var allowed = String.join(", ", methods);
      throw problem(new NoSuchMethod(path + " can't be asked by " + method + ".", allowed));
    }
    OperationName.tell("auth", route.substring(route.lastIndexOf('/') + 1));
    if (FlowRequests.answers(method, route)) {
      return flows.handle(route, request);
    }
    if (route.startsWith("/auth/mfa/")) {
      return factors.handle(route, request);
    }
    if (KeyRequests.ROUTES.stream().anyMatch(known -> known.path().equals(route))) {
      return keys.handle(route, request);
    }
    return switch (route) {
      case "/auth/sign-up" -> passwords().admit(() -> signUp(request));
      case "/auth/sign-in" -> passwords().admit(() -> signIn(request));
      case "/auth/refresh" -> refresh(request);
      case "/auth/sign-out" -> signOut(request);
      case "/auth/me" -> answers.me(anybody(request), request.call());
      case "/auth/sessions" -> method.equals("GET") ? sessions(request) : endOthers(request);
      case "/auth/sessions/{id}" -> end(request, path.substring(SESSIONS.length()));
      case "/auth/password" -> password(request);
      default -> publicKeys();
    };
  }

  private static String route(String path) {
    return OF_ONE.stream()
        .filter(of -> path.startsWith(of) && path.indexOf('/', of.length()) < 0)
        .findFirst()
        .map(of -> of + "{id}")
        .orElse(path);
  }

  private Passwords passwords() {
    return accounts.tools().passwords();
  }

  private Response signUp(Request request) {
    var body = AuthBody.open(request);
    var visit = visit(request, body);
    var applicant = applicants.read(body, accounts.signUps().fields(request.call()));
    return accounts
        .signUps()
        .signUp(applicant, visit)
        .map(in -> answers.signedIn(201, in, request))
        .orElseGet(() -> Response.empty(202));
  }

  private Response signIn(Request request) {
    var body = AuthBody.of(request, Set.of("login", "password", SESSION));
    var login = body.text("login");
    var password = body.text("password");
    var visit = visit(request, body);
    body.check();
    return answers.signIn(accounts.signIns().signIn(login, password, visit), request);
  }

  /// How the session shall be carried: `"session": "cookie"`, or `?cookie=true`.
  static Visit visit(Request request, AuthBody body) {
    var agent = request.headers().find("User-Agent").orElse("");
    var device = Device.of(agent, request.call().address());
    return new Visit(request.call(), device, carrier(request, body));
  }

  private static Carrier carrier(Request request, AuthBody body) {
    if (request.query().equals("cookie=true")) {
      return Carrier.BROWSER;
    }
    if (!request.query().isEmpty()) {
      throw problem(
          new Unreadable("The query can't be read here.", "Write ?cookie=true, or nothing."));
    }
    return switch (body.find(SESSION).orElse("tokens")) {
      case "cookie" -> Carrier.BROWSER;
      case "tokens" -> Carrier.APP;
      default ->
          throw problem(
              new NotValid(List.of(new Violation(SESSION, "choice", "must be tokens or cookie"))));
    };
  }

  private Response refresh(Request request) {
    var body = AuthBody.of(request, Set.of("refreshToken"));
    var token = body.text("refreshToken");
    body.check();
    return answers.signedIn(200, accounts.sessions().refresh(token, request.call()), request);
  }

  /// Ends the session that carries the request, or the one of the refresh token in its body.
  private Response signOut(Request request) {
    if (request.body().length > 0) {
      var body = AuthBody.of(request, Set.of("refreshToken"));
      body.find("refreshToken")
          .ifPresent(
              token -> {
                body.check();
                accounts.sessions().signOut(token, request.call());
              });
      body.check();
    }
    if (request.call().caller() instanceof Caller.User user) {
      accounts.sessions().signOut(user, request.call());
    }
    var gone = Response.empty(204).with("Set-Cookie", SessionCookie.clear(request.headers()));
    boolean browser =
        request.body().length == 0 && request.headers().find("Authorization").isEmpty();
    return browser ? gone.with("Clear-Site-Data", "\"cache\", \"storage\"") : gone;
  }

  private Response sessions(Request request) {
    var caller = anybody(request);
    return AuthAnswers.sessions(accounts.sessions().all(caller, request.call()), caller);
  }

  private Response endOthers(Request request) {
    accounts.sessions().endOthers(caller(request), request.call());
    return Response.empty(204);
  }

  private Response end(Request request, String id) {
    var caller = caller(request);
    if (!accounts.sessions().end(caller, id(id), request.call())) {
      throw problem(new NotFound(SESSION));
    }
    return Response.empty(204);
  }

  private Value id(String text) {
    try {
      return fields.text(fields.idType(SESSION), text);
    } catch (Unfit _) {
      throw problem(new NotFound(SESSION));
    }
  }

  private Response password(Request request) {
    var caller = caller(request);
    var body = AuthBody.of(request, Set.of("current", "password"));
    var current = body.text("current");
    var password = body.text("password");
    body.check();
    accounts.signIns().changePassword(caller, current, password, request.call());
    return Response.empty(204);
  }

  private Response publicKeys() {
    return Response.of(200, "application/json", accounts.keys().jwks())
        .with("Cache-Control", "public, max-age=300");
  }

  /// Who signed in themselves: no key, and nobody in the name of somebody else.
  static Caller.User caller(Request request) {
    var user = anybody(request);
    if (!(SessionWork.session(user) instanceof Value.Uuid)) {
      throw problem(new NotAllowed("An API key is not good for this: sign in."));
    }
    if (SessionWork.impersonated(user)) {
      throw problem(new NotAllowed("Who acts in the name of somebody else may not do this."));
    }
    return user;
  }

  private static Caller.User anybody(Request request) {
    return switch (request.call().caller()) {
      case Caller.User user -> user;
      case Caller.Guest _ -> throw problem(new SignInNeeded("Sign in to use this."));
      case Caller.Administrator _, Caller.Program _ ->
          throw problem(
              new NotAllowed("This is for users: the administrator's key has no account."));
    };
  }
}
