package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Bodies that are taken as they come, as the files of an import are.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UploadLimitTest {
  private static final int MAX = 200_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeAll
  void start() {
    var usual = Limits.defaults();
    var limits =
        new Limits(
            usual.bodyBytesMax(),
            usual.headerBytesMax(),
            usual.headersMax(),
            usual.urlBytesMax(),
            usual.request(),
            usual.connectionsMax(),
            usual.requestsMax(),
            MAX,
            usual.streamBytesMax());
    var parts =
        new HttpParts(
            new Counter(),
            _ -> Caller.Guest.GUEST,
            List.of(),
            InstantSource.system(),
            new SecureRandom());
    server = HttpServer.start(HttpConfig.defaults().at("127.0.0.1", 0).within(limits), parts);
  }

  /// Answers how many bytes came.
  private static final class Counter implements Handler {
    @Override
    public Response handle(Request request) {
      try {
        var bytes = Long.toString(request.stream().readAllBytes().length);
        return Response.of(200, "text/plain", bytes.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Intake intake(Request.Head head) {
      return Intake.FILE;
    }
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
  }

  private String send(BodyPublisher body) throws Exception {
    var address = URI.create("http://127.0.0.1:" + server.port() + "/");
    var response =
        client.send(HttpRequest.newBuilder(address).POST(body).build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private static BodyPublisher known(int bytes) {
    return BodyPublishers.ofByteArray(new byte[bytes]);
  }

  private static BodyPublisher chunked(int bytes) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[bytes]));
  }

  @Test
  void takes_a_file_up_to_the_limit() throws Exception {
    assertThat(send(known(MAX))).isEqualTo("200 " + MAX);
    assertThat(send(chunked(MAX))).isEqualTo("200 " + MAX);
  }

  @Test
  void refuses_a_byte_more_and_a_hundred_times_as_much() throws Exception {
    for (int bytes : new int[] {MAX + 1, 100 * MAX}) {
      assertThat(send(known(bytes))).startsWith("413 ").contains("more than " + MAX + " bytes");
      assertThat(send(chunked(bytes))).startsWith("413 ");
    }
    assertThat(send(known(1))).isEqualTo("200 1");
  }
}
