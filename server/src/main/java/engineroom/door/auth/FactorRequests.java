package engineroom.door.auth;

import engineroom.account.SecondFactors;
import engineroom.account.SecondFactors.Proof;
import engineroom.data.JsonText;
import engineroom.door.rest.RestDoor.Route;
import engineroom.http.Request;
import engineroom.http.Response;
import java.util.List;
import java.util.Set;

/// Answers what concerns the second factor.
final class FactorRequests {
  private static final String TOTP = "/auth/mfa/totp";
  private static final String CONFIRM = "/auth/mfa/totp/confirm";
  private static final String CODES = "/auth/mfa/recovery-codes";
  private static final String VERIFY = "/auth/mfa/verify";

  /// What is answered here.
  static final List<Route> ROUTES =
      List.of(
          new Route("POST", TOTP, "Makes the secret for an authenticator app."),
          new Route("POST", CONFIRM, "Turns the second factor on by a first code."),
          new Route("DELETE", TOTP, "Turns the second factor off."),
          new Route("POST", CODES, "Gives new recovery codes."),
          new Route("POST", VERIFY, "Shows the second factor, and begins the session."));

  private static final String CODE = "code";
  private static final String RECOVERY = "recoveryCode";
  private static final String PASSWORD = "password";
  private static final String TOKEN = "mfaToken";

  private final SecondFactors factors;
  private final AuthAnswers answers;

  FactorRequests(SecondFactors factors, AuthAnswers answers) {
    this.factors = factors;
    this.answers = answers;
  }

  /// @param route one of [#ROUTES]
  Response handle(String route, Request request) {
    return switch (route) {
      case TOTP -> request.method().equals("POST") ? begin(request) : remove(request);
      case CONFIRM -> confirm(request);
      case CODES -> renew(request);
      default -> verify(request);
    };
  }

  private Response begin(Request request) {
    var caller = AuthDoor.caller(request);
    AuthBody.none(request);
    var begun = factors.begin(caller, request.call());
    var text = new StringBuilder("{\"secret\":");
    JsonText.quote(text, begun.secret());
    JsonText.quote(text.append(",\"uri\":"), begun.uri());
    return AuthAnswers.answer(200, text.append('}'));
  }

  private Response confirm(Request request) {
    var caller = AuthDoor.caller(request);
    var body = AuthBody.of(request, Set.of(CODE));
    var code = body.text(CODE);
    body.check();
    return codes(factors.confirm(caller, code, request.call()));
  }

  private Response remove(Request request) {
    var caller = AuthDoor.caller(request);
    var body = AuthBody.of(request, Set.of(CODE, RECOVERY, PASSWORD));
    var proof = proof(body);
    var password = body.find(PASSWORD).orElse(null);
    body.check();
    factors.remove(caller, password, proof, request.call());
    return Response.empty(204);
  }

  private Response renew(Request request) {
    var caller = AuthDoor.caller(request);
    var body = AuthBody.of(request, Set.of(CODE, RECOVERY, PASSWORD));
    var proof = proof(body);
    var password = body.find(PASSWORD).orElse(null);
    body.check();
    return codes(factors.renew(caller, password, proof, request.call()));
  }

  private Response verify(Request request) {
    var body = AuthBody.of(request, Set.of(TOKEN, CODE, RECOVERY, AuthDoor.SESSION));
    var token = body.text(TOKEN);
    var proof = proof(body);
    var visit = AuthDoor.visit(request, body);
    body.check();
    return answers.signedIn(200, factors.verify(token, proof, visit), request);
  }

  /// Either a code or a recovery code.
  private static Proof proof(AuthBody body) {
    if (!body.has(RECOVERY)) {
      return new Proof.Code(body.text(CODE));
    }
    if (body.has(CODE)) {
      body.tell(RECOVERY, "unknown", "can't be given along with a code");
    }
    return new Proof.Recovery(body.text(RECOVERY));
  }

  private static Response codes(List<String> codes) {
    var text = new StringBuilder("{\"recoveryCodes\":[");
    var between = "";
    for (var code : codes) {
      JsonText.quote(text.append(between), code);
      between = ",";
    }
    return AuthAnswers.answer(200, text.append("]}"));
  }
}
