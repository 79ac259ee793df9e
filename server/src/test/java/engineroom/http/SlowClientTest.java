package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.Caller;
import engineroom.testkit.run.Alone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Clients that hold a connection and hardly use it. The limit of a request is half a second here.
@Alone
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlowClientTest {
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final Duration BYTE_EVERY = Duration.ofMillis(50);

  /// Far beyond the limit, and far below what a request would take without one.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CONNECTIONS_MAX = 20;

  /// More than the buffers of both ends hold.
  private static final int LARGE = 32 << 20;

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
            LIMIT,
            CONNECTIONS_MAX,
            usual.requestsMax(),
            usual.uploadBytesMax(),
            usual.streamBytesMax());
    var parts =
        new HttpParts(
            request ->
                request.path().equals("/large")
                    ? Response.of(200, "text/plain", new byte[LARGE])
                    : Response.of(
                        200, "text/plain", request.path().getBytes(StandardCharsets.UTF_8)),
            _ -> Caller.Guest.GUEST,
            List.of(),
            InstantSource.system(),
            new SecureRandom());
    server = HttpServer.start(HttpConfig.defaults().at("127.0.0.1", 0).within(limits), parts);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends a byte now and then until the server has enough of it, and gives its last words.
  private static String drip(Socket socket, String text) throws Exception {
    var dripping =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < text.length(); i++) {
                      say(socket, text.substring(i, i + 1));
                      Thread.sleep(BYTE_EVERY);
                    }
                  } catch (IOException | InterruptedException _) {
                    return; // cut off, as it should be
                  }
                });
    var answer = rest(socket);
    dripping.interrupt();
    dripping.join();
    return answer;
  }

  /// What comes until the server closes.
  private static String rest(Socket socket) throws IOException {
    var answer = new StringBuilder();
    try {
      var in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        answer.append((char) b);
      }
    } catch (java.net.SocketException _) {
      return answer.toString(); // reset after the answer
    }
    return answer.toString();
  }

  @Test
  void a_first_line_byte_by_byte_is_cut_at_the_limit() throws Exception {
    try (var socket = connect()) {
      assertThat(drip(socket, "GET /" + "a".repeat(2000)))
          .startsWith("HTTP/1.1 408 ")
          .contains("\"code\":\"request/over-limit/time\"");
    }
  }

  @Test
  void a_header_byte_by_byte_is_cut_at_the_limit() throws Exception {
    try (var socket = connect()) {
      say(socket, "GET / HTTP/1.1\r\nHost: localhost\r\n");
      assertThat(drip(socket, "A: b\r\n".repeat(400))).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void a_body_byte_by_byte_is_cut_at_the_limit() throws Exception {
    try (var socket = connect()) {
      say(socket, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n");
      assertThat(drip(socket, "x".repeat(2000))).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void a_request_that_stops_in_the_middle_is_cut_at_the_limit() throws Exception {
    for (var begun :
        List.of(
            "GET",
            "GET / HTTP/1.1\r\nHost:",
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx",
            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nx")) {
      try (var socket = connect()) {
        say(socket, begun);
        assertThat(rest(socket)).as(begun).startsWith("HTTP/1.1 408 ");
      }
    }
  }

  @Test
  void a_slow_second_request_on_a_connection_is_cut_too() throws Exception {
    try (var socket = connect()) {
      say(socket, "POST /1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx");
      assertThat(drip(socket, "GET /" + "a".repeat(2000)))
          .startsWith("HTTP/1.1 200 ")
          .contains("HTTP/1.1 408 ");
    }
  }

  @Test
  void a_connection_without_a_request_is_closed_without_a_word() throws Exception {
    try (var socket = connect()) {
      assertThat(rest(socket)).isEmpty();
    }
  }

  @Test
  void a_connection_kept_open_is_closed_when_nothing_more_comes() throws Exception {
    try (var socket = connect()) {
      say(socket, "GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").doesNotContain("408");
    }
  }

  @Test
  void a_client_that_takes_its_time_between_requests_is_served() throws Exception {
    try (var socket = connect()) {
      for (int i = 0; i < 6; i++) {
        say(socket, "GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Thread.sleep(LIMIT.dividedBy(4));
      }
      assertThat(rest(socket).split("HTTP/1.1 200 ", -1)).hasSize(7);
    }
  }

  @Test
  void a_client_that_does_not_take_its_answer_is_left() throws Exception {
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(8 << 10);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      say(socket, "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
      Thread.sleep(LIMIT.multipliedBy(4));
      assertThat(rest(socket).length()).isBetween(1, LARGE - 1);
    }
  }

  @Test
  void a_client_that_takes_a_large_answer_gets_all_of_it() throws Exception {
    try (var socket = connect()) {
      say(socket, "GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(socket.getInputStream().readAllBytes()).hasSizeGreaterThan(LARGE);
    }
  }

  @Test
  void clients_beyond_the_limit_wait_until_a_connection_ends() throws Exception {
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 3 * CONNECTIONS_MAX; i++) {
        open.add(connect());
      }
      var last = open.getLast();
      say(last, "GET /last HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(rest(last)).startsWith("HTTP/1.1 200 ");
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
  }
}
