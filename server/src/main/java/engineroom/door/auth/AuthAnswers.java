package engineroom.door.auth;

import engineroom.Runner;
import engineroom.account.SessionWork;
import engineroom.account.SignInAnswer;
import engineroom.account.SignedIn;
import engineroom.account.SignedIn.Carried;
import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Operation;
import engineroom.operation.Selection;
import engineroom.outcome.Outcome;
import engineroom.problem.AuthorizeProblem;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/// Writes what is answered about accounts. Of users it shows what they may read of their own row.
final class AuthAnswers {
  private static final String JSON = "application/json";
  private static final List<String> OF_SESSIONS =
      List.of(
          "id",
          "kind",
          "createdAt",
          "lastUsedAt",
          "expiresAt",
          "userAgent",
          "addressPrefix",
          "impersonator");

  private final Runner runner;

  AuthAnswers(Runner runner) {
    this.runner = runner;
  }

  /// A session that has begun or goes on, and who is signed in.
  Response signedIn(int status, SignedIn in, Request request) {
    var user = user(in.caller(), request.call());
    return switch (in.carried()) {
      case Carried.Tokens(var access, var refresh, var good) -> {
        var text = new StringBuilder("{\"accessToken\":");
        JsonText.quote(text, access);
        JsonText.quote(text.append(",\"refreshToken\":"), refresh);
        text.append(",\"expiresIn\":").append(good.toSeconds());
        yield answer(status, text.append(",\"user\":").append(user).append('}'));
      }
      case Carried.Cookie(var token, var good) -> {
        var text = new StringBuilder("{\"expiresIn\":").append(good.toSeconds());
        yield answer(status, text.append(",\"user\":").append(user).append('}'))
            .with("Set-Cookie", SessionCookie.set(request.headers(), token, good));
      }
    };
  }

  /// What showing one's credentials led to.
  Response signIn(SignInAnswer answer, Request request) {
    return switch (answer) {
      case SignInAnswer.Done(var in) -> signedIn(200, in, request);
      case SignInAnswer.Step(var token, var good) -> {
        var text = new StringBuilder("{\"mfaToken\":");
        JsonText.quote(text, token);
        text.append(",\"methods\":[\"totp\",\"recoveryCode\"],\"expiresIn\":");
        yield answer(202, text.append(good.toSeconds()).append('}'));
      }
    };
  }

  /// Who is calling.
  Response me(Caller.User caller, Call call) {
    var text = new StringBuilder("{\"user\":").append(user(caller, call)).append(",\"roles\":[");
    var between = "";
    for (var role : new TreeSet<>(caller.roles())) {
      JsonText.quote(text.append(between), role);
      between = ",";
    }
    text.append("],\"session\":").append(JsonText.of(SessionWork.session(caller)));
    if (SessionWork.impersonated(caller)) {
      JsonText.quote(text.append(",\"impersonator\":"), caller.impersonator());
    }
    return answer(200, text.append('}'));
  }

  /// The sessions of a caller.
  static Response sessions(List<Row> sessions, Caller.User caller) {
    var text = new StringBuilder("{\"data\":[");
    var between = "";
    for (var session : sessions) {
      text.append(between).append('{');
      for (var field : OF_SESSIONS) {
        JsonText.quote(text, field);
        text.append(':').append(JsonText.of(session.value(field))).append(',');
      }
      boolean current = session.id().equals(SessionWork.session(caller));
      text.append("\"current\":").append(current).append('}');
      between = ",";
    }
    return answer(200, text.append("]}"));
  }

  private String user(Caller.User caller, Call call) {
    try {
      var fetch = new Operation.Fetch("user", caller.id(), Selection.ALL);
      if (runner.run(fetch, call.by(caller)) instanceof Outcome.Found(var json, _)) {
        return new String(json, StandardCharsets.UTF_8);
      }
    } catch (ProblemException refused) {
      if (!(refused.problem() instanceof AuthorizeProblem)) {
        throw refused;
      }
    }
    return alone(caller.id()); // the owner's rules don't show users their own row
  }

  private static String alone(Value id) {
    return "{\"id\":" + JsonText.of(id) + "}";
  }

  /// An answer that nobody keeps.
  static Response answer(int status, StringBuilder json) {
    return Response.of(status, JSON, json.toString().getBytes(StandardCharsets.UTF_8))
        .with("Cache-Control", "no-store");
  }
}
