package engineroom.access;

import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sends requests to the doors of an app, in the name of whoever it pleases.
final class Doors {
  private static final Duration TIME = Duration.ofSeconds(60);

  private final Handler handler;
  private final InstantSource clock;

  Doors(Handler handler, InstantSource clock) {
    this.handler = handler;
    this.clock = clock;
  }

  /// What is to be sent.
  ///
  /// @param body null for none
  record Sent(String method, String path, String query, @Nullable Json body) {}

  /// The answer to a request; a refusal is thrown as the engine says it.
  Json ask(Caller caller, Sent sent) {
    var call = new Call(caller, clock.instant(), sent.method(), "127.0.0.1", "access-test", TIME);
    var body = sent.body();
    Map<String, String> headers =
        body == null ? Map.of() : Map.of("content-type", "application/json");
    var request =
        new Request(
            sent.method(),
            sent.path(),
            sent.query(),
            name -> Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))),
            body == null ? new byte[0] : JsonWriter.write(body),
            call);
    return JsonReader.read(bytes(handler.handle(request).body()), JsonLimits.defaults());
  }

  private static byte[] bytes(Response.Body body) {
    return switch (body) {
      case Response.Body.None _ -> new byte[] {'{', '}'};
      case Response.Body.Bytes(var bytes) -> bytes;
      case Response.Body.Stream(var writer) -> {
        var out = new ByteArrayOutputStream();
        try {
          writer.write(out);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        yield out.toByteArray();
      }
    };
  }
}
