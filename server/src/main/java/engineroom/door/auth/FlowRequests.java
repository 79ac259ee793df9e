package engineroom.door.auth;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.flow.AddressChanges.Progress;
import engineroom.account.flow.CodeSignIns;
import engineroom.account.flow.Flows;
import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.door.rest.RestDoor.Route;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.FieldReader;
import engineroom.json.FieldReader.Unfit;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotFound;
import java.util.List;
import java.util.Set;

/// Answers what is done by links and codes of mails, with a new address, without one, and for the
/// last time. Whether somebody has an account, no answer tells.
final class FlowRequests {
  /// What is answered here.
  static final List<Route> ROUTES =
      List.of(
          new Route("POST", "/auth/verify", "Confirms an address, or sends the mail for it again."),
          new Route("POST", "/auth/password/reset", "Sends a link to set a new password."),
          new Route("POST", "/auth/password/reset/confirm", "Sets a new password by a link."),
          new Route("POST", "/auth/magic-link", "Sends a link to sign in by."),
          new Route("POST", "/auth/magic-link/confirm", "Begins a session by a link."),
          new Route("POST", "/auth/email-code", "Sends a code to sign in by."),
          new Route("POST", "/auth/email-code/confirm", "Begins a session by a code."),
          new Route("POST", "/auth/unlock", "Unlocks an account after too many attempts."),
          new Route("POST", "/auth/email", "Asks both addresses to change the caller's."),
          new Route("POST", "/auth/email/confirm", "Agrees to a change for one address."),
          new Route("POST", "/auth/email/stop", "Stops a change for the old address."),
          new Route("POST", "/auth/anonymous", "Begins a session of a new account of nobody's."),
          new Route("POST", "/auth/upgrade", "Makes an anonymous account somebody's."),
          new Route("DELETE", "/auth/me", "Deletes the caller's account."));

  private static final String EMAIL = "email";
  private static final String TOKEN = "token";
  private static final String PASSWORD = "password";
  private static final String SESSION = "session";
  private static final String USER = "user";

  /// Where an address is asked for and it must not show whether it has an account.
  private static final Set<String> ASKED =
      Set.of("/auth/verify", "/auth/password/reset", "/auth/magic-link", "/auth/email-code");

  private final Flows flows;
  private final AuthAnswers answers;
  private final FieldReader fields;

  FlowRequests(Accounts accounts, AuthAnswers answers, FieldReader fields) {
    this.fields = fields;
    this.flows = Flows.of(accounts);
    this.answers = answers;
  }

  /// Whether a request is answered here.
  static boolean answers(String method, String route) {
    return ROUTES.stream().anyMatch(r -> r.method().equals(method) && r.path().equals(route));
  }

  /// @param route one of [#ROUTES]
  Response handle(String route, Request request) {
    return ASKED.contains(route)
        ? EvenTime.of(() -> answered(route, request))
        : answered(route, request);
  }

  private Response answered(String route, Request request) {
    return switch (route) {
      case "/auth/verify" -> verify(request);
      case "/auth/password/reset" -> askReset(request);
      case "/auth/password/reset/confirm" -> reset(request);
      case "/auth/magic-link" -> askLink(request);
      case "/auth/magic-link/confirm" -> signInByLink(request);
      case "/auth/email-code" -> askCode(request);
      case "/auth/email-code/confirm" -> signInByCode(request);
      case "/auth/unlock" -> unlock(request);
      case "/auth/email" -> changeAddress(request);
      case "/auth/email/confirm" -> agree(request);
      case "/auth/email/stop" -> stop(request);
      case "/auth/anonymous" -> anonymous(request);
      case "/auth/upgrade" -> upgrade(request);
      case "/auth/me" -> delete(request);
      default -> throw new IllegalStateException("no route is " + route);
    };
  }

  private Response verify(Request request) {
    var body = AuthBody.of(request, Set.of(TOKEN, EMAIL, PASSWORD));
    if (body.has(TOKEN)) {
      var token = body.text(TOKEN);
      body.refuse(EMAIL, "can't be given together with token");
      body.refuse(PASSWORD, "can't be given together with token");
      body.check();
      flows.confirmations().confirm(token, request.call());
      return Response.empty(204);
    }
    if (body.members().isEmpty() && request.call().caller() instanceof Caller.User) {
      flows.confirmations().again(AuthDoor.caller(request), request.call());
      return Response.empty(202);
    }
    var email = body.email(EMAIL);
    var password = body.text(PASSWORD);
    body.check();
    flows.confirmations().again(email, password, request.call());
    return Response.empty(202);
  }

