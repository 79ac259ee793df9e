package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes as no library would send them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileClientTest {
  private static final Limits LIMITS = Limits.defaults();
  private HttpServer server;

  @BeforeAll
  void start() {
    Handler length =
        request ->
            Response.of(
                200, "text/plain", ("" + request.body().length).getBytes(StandardCharsets.UTF_8));
    var parts =
        new HttpParts(
            length, _ -> Caller.Guest.GUEST, List.of(), InstantSource.system(), new SecureRandom());
    server = HttpServer.start(HttpConfig.defaults().at("127.0.0.1", 0), parts);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void the_server_survives() throws IOException {
    assertThat(status(get("/", ""))).isEqualTo(200);
  }

  private static String get(String target, String headers) {
    return "GET "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + headers
        + "\r\n";
  }

  private static String post(String headers, String body) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n" + body;
  }

  private int status(String raw) throws IOException {
    var answer = exchange(raw);
    return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  /// Sends bytes and gives the answer up to where the server closes; what it answers before all is
  /// sent counts too.
  private String exchange(String raw) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5000);
      var sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
                    } catch (IOException _) {
                      return; // the server has closed: the answer tells why
                    }
                  });
      var answer = new StringBuilder();
      try {
        var in = socket.getInputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
          answer.append((char) b);
        }
      } catch (IOException _) {
        return answer.toString(); // reset after the answer
      } finally {
        sender.interrupt();
      }
      return answer.toString();
    }
  }

  @Test
  void a_body_may_have_as_many_bytes_as_the_limit() throws IOException {
    var max = LIMITS.bodyBytesMax();
    assertThat(status(post("Content-Length: " + max + "\r\n", "x".repeat(max)))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 20) + 1, 100 << 20})
  void a_longer_body_is_413(int bytes) throws IOException {
    assertThat(status(post("Content-Length: " + bytes + "\r\n", "x".repeat(1000)))).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(ints = {(1 << 20) + 1, 20 << 20})
  void a_longer_body_in_chunks_is_413(int bytes) throws IOException {
    var chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
    var body = chunk.repeat(bytes / 65_536) + "1\r\nx\r\n0\r\n\r\n";
    assertThat(status(post("Transfer-Encoding: chunked\r\n", body))).isEqualTo(413);
  }

  @Test
  void a_body_in_chunks_may_have_as_many_bytes_as_the_limit() throws IOException {
    var body = ("10000\r\n" + "x".repeat(65_536) + "\r\n").repeat(16) + "0\r\n\r\n";
    assertThat(status(post("Transfer-Encoding: chunked\r\n", body))).isEqualTo(200);
  }

  @Test
  void a_chunk_that_says_it_is_huge_is_not_waited_for_in_memory() throws IOException {
    var body = "40000000\r\n" + "x".repeat(20 << 20);
    assertThat(status(post("Transfer-Encoding: chunked\r\n", body))).isIn(413, 0);
  }

  @Test
  void what_is_not_http_at_all_is_answered() throws IOException {
    assertThat(exchange("hello\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("This is not a request of HTTP.");
    assertThat(exchange("GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void a_url_may_have_as_many_bytes_as_the_limit() throws IOException {
    assertThat(status(get("/" + "a".repeat(LIMITS.urlBytesMax() - 1), ""))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {8193, 819_200})
  void a_longer_url_is_414(int bytes) throws IOException {
    assertThat(status(get("/" + "a".repeat(bytes - 1), ""))).isEqualTo(414);
    assertThat(exchange(get("/?" + "a".repeat(bytes - 2), "")))
        .startsWith("HTTP/1.1 414 ")
        .contains("\"code\":\"request/over-limit/url\"");
  }

  @Test
  void a_header_may_have_as_many_fields_as_the_limit() throws IOException {
    assertThat(status(get("/", "A: b\r\n".repeat(LIMITS.headersMax() - 2)))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 9998})
  void more_header_fields_are_431(int fields) throws IOException {
    assertThat(status(get("/", "A: b\r\n".repeat(fields)))).isEqualTo(431);
  }

  @Test
  void a_header_may_have_nearly_as_many_bytes_as_the_limit() throws IOException {
    assertThat(status(get("/", "A: " + "b".repeat(LIMITS.headerBytesMax() - 100) + "\r\n")))
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {(16 << 10) + 1, 60_000, 100 * (16 << 10)})
  void a_longer_header_is_431(int bytes) throws IOException {
    assertThat(exchange(get("/", "A: " + "b".repeat(bytes) + "\r\n")))
        .startsWith("HTTP/1.1 431 ")
        .contains("\"code\":\"request/over-limit/headers\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "CONNECT", "BREW"})
  void other_methods_are_refused(String method) throws IOException {
    var raw = method + " / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assertThat(status(raw)).isIn(400, 405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 4\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Content-Length: 4, 4\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: +4\r\n",
        "Content-Length: 0x4\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Content-Length : 4\r\n",
        "Transfer-Encoding : chunked\r\n",
        "A: b\r\n c\r\n",
        "A: b\nB: c\r\n",
        "A b\r\n",
        ": b\r\n",
        "A\0: b\r\n",
        "A: b\0c\r\n",
        "Host: other\r\n"
      })
  void what_two_parsers_could_read_in_two_ways_is_refused(String headers) throws IOException {
    assertThat(status(post(headers, "0\r\n\r\n"))).isIn(400, 501);
  }

  @Test
  void refusals_of_the_library_are_problems_too() throws IOException {
    assertThat(exchange(post("Transfer-Encoding: xchunked\r\n", "")))
        .contains("application/problem+json")
        .contains("\"requestId\"");
  }
}
