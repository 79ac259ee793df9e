package engineroom.server;

import engineroom.Engine;
import engineroom.audit.Circumstances;
import engineroom.audit.Event;
import engineroom.audit.Event.Kind;
import engineroom.audit.Journal;
import engineroom.data.Value;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.operation.Call;
import engineroom.records.Records;

/// Has calls know how they came that may write, and tells the audit log which rows were exported.
record AuditedDoors(Handler doors, Journal journal, Engine engine) implements Handler {
  @Override
  public Intake intake(Request.Head head) {
    return doors.intake(head);
  }

  @Override
  public Response handle(Request request) {
    return switch (request.call().method()) {
      case "GET", "HEAD", "QUERY" -> read(request);
      default -> doors.handle(request.brought());
    };
  }

  private Response read(Request request) {
    var response = doors.handle(request);
    if (response.status() == 200 && request.path().endsWith("/export")) {
      exported(request);
    }
    return response;
  }

  private void exported(Request request) {
    var event =
        Event.done(Kind.EXPORTED, Circumstances.of(request.brought().call()))
            .with("path", Value.of(request.path()));
    var records = new Records(engine.model(), engine, Call.ofProgram(request.call().time()));
    var _ =
        records.together(
            within -> {
              journal.done(within, event);
              return event;
            });
  }
}