  private Response askReset(Request request) {
    flows.resets().ask(email(request), request.call());
    return Response.empty(202);
  }

  /// A body that is an address and nothing else.
  private static String email(Request request) {
    var body = AuthBody.of(request, Set.of(EMAIL));
    var email = body.email(EMAIL);
    body.check();
    return email;
  }

  private Response reset(Request request) {
    var body = AuthBody.of(request, Set.of(TOKEN, PASSWORD));
    var token = body.text(TOKEN);
    var password = body.text(PASSWORD);
    body.check();
    flows.resets().reset(token, password, request.call());
    return Response.empty(204);
  }

  private Response askLink(Request request) {
    flows.links().ask(email(request), request.call());
    return Response.empty(202);
  }

  private Response signInByLink(Request request) {
    var body = AuthBody.of(request, Set.of(TOKEN, SESSION));
    var token = body.text(TOKEN);
    var visit = AuthDoor.visit(request, body);
    body.check();
    return answers.signIn(flows.links().signIn(token, visit), request);
  }

  private Response askCode(Request request) {
    var transaction = flows.codes().ask(email(request), request.call());
    var text = new StringBuilder("{\"transaction\":");
    JsonText.quote(text, transaction);
    text.append(",\"expiresIn\":").append(CodeSignIns.GOOD.toSeconds()).append('}');
    return AuthAnswers.answer(202, text);
  }

  private Response signInByCode(Request request) {
    var body = AuthBody.of(request, Set.of("transaction", "code", SESSION));
    var transaction = body.text("transaction");
    var code = body.text("code");
    var visit = AuthDoor.visit(request, body);
    body.check();
    return answers.signIn(flows.codes().signIn(transaction, code, visit), request);
  }

  /// By the token of a mail or, for administrators, by the user's id.
  private Response unlock(Request request) {
    var body = AuthBody.of(request, Set.of(TOKEN, USER));
    if (!body.has(USER)) {
      var token = body.text(TOKEN);
      body.check();
      flows.unlocks().byToken(token, request.call());
      return Response.empty(204);
    }
    body.refuse(TOKEN, "can't be given together with user");
    var user = body.text(USER);
    body.check();
    KeyRequests.known(request);
    flows.unlocks().byAdministrator(user(user), request.call());
    return Response.empty(204);
  }

  private Value user(String text) {
    try {
      return fields.text(fields.idType(USER), text);
    } catch (Unfit _) {
      throw problem(new NotFound(USER));
    }
  }

  private Response changeAddress(Request request) {
    var caller = AuthDoor.caller(request);
    var body = AuthBody.of(request, Set.of(EMAIL, PASSWORD));
    var email = body.email(EMAIL);
    var password = body.find(PASSWORD).orElse("");
    body.check();
    flows.addresses().ask(caller, email, password, request.call());
    return Response.empty(202);
  }

  private Response agree(Request request) {
    var done = flows.addresses().agree(token(request), request.call()) == Progress.DONE;
    return AuthAnswers.answer(200, new StringBuilder("{\"changed\":" + done + "}"));
  }

  /// A body that is a token and nothing else.
  private static String token(Request request) {
    var body = AuthBody.of(request, Set.of(TOKEN));
    var token = body.text(TOKEN);
    body.check();
    return token;
  }

  private Response stop(Request request) {
    flows.addresses().stop(token(request), request.call());
    return Response.empty(204);
  }

  private Response anonymous(Request request) {
    var body = AuthBody.of(request, Set.of(SESSION));
    var visit = AuthDoor.visit(request, body);
    body.check();
    return answers.signedIn(201, flows.strangers().begin(visit), request);
  }

  private Response upgrade(Request request) {
    var caller = AuthDoor.caller(request);
    var body = AuthBody.of(request, Set.of(EMAIL, PASSWORD));
    var email = body.email(EMAIL);
    var password = body.text(PASSWORD);
    body.check();
    flows.strangers().upgrade(caller, email, password, request.call());
    return Response.empty(204);
  }

  /// The password may be left out, and then the body too.
  private Response delete(Request request) {
    var caller = AuthDoor.caller(request);
    var password = "";
    if (request.body().length > 0) {
      var body = AuthBody.of(request, Set.of(PASSWORD));
      password = body.find(PASSWORD).orElse("");
      body.check();
    }
    flows.departures().delete(caller, password, request.call());
    return Response.empty(204).with("Set-Cookie", SessionCookie.clear(request.headers()));
  }
}
