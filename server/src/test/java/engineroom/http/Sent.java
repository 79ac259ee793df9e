package engineroom.http;

import engineroom.operation.Call;
import engineroom.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request as a client spells it, handed to a door without the network.
///
/// @param target the path and, behind `?`, the query
public record Sent(String method, String target, Map<String, String> headers, String body) {
  public Sent {
    var caseless = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    caseless.putAll(headers);
    headers = caseless;
  }

  /// What a door is given.
  public Request by(Call call) {
    int mark = target.indexOf('?');
    var path = mark < 0 ? target : target.substring(0, mark);
    return new Request(
        method,
        URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8),
        mark < 0 ? "" : target.substring(mark + 1),
        name -> Optional.ofNullable(headers.get(name)),
        body.getBytes(StandardCharsets.UTF_8),
        call);
  }

  /// The answer of a door; a problem as the server tells it.
  public Response to(Handler door, Call call) {
    try {
      return door.handle(by(call));
    } catch (ProblemException refused) {
      return Problems.response(refused.problem(), call.requestId());
    }
  }

  /// The body of an answer.
  public static String text(Response response) {
    return switch (response.body()) {
      case Response.Body.None.NONE -> "";
      case Response.Body.Bytes(var bytes) -> new String(bytes, StandardCharsets.UTF_8);
      case Response.Body.Stream(var writer) -> {
        var out = new ByteArrayOutputStream();
        try {
          writer.write(out);
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
        yield out.toString(StandardCharsets.UTF_8);
      }
    };
  }
}
