package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.operation.Caller;
import engineroom.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {
  private final ManualClock clock = new ManualClock(Instant.now().plusSeconds(60));

  private Path folder;
  private TestCertificate first;
  private TestCertificate second;

  @BeforeAll
  void make(@TempDir Path shared) throws Exception {
    folder = shared;
    first = TestCertificate.make(folder, "first", "-keyalg", "EC", "-groupname", "secp256r1");
    second = TestCertificate.make(folder, "second", "-keyalg", "RSA", "-keysize", "2048");
  }

  private HttpServer server(HttpConfig.Tls files) {
    var parts =
        new HttpParts(
            request ->
                Response.of(200, "text/plain", request.method().getBytes(StandardCharsets.UTF_8)),
            _ -> Caller.Guest.GUEST,
            List.of(),
            clock,
            new SecureRandom());
    return HttpServer.start(HttpConfig.defaults().at("127.0.0.1", 0).secured(files), parts);
  }

  private HttpClient client(Version version) throws Exception {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(TestCertificate.trusting(first, second))
        .build();
  }

  private static HttpResponse<String> ask(HttpClient client, HttpServer server) throws Exception {
    var address = URI.create("https://127.0.0.1:" + server.port() + "/x");
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  /// The name in the certificate that a new connection is shown.
  private String shown(HttpServer server) throws Exception {
    try (var client = client(Version.HTTP_1_1)) {
      var session = ask(client, server).sslSession().orElseThrow();
      return ((X509Certificate) session.getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    }
  }

  private HttpConfig.Tls copies(String name, TestCertificate of) throws IOException {
    var copy = new HttpConfig.Tls(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    replace(copy.certificate(), of.files().certificate());
    replace(copy.key(), of.files().key());
    return copy;
  }

  private static void replace(Path file, Path by) throws IOException {
    Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void speaks_http_1_and_by_agreement_http_2() throws Exception {
    try (var server = server(first.files());
        var one = client(Version.HTTP_1_1);
        var two = client(Version.HTTP_2)) {
      assertThat(ask(one, server).version()).isEqualTo(Version.HTTP_1_1);
      assertThat(ask(two, server).version()).isEqualTo(Version.HTTP_2);
      assertThat(ask(two, server).body()).isEqualTo("GET");
    }
  }

  /// Versions before 1.2 have no suite of the kind that is taken.
  @Test
  void takes_suites_with_forward_secrecy_and_authenticated_encryption_alone() throws Exception {
    for (var certificate : List.of(first, second)) {
      try (var server = server(certificate.files())) {
        assertThat(taken(server))
            .hasSize(6)
            .allMatch(suite -> suite.matches("TLS_(ECDHE_.*)?(AES_\\d+_GCM|CHACHA20_POLY1305)_.*"));
      }
    }
  }

  /// Of all that this Java knows.
  private List<String> taken(HttpServer server) throws Exception {
    var sockets = TestCertificate.trusting(first, second).getSocketFactory();
    var taken = new ArrayList<String>();
    for (var suite : sockets.getSupportedCipherSuites()) {
      try (var socket = (SSLSocket) sockets.createSocket("127.0.0.1", server.port())) {
        socket.setEnabledCipherSuites(new String[] {suite});
        socket.startHandshake();
        taken.add(socket.getSession().getCipherSuite());
      } catch (SSLException _) {
        assertThat(taken).doesNotContain(suite);
      }
    }
    return taken;
  }

  @Test
  void browsers_are_told_to_stay_with_tls() throws Exception {
    try (var server = server(second.files());
        var client = client(Version.HTTP_2)) {
      assertThat(ask(client, server).headers().firstValue("Strict-Transport-Security"))
          .hasValue("max-age=63072000; includeSubDomains");
    }
  }

  @Test
  void a_client_that_does_not_know_the_certificate_gets_no_answer() throws Exception {
    try (var server = server(first.files());
        var client = HttpClient.newBuilder().sslContext(TestCertificate.trusting(second)).build()) {
      assertThatThrownBy(() -> ask(client, server)).isInstanceOf(SSLHandshakeException.class);
      assertThat(shown(server)).isEqualTo("CN=first");
    }
  }

  @Test
  void a_renewed_certificate_is_shown_without_a_restart() throws Exception {
    var files = copies("renewed", first);
    try (var server = server(files);
        var open = client(Version.HTTP_2)) {
      assertThat(ask(open, server).statusCode()).isEqualTo(200);
      copies("renewed", second);
      assertThat(shown(server)).isEqualTo("CN=first");
      clock.advance(Duration.ofSeconds(1));
      assertThat(shown(server)).isEqualTo("CN=second");
      assertThat(ask(open, server).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_wrong_new_certificate_changes_nothing_until_it_is_put_right() throws Exception {
    var files = copies("broken", first);
    try (var server = server(files);
        var log = new Log()) {
      replace(files.certificate(), second.files().certificate());
      clock.advance(Duration.ofSeconds(1));
      assertThat(shown(server)).isEqualTo("CN=first");
      assertThat(log.text()).contains("is not that of the first certificate", "stays in use");
      replace(files.key(), second.files().key());
      clock.advance(Duration.ofSeconds(1));
      assertThat(shown(server)).isEqualTo("CN=second");
    }
  }

  @Test
  void a_certificate_that_is_gone_for_a_moment_is_shown_on() throws Exception {
    var files = copies("gone", first);
    try (var server = server(files)) {
      Files.delete(files.certificate());
      clock.advance(Duration.ofSeconds(1));
      assertThat(shown(server)).isEqualTo("CN=first");
    }
  }

  @Test
  void an_expired_certificate_is_shouted_about() throws Exception {
    var old =
        TestCertificate.make(
            folder, "old", "-keyalg", "EC", "-startdate", "-30d", "-validity", "3");
    try (var log = new Log();
        var server = server(old.files())) {
      assertThat(server.port()).isPositive();
      assertThat(log.text()).contains("EXPIRED at", "CN=old");
    }
  }

  @Test
  void a_missing_file_is_named() {
    var none = folder.resolve("none.pem");
    refused(new HttpConfig.Tls(none, first.files().key()), "certificate", "none.pem", "not exist");
    refused(new HttpConfig.Tls(first.files().certificate(), none), "key", "none.pem", "not exist");
  }

  @Test
  void a_key_of_another_certificate_is_refused() throws Exception {
    var other = TestCertificate.make(folder, "other", "-keyalg", "EC");
    for (var wrong : List.of(second, other)) {
      refused(
          new HttpConfig.Tls(first.files().certificate(), wrong.files().key()),
          "is not that of the first certificate");
    }
  }

  @Test
  void an_encrypted_key_is_refused_with_the_way_out() throws Exception {
    var key =
        Files.writeString(
            folder.resolve("encrypted.key"),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    refused(
        new HttpConfig.Tls(first.files().certificate(), key), "is encrypted", "openssl pkey -in");
  }

  @Test
  void a_key_of_the_old_kind_is_refused_with_the_way_out() throws Exception {
    var key =
        Files.writeString(
            folder.resolve("old.key"),
            "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    refused(new HttpConfig.Tls(first.files().certificate(), key), "openssl pkcs8 -topk8");
  }

  @Test
  void files_that_hold_nothing_of_use_are_refused() throws Exception {
    var empty = Files.writeString(folder.resolve("empty.pem"), "");
    var cut =
        Files.writeString(
            folder.resolve("cut.pem"), Files.readString(first.files().certificate()).substring(99));
    refused(new HttpConfig.Tls(empty, first.files().key()), "holds no certificate");
    refused(new HttpConfig.Tls(cut, first.files().key()), "holds no certificate");
    refused(new HttpConfig.Tls(first.files().certificate(), empty), "holds no PKCS#8 key");
  }

  private void refused(HttpConfig.Tls files, String... words) {
    assertThatThrownBy(() -> server(files))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(words);
  }

  /// What the server logs meanwhile.
  private static final class Log extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("engineroom.http");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Log() {
      LOGGER.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    String text() {
      return String.join("\n", lines);
    }

    @Override
    public void flush() {
      assertThat(lines).doesNotContainNull(); // nothing is held back
    }

    @Override
    public void close() {
      LOGGER.removeHandler(this);
    }
  }
}
