package engineroom.door.admin;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.OperationName;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.mail.Outbox;
import engineroom.mail.StoredMail;
import engineroom.mail.StoredMail.State;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.RequestProblem.BadParameter;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import engineroom.records.Records;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The outbox, for administrators: how far each mail is, and not what it says.
final class MailPaths {
  static final String PATH = "/admin/mail";

  private static final Pattern RESEND =
      Pattern.compile(PATH + "/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})/resend");
  private static final String JSON = "application/json";

  private final Supplier<Outbox> outbox;
  private final Supplier<Records> records;

  MailPaths(Supplier<Outbox> outbox, Supplier<Records> records) {
    this.outbox = outbox;
    this.records = records;
  }

  Response handle(Request request) {
    var resend = RESEND.matcher(request.path());
    if (resend.matches()) {
      demand(request, "POST");
      OperationName.tell("mail", "resend");
      return answer(one(outbox.get().resend(records.get(), UUID.fromString(resend.group(1)))));
    }
    if (!request.path().equals(PATH)) {
      throw request.path().endsWith("/resend")
          ? problem(new NotFound("mail"))
          : problem(
              new NoSuchPath(
                  "There is no " + request.path() + ".",
                  "There are " + PATH + " and " + PATH + "/{id}/resend."));
    }
    demand(request, "GET");
    OperationName.tell("mail", "list");
    var mails = outbox.get().newest(records.get(), state(request.query()));
    return answer(Map.of("data", mails.stream().map(MailPaths::one).toList()));
  }

  private static void demand(Request request, String method) {
    if (!request.method().equals(method)) {
      throw problem(
          new NoSuchMethod(
              request.path() + " can't be asked by " + request.method() + ".", method));
    }
  }

  private static @Nullable State state(String query) {
    if (query.isEmpty()) {
      return null;
    }
    var word = query.startsWith("status=") ? query.substring("status=".length()) : "";
    return State.find(word)
        .orElseThrow(() -> problem(new BadParameter("The parameter is not understood.", states())));
  }

  private static String states() {
    return "Send status= and one of "
        + Arrays.stream(State.values()).map(State::word).collect(Collectors.joining(", "))
        + ".";
  }

  private static Response answer(Map<String, ? extends @Nullable Object> members) {
    return Response.of(200, JSON, JsonOut.bytes(members)).with("Cache-Control", "no-store");
  }

  private static Map<String, @Nullable Object> one(StoredMail mail) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("id", mail.key());
    members.put("time", mail.written());
    members.put("template", mail.template());
    members.put("to", mail.recipient().address());
    members.put("status", mail.state().word());
    members.put("attempts", mail.attempts());
    members.put("nextAttemptAt", mail.due());
    members.put("lastError", mail.error());
    return members;
  }
}
