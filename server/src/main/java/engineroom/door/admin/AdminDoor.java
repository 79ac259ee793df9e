package engineroom.door.admin;

import static engineroom.problem.ProblemException.problem;

import engineroom.audit.Verification;
import engineroom.door.rest.RestDoor.Route;
import engineroom.http.Handler;
import engineroom.http.OperationName;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.mail.Outbox;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.SignInNeeded;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import engineroom.records.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers administrators, and nobody else, under `/admin/`.
public final class AdminDoor implements Handler {
  /// What it answers to.
  public static final String PATH = "/admin/";

  private static final String VERIFY = "/admin/audit/verify";
  private static final String BACKUPS = "/admin/backups";

  /// What this door answers.
  public static final List<Route> ROUTES =
      List.of(
          new Route("GET", BACKUPS, "Lists the backups."),
          new Route("POST", BACKUPS, "Makes a backup."),
          new Route("GET", MailPaths.PATH, "Lists the newest mails."),
          new Route("POST", MailPaths.PATH + "/{id}/resend", "Sends a mail again."),
          new Route("GET", VERIFY, "Verifies the audit log."));

  private static final String JSON = "application/json";

  private final Backups backups;
  private final MailPaths mails;
  private final Supplier<Verification.Report> audit;

  /// @param outbox of the model that is served at the moment
  /// @param records of it, each call a transaction of its own
  /// @param audit verifies the audit log
  public AdminDoor(
      Backups backups,
      Supplier<Outbox> outbox,
      Supplier<Records> records,
      Supplier<Verification.Report> audit) {
    this.backups = backups;
    this.mails = new MailPaths(outbox, records);
    this.audit = audit;
  }

  @Override
  public Response handle(Request request) {
    refuseOthers(request.call().caller());
    if (request.path().equals(MailPaths.PATH) || request.path().startsWith(MailPaths.PATH + "/")) {
      return mails.handle(request);
    }
    return switch (request.path()) {
      case BACKUPS -> backups(request);
      case VERIFY -> audit(request);
      default ->
          throw problem(
              new NoSuchPath(
                  "There is no " + request.path() + ".",
                  "There are " + String.join(", ", BACKUPS, MailPaths.PATH, VERIFY) + "."));
    };
  }

  private Response audit(Request request) {
    if (!request.method().equals("GET")) {
      throw problem(new NoSuchMethod(VERIFY + " is asked by GET only.", "GET"));
    }
    OperationName.tell("audit", "verify");
    var report = audit.get();
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("good", report.good());
    members.put("entries", report.entries());
    members.put("last", report.last());
    members.put("signed", report.signed());
    members.put("faults", report.faults());
    return Response.of(200, JSON, JsonOut.bytes(members));
  }

  private Response backups(Request request) {
    return switch (request.method()) {
      case "POST" -> {
        OperationName.tell("backup", "make");
        yield Response.of(201, JSON, JsonOut.bytes(one(backups.make())));
      }
      case "GET" -> {
        OperationName.tell("backup", "list");
        yield Response.of(200, JSON, JsonOut.bytes(all(backups.all())));
      }
      default ->
          throw problem(
              new NoSuchMethod(
                  BACKUPS + " can't be asked by " + request.method() + ".", "GET, POST"));
    };
  }

  private static void refuseOthers(Caller caller) {
    switch (caller) {
      case Caller.Administrator _, Caller.Program _ -> {}
      case Caller.Guest _ ->
          throw problem(new SignInNeeded("Send the administrator's key to use this."));
      case Caller.User user when user.administrator() -> {}
      case Caller.User _ -> throw problem(new NotAllowed("Only administrators may use this."));
    }
  }

  private static Map<String, @Nullable Object> all(Backups.All all) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("data", all.backups().stream().map(AdminDoor::one).toList());
    members.put("failed", all.failed());
    members.put("next", all.next());
    members.put("last", all.last() == null ? null : last(all.last()));
    return members;
  }

  private static Map<String, @Nullable Object> one(Backups.One backup) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("name", backup.name());
    members.put("time", backup.time());
    members.put("sequence", backup.sequence());
    members.put("rows", backup.rows());
    members.put("bytes", backup.bytes());
    members.put("proved", true); // a file that failed its proof never gets a name of a backup
    return members;
  }

  private static Map<String, @Nullable Object> last(Backups.Last last) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("time", last.time());
    members.put("proved", last.proved());
    members.put("text", last.text());
    return members;
  }
}
