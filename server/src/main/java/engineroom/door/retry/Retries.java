package engineroom.door.retry;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.data.JsonText;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.outcome.KeptAnswer;
import engineroom.problem.RequestProblem.BadParameter;
import engineroom.problem.RequestProblem.KeyReused;
import engineroom.problem.RequestProblem.StillRunning;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Keeps the promise of `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a request
/// that is sent again with its key is answered as the first time and done once. The answer is kept
/// in the transaction of the effect, so that no crash can part them. What was refused had no effect
/// and is tried anew.
public final class Retries implements Handler {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Set<String> UNSAFE = Set.of("POST", "PUT", "PATCH", "DELETE");

  /// What is read by a body has no effect that could be done twice.
  private static final Pattern QUESTION = Pattern.compile("/api/[^/]+/query");

  private final Runner runner;
  private final Inner inner;
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  /// What answers requests, within other work or not.
  public interface Inner {
    Response handle(Request request, Runner runner);

    /// How the body of such a request is taken.
    default Intake intake(Request.Head head) {
      return Intake.WHOLE;
    }

    /// Whether an answer tells of an effect, so that it is kept.
    default boolean effective(Response response) {
      return response.status() < 400;
    }
  }

  public Retries(Runner runner, Inner inner) {
    this.runner = runner;
    this.inner = inner;
  }

  @Override
  public Intake intake(Request.Head head) {
    return inner.intake(head);
  }

  @Override
  public Response handle(Request request) {
    return safe(request) ? inner.handle(request, runner) : handle(request, inner);
  }

  /// Answers a request that has an effect, whatever its method and path.
  public Response handle(Request request, Inner inner) {
    var key = request.headers().find("Idempotency-Key");
    if (key.isEmpty()) {
      return inner.handle(request, runner);
    }
    if (!KEY.matcher(key.get()).matches()) {
      throw problem(
          new BadParameter(
              "Idempotency-Key is not 1 to 255 visible ASCII characters.", "Send a UUID."));
    }
    var scoped = asker(request.call()) + ' ' + key.get();
    if (!running.add(scoped)) {
      throw problem(new StillRunning());
    }
    try {
      return once(request, inner, scoped);
    } finally {
      running.remove(scoped);
    }
  }

  private static boolean safe(Request request) {
    return !UNSAFE.contains(request.method())
        || (request.method().equals("POST") && QUESTION.matcher(request.path()).matches());
  }

  /// Nobody gets the answer to another's request by guessing their key.
  private static String asker(Call call) {
    return switch (call.caller()) {
      case Caller.Guest _ -> "guest " + call.address();
      case Caller.Administrator _ -> "administrator";
      case Caller.Program _ -> "program";
      case Caller.User user -> "user " + JsonText.of(user.id());
    };
  }

  private Response once(Request request, Inner inner, String key) {
    var call = request.call();
    var print = fingerprint(request);
    return runner.together(
        session -> {
          var known = session.answer(key, call);
          if (known.isPresent()) {
            if (!Arrays.equals(known.get().request(), print)) {
              throw problem(new KeyReused());
            }
            return AnswerBytes.read(known.get().answer()).with("Idempotency-Replayed", "true");
          }
          var response = inner.handle(request, session);
          if (inner.effective(response)) {
            var answer = AnswerBytes.write(response);
            session.keep(new KeptAnswer(key, print, answer, call.time().plus(KEPT)), call);
          }
          return response;
        });
  }

  private static byte[] fingerprint(Request request) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var type = request.headers().find("Content-Type").orElse("");
      var match = request.headers().find("If-Match").orElse("");
      var head =
          String.join("\n", request.method(), request.path(), request.query(), type, match, "");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      return digest.digest(request.body());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
