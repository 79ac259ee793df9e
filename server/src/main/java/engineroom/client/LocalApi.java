package engineroom.client;

import engineroom.http.Handler;
import engineroom.http.Problems;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.ProblemException;
import engineroom.transfer.Importer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A database that no server has open, asked in the name of an administrator.
///
/// @param end lets go of it
public record LocalApi(Handler doors, Runnable end) implements Api {
  private static final Duration TIME = Duration.ofHours(1);

  @Override
  public Reply send(Ask ask, Watch watch) throws IOException {
    try (var in =
        ask.body() == null ? InputStream.nullInputStream() : Files.newInputStream(ask.body())) {
      var request = request(ask, in);
      var response =
          ScopedValue.where(Importer.PROGRESS, (done, whole) -> watch.show("lines", done, whole))
              .call(() -> answer(request));
      return reply(response);
    }
  }

  private static Request request(Ask ask, InputStream in) {
    int mark = ask.target().indexOf('?');
    var call =
        new Call(
            Caller.Administrator.ADMINISTRATOR, Instant.now(), ask.method(), "", "command", TIME);
    return new Request(
        ask.method(),
        mark < 0 ? ask.target() : ask.target().substring(0, mark),
        mark < 0 ? "" : ask.target().substring(mark + 1),
        name -> Optional.ofNullable(ask.headers().get(name.toLowerCase(Locale.ROOT))),
        new byte[0],
        new Request.Incoming(in, () -> call),
        call);
  }

  private Response answer(Request request) {
    try {
      return doors.handle(request);
    } catch (ProblemException e) {
      return Problems.response(e.problem(), request.call().requestId());
    }
  }

  private static Reply reply(Response response) {
    Map<String, String> headers = new HashMap<>();
    response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    Content content =
        switch (response.body()) {
          case Response.Body.None _ -> _ -> {};
          case Response.Body.Bytes(var bytes) -> out -> out.write(bytes);
          case Response.Body.Stream(var writer) -> writer::write;
        };
    return new Reply(response.status(), headers, content);
  }

  @Override
  public void close() {
    end.run();
  }
}
