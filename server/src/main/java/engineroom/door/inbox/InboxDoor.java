package engineroom.door.inbox;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Handler;
import engineroom.http.OperationName;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.mail.Inbox;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.AuthorizeProblem.SignInNeeded;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Shows the mails that `dev` keeps: a page at `/dev/inbox`, and JSON beside it. Everything else
/// goes on to the other doors. `run` never has this door.
///
/// The page itself holds no mail, so anybody may load it. Mails are shown to a browser on this
/// machine that opened the page by a name of this machine, which neither a site that points its own
/// name here nor a proxy can claim, and to those who hold the administrator's key: so that a phone
/// can look too.
public final class InboxDoor implements Handler {
  /// Where the page is.
  public static final String PATH = "/dev/inbox";

  private static final String MESSAGES = PATH + "/messages";

  /// Frames with mails inherit this: mails have inline styles, and may not load anything either.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
          + "require-trusted-types-for 'script'; trusted-types inbox";

  private static final String TEXT = "; charset=utf-8";

  private final Inbox inbox;
  private final Handler others;

  /// @param others what answers all other requests
  public InboxDoor(Inbox inbox, Handler others) {
    this.inbox = inbox;
    this.others = others;
  }

  @Override
  public Intake intake(Request.Head head) {
    return ours(head.path()) ? Intake.WHOLE : others.intake(head);
  }

  private static boolean ours(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  @Override
  public Response handle(Request request) {
    if (!ours(request.path())) {
      return others.handle(request);
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw problem(new NoSuchMethod("The inbox is only read.", "GET, HEAD"));
    }
    return switch (request.path()) {
      case PATH, PATH + "/" -> page();
      case PATH + "/inbox.css" -> asset("inbox.css", "text/css");
      case PATH + "/inbox.js" -> asset("inbox.js", "text/javascript");
      case String path when path.equals(MESSAGES) || path.startsWith(MESSAGES + "/") -> {
        refuseOnlookers(request);
        yield mails(path);
      }
      case String path ->
          throw problem(new NoSuchPath(path + " does not exist.", "The inbox is at " + PATH + "."));
    };
  }

  private static Response page() {
    return asset("inbox.html", "text/html")
        .with("Content-Security-Policy", POLICY)
        .with("Cross-Origin-Opener-Policy", "same-origin");
  }

  private static Response asset(String name, String type) {
    try (var in = InboxDoor.class.getResourceAsStream("/engineroom/door/inbox/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return closed(Response.of(200, type + TEXT, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Response mails(String path) {
    if (path.equals(MESSAGES)) {
      OperationName.tell("inbox", "list");
      var all = inbox.newest().stream().map(InboxDoor::summary).toList();
      return json(Map.of("data", all));
    }
    OperationName.tell("inbox", "read");
    var mail = id(path.substring(MESSAGES.length() + 1)).flatMap(inbox::find);
    return json(whole(mail.orElseThrow(() -> problem(new NotFound("mail")))));
  }

  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // no mail has such an id, which is the answer
    }
  }

  private static Map<String, Object> summary(Inbox.Summary mail) {
    var members = new LinkedHashMap<String, Object>();
    members.put("id", mail.id());
    members.put("time", mail.time());
    members.put("to", mail.to());
    members.put("template", mail.template());
    members.put("subject", mail.subject());
    return members;
  }

  private static Map<String, Object> whole(Inbox.Whole mail) {
    var members = summary(mail.summary());
    members.put("text", mail.text());
    members.put("html", mail.html());
    members.put("source", mail.source());
    return members;
  }

  private static Response json(Map<String, Object> members) {
    return closed(Response.of(200, "application/json", JsonOut.bytes(members)));
  }

  private static Response closed(Response answer) {
    return answer
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer")
        .with("X-Content-Type-Options", "nosniff");
  }

  private static void refuseOnlookers(Request request) {
    boolean administrator = request.call().caller().administrator();
    if (!administrator && !Nearby.is(request)) {
      throw problem(
          new SignInNeeded(
              "Mails are shown at localhost on the machine that the app runs on, and to those who"
                  + " send the administrator's key."));
    }
  }
}
