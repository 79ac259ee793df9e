package engineroom.http;

import engineroom.json.JsonOut;
import engineroom.problem.AuthorizeProblem.AccountLocked;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.AuthorizeProblem.SignInAgain;
import engineroom.problem.AuthorizeProblem.SignInNeeded;
import engineroom.problem.AuthorizeProblem.TriedTooOften;
import engineroom.problem.OperationProblem.AppendOnly;
import engineroom.problem.OperationProblem.BadExpression;
import engineroom.problem.OperationProblem.Frozen;
import engineroom.problem.OperationProblem.NoHistory;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.OperationProblem.Numbered;
import engineroom.problem.OperationProblem.PastForgotten;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.OperationProblem.UnknownField;
import engineroom.problem.Problem;
import engineroom.problem.RequestProblem.AtStep;
import engineroom.problem.RequestProblem.BadParameter;
import engineroom.problem.RequestProblem.KeyReused;
import engineroom.problem.RequestProblem.NoRoom;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import engineroom.problem.RequestProblem.NotAcceptable;
import engineroom.problem.RequestProblem.OverLimit;
import engineroom.problem.RequestProblem.StillRunning;
import engineroom.problem.RequestProblem.TooOften;
import engineroom.problem.RequestProblem.Unreadable;
import engineroom.problem.RequestProblem.UnsupportedBody;
import engineroom.problem.StoreProblem.ChangedSince;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.StoreProblem.NotRestorable;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.StoreProblem.OutOfTime;
import engineroom.problem.StoreProblem.StillReferred;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns problems into answers: the one table from problem to HTTP status, and RFC 9457 bodies.
public final class Problems {
  private static final String TYPES = "https://engineroom.dev/problems/";
  private static final String MEDIA_TYPE = "application/problem+json";

  private Problems() {}

  /// The status of a problem.
  public static int status(Problem problem) {
    return switch (problem) {
      case Unreadable _,
          BadParameter _,
          UnknownField _,
          BadExpression _,
          NoHistory _,
          PastForgotten _,
          TooMuch _ ->
          400;
      case OverLimit(var limit, _) -> overLimit(limit);
      case NoRoom _ -> 503;
      case NoSuchPath _, NotFound _ -> 404;
      case NoSuchMethod _ -> 405;
      case NotAcceptable _ -> 406;
      case UnsupportedBody _ -> 415;
      case TooOften _, TriedTooOften _ -> 429;
      case NotValid _, KeyReused _ -> 422;
      case SignInNeeded _, BadCredentials _ -> 401;
      case NotAllowed _, SignInAgain _, AccountLocked _ -> 403;
      case NotUnique _, NotRestorable _, StillReferred _, StillRunning _, ChangedSince _ -> 409;
      case Frozen _, AppendOnly _, Numbered _ -> 409;
      case AtStep(_, var cause) -> status(cause);
      case Unavailable _, MigrationNeeded _ -> 503;
      case OutOfTime _ -> 504;
    };
  }

  /// The whole answer to a problem.
  public static Response response(Problem problem, String requestId) {
    var response =
        Response.of(status(problem), MEDIA_TYPE, JsonOut.bytes(members(problem, requestId)));
    return switch (problem) {
      case SignInNeeded _ -> response.with("WWW-Authenticate", "Bearer realm=\"engineroom\"");
      case BadCredentials _ ->
          response.with("WWW-Authenticate", "Bearer realm=\"engineroom\", error=\"invalid_token\"");
      case NoSuchMethod(_, var allowed) -> response.with("Allow", allowed);
      case Unavailable _, StillRunning _ -> response.with("Retry-After", "1");
      case MigrationNeeded _ -> response.with("Retry-After", "30");
      case NoRoom full -> response.with("Retry-After", Long.toString(full.seconds()));
      case TriedTooOften tried -> response.with("Retry-After", Long.toString(tried.seconds()));
      case TooOften often -> limited(response, often);
      case AtStep(_, TooOften often) -> limited(response, often);
      case OverLimit(var limit, _) when overLimit(limit) == 503 ->
          response.with("Retry-After", "1");
      case Problem _ -> response;
    };
  }

  /// As draft-ietf-httpapi-ratelimit-headers-09 has it: a policy is a quota and its window, and
  /// what is left is nothing for some seconds.
  private static Response limited(Response response, TooOften often) {
    var name = '"' + often.limit().replaceAll("[^ !#-\\[\\]-~]", "") + '"';
    return response
        .with("Retry-After", Long.toString(often.seconds()))
        .with("RateLimit-Policy", name + ";q=" + often.count() + ";w=" + often.window().toSeconds())
        .with("RateLimit", name + ";r=0;t=" + often.seconds());
  }

  /// The members of a problem's body, in order; for doors that embed it.
  public static Map<String, @Nullable Object> members(Problem problem, String requestId) {
    var code = problem.code();
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("type", TYPES + code.substring(code.indexOf('/') + 1));
    members.put("status", status(problem));
    members.put("code", code);
    members.put("title", problem.title());
    members.put("hint", problem.hint());
    members.put("requestId", requestId);
    members.put("errors", problem.errors().isEmpty() ? null : errors(problem.errors()));
    return members;
  }

  /// The answer to a bug of ours: tells nothing but the id to find it by.
  static Response bug(String requestId) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("type", TYPES + "internal");
    members.put("status", 500);
    members.put("code", "server/internal");
    members.put("title", "Something went wrong on the server.");
    members.put("hint", "Tell the operator this request's id.");
    members.put("requestId", requestId);
    return Response.of(500, MEDIA_TYPE, JsonOut.bytes(members));
  }

  private static int overLimit(String limit) {
    return switch (limit) {
      case "body" -> 413;
      case "url" -> 414;
      case "headers" -> 431;
      case "time" -> 408;
      case "requests", "passwords" -> 503;
      default -> 400;
    };
  }

  private static List<Map<String, @Nullable Object>> errors(List<Violation> violations) {
    return violations.stream().map(Problems::error).toList();
  }

  private static Map<String, @Nullable Object> error(Violation violation) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("path", violation.path());
    members.put("code", violation.code());
    members.put("message", violation.message());
    members.put("params", violation.params().isEmpty() ? null : violation.params());
    return members;
  }
}
