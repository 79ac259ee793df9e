package engineroom.http;

import static engineroom.problem.ProblemException.problem;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpServerTest {
  /// The second piece comes when the first has been read.
  private static final Duration APART = Duration.ofMillis(20);

  private final AtomicBoolean healthy = new AtomicBoolean(true);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeAll
  void start() {
    var config =
        HttpConfig.defaults().at("127.0.0.1", 0).forOrigins(Set.of("https://shop.example"));
    server = HttpServer.start(config, parts(HttpServerTest::answer));
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
  }

  private HttpParts parts(Handler handler) {
    Authenticator authenticator =
        sent ->
            switch (sent.headers().find("Authorization").orElse("")) {
              case "" -> Caller.Guest.GUEST;
              case "Bearer good" -> Caller.Administrator.ADMINISTRATOR;
              default -> throw problem(new BadCredentials("The key is not known."));
            };
    var check = new HttpParts.Check("store", healthy::get);
    return new HttpParts(
        handler, authenticator, List.of(check), InstantSource.system(), new SecureRandom());
  }

  private static Response answer(Request request) {
    return switch (request.path()) {
      case "/bug" -> throw new IllegalStateException("secret detail");
      case "/long" ->
          Response.of(200, "application/json", "a".repeat(5000).getBytes(StandardCharsets.UTF_8))
              .with("ETag", "\"7\"");
      case "/tags" -> text(request.headers().find("If-None-Match").orElse("none"));
      case "/stream" ->
          new Response(
              200,
              Map.of("Content-Type", "application/x-ndjson"),
              new Response.Body.Stream(
                  out -> out.write("{}\n{}\n".getBytes(StandardCharsets.UTF_8))));
      default ->
          text(
              request.method()
                  + " "
                  + request.path()
                  + " "
                  + request.query()
                  + " "
                  + request.call().method()
                  + " "
                  + request.body().length);
    };
  }

  private static Response text(String text) {
    return Response.of(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String field(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void hands_method_path_query_and_body_to_the_handler() throws Exception {
    var response = send(to("/a%20b?x=1%202").method("POST", BodyPublishers.ofString("four")));
    assertThat(response.body()).isEqualTo("POST /a b x=1%202 POST 4");
  }

  @Test
  void speaks_http_2_after_an_upgrade() throws Exception {
    var response = send(to("/x").version(Version.HTTP_2));
    assertThat(response.version()).isEqualTo(Version.HTTP_2);
    assertThat(response.body()).isEqualTo("GET /x  GET 0");
  }

  @Test
  void speaks_http_2_with_clients_that_begin_with_it() throws Exception {
    var preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    for (int cut = 0; cut < preface.length(); cut++) { // in two pieces, as networks do
      beginHttp2(preface.substring(0, cut), preface.substring(cut));
    }
  }

  private void beginHttp2(String first, String second) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      var out = socket.getOutputStream();
      out.write(first.getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(APART);
      var settings = "\0\0\0\4\0\0\0\0\0";
      out.write((second + settings).getBytes(StandardCharsets.US_ASCII));
      var frame = socket.getInputStream().readNBytes(9);
      assertThat(frame[3]).as("the type of the first frame: settings").isEqualTo((byte) 4);
    }
  }

  @Test
  void holds_the_limit_of_a_body_over_http_2() throws Exception {
    assertThat(send(to("/x").version(Version.HTTP_2)).version()).isEqualTo(Version.HTTP_2);
    var max = Limits.defaults().bodyBytesMax();
    assertThat(post2(max).body()).isEqualTo("POST /x  POST " + max);
    assertThat(post2(max + 1).statusCode()).isEqualTo(413);
    assertThat(send(to("/x").version(Version.HTTP_2)).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> post2(int bytes) throws Exception {
    return send(to("/x").version(Version.HTTP_2).POST(BodyPublishers.ofByteArray(new byte[bytes])));
  }

  @ParameterizedTest
  @ValueSource(ints = {(16 << 10) + 1, 60_000})
  void a_header_that_is_too_long_over_http_2_is_431(int bytes) throws Exception {
    assertThat(send(to("/x").version(Version.HTTP_2)).version()).isEqualTo(Version.HTTP_2);
    assertThat(send(withHeader(bytes)).statusCode()).isEqualTo(431);
    assertThat(send(to("/x").version(Version.HTTP_2)).statusCode()).isEqualTo(200);
  }

  private HttpRequest.Builder withHeader(int bytes) {
    return to("/x").version(Version.HTTP_2).header("A", "b".repeat(bytes));
  }

  /// The library closes the connection; others are served on.
  @Test
  void a_header_a_hundred_times_too_long_over_http_2_is_not_served() throws Exception {
    assertThat(send(to("/x").version(Version.HTTP_2)).version()).isEqualTo(Version.HTTP_2);
    try {
      assertThat(send(withHeader(100 * (16 << 10))).statusCode()).isEqualTo(431);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?s).*(EOF|GOAWAY|closed|reset|RST).*");
    }
    assertThat(send(to("/x").version(Version.HTTP_2)).statusCode()).isEqualTo(200);
  }

  @Test
  void knows_the_method_query() throws Exception {
    var response = send(to("/x").method("QUERY", BodyPublishers.ofString("{}")));
    assertThat(response.body()).isEqualTo("QUERY /x  QUERY 2");
  }

  @Test
  void answers_head_like_get_without_a_body() throws Exception {
    var response = send(to("/x").version(Version.HTTP_1_1).HEAD());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(field(response, "Content-Length")).isEqualTo("14");
  }

  @Test
  void streams_an_answer_without_a_known_length() throws Exception {
    assertThat(send(to("/stream")).body()).isEqualTo("{}\n{}\n");
  }

  @Test
  void every_answer_carries_the_security_headers() throws Exception {
    var response = send(to("/x"));
    assertThat(field(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(field(response, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(field(response, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(field(response, "Content-Security-Policy"))
        .isEqualTo("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");
    assertThat(field(response, "Server")).isEmpty();
    assertThat(field(response, "Server-Timing")).contains("total;dur=");
  }

  @Test
  void an_answer_to_somebody_known_is_not_kept_by_caches() throws Exception {
    assertThat(field(send(to("/x").header("Authorization", "Bearer good")), "Cache-Control"))
        .isEqualTo("no-store");
    assertThat(field(send(to("/x")), "Cache-Control")).isEmpty();
  }

  @Test
  void bad_credentials_are_401_with_a_challenge() throws Exception {
    var response = send(to("/x").header("Authorization", "Bearer bad"));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(field(response, "WWW-Authenticate")).startsWith("Bearer");
    assertThat(field(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(response.body()).contains("\"code\":\"authorize/bad-credentials\"");
  }

  @Test
  void a_bug_is_a_500_without_detail() throws Exception {
    var response = send(to("/bug").header("X-Request-Id", "find-me-by-this"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("find-me-by-this").doesNotContain("secret");
  }

  @Test
  void keeps_a_sane_request_id_and_replaces_another() throws Exception {
    assertThat(field(send(to("/x").header("X-Request-Id", "trace-1234")), "X-Request-Id"))
        .isEqualTo("trace-1234");
    assertThat(field(send(to("/x").header("X-Request-Id", "a b<script>")), "X-Request-Id"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void compresses_long_text_and_gives_it_a_tag_of_its_own() throws Exception {
    var request = to("/long").header("Accept-Encoding", "br, gzip").build();
    var response = client.send(request, BodyHandlers.ofByteArray());
    assertThat(field(response, "Content-Encoding")).isEqualTo("gzip");
    assertThat(field(response, "Vary")).isEqualTo("Origin, Accept-Encoding");
    assertThat(field(response, "ETag")).isEqualTo("\"7-gzip\"");
    var plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(plain).hasSize(5000);
  }

  @Test
  void does_not_compress_for_those_who_do_not_ask_nor_what_is_short() throws Exception {
    assertThat(send(to("/long")).body()).hasSize(5000);
    assertThat(send(to("/long").header("Accept-Encoding", "gzip;q=0")).body()).hasSize(5000);
    assertThat(field(send(to("/x").header("Accept-Encoding", "gzip")), "Content-Encoding"))
        .isEmpty();
  }

  @Test
  void a_tag_of_a_compressed_answer_comes_back_plain() throws Exception {
    assertThat(send(to("/tags").header("If-None-Match", "\"7-gzip\"")).body()).isEqualTo("\"7\"");
  }

  @Test
  void tells_browsers_of_listed_origins_that_they_may() throws Exception {
    var preflight =
        send(
            to("/x")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "PATCH"));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(field(preflight, "Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
    assertThat(field(preflight, "Access-Control-Allow-Methods")).contains("PATCH");
    assertThat(field(preflight, "Vary")).isEqualTo("Origin");
  }

  @Test
  void never_repeats_an_origin_that_is_not_listed() throws Exception {
    for (var origin :
        List.of("https://evil.example", "null", "https://shop.example.evil.example")) {
      var response = send(to("/x").header("Origin", origin));
      assertThat(field(response, "Access-Control-Allow-Origin")).isEmpty();
      assertThat(field(response, "Vary")).isEqualTo("Origin");
    }
  }

  @Test
  void health_is_the_process_and_ready_is_the_checks() throws Exception {
    assertThat(send(to("/health")).body()).isEqualTo("{\"status\":\"alive\"}");
    assertThat(send(to("/ready")).statusCode()).isEqualTo(200);
  }
}
