package engineroom.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import org.jspecify.annotations.Nullable;

/// Tells in our words what the HTTP library refuses by itself.
record Refusal(Exchange exchange) implements DirectHandler {
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String reason) {
    var answer = exchange.refusal(status.code());
    var transport =
        TransportResponse.builder().headers(headers).status(Status.create(answer.status()));
    answer.headers().forEach((name, value) -> transport.header(HeaderNames.create(name), value));
    if (answer.body() instanceof Response.Body.Bytes(var bytes)) {
      transport.entity(bytes);
    }
    return transport.keepAlive(false).build();
  }
}
