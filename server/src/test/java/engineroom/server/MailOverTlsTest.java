package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.crash.ChildServer;
import engineroom.mail.TlsFront;
import engineroom.mail.TlsIdentity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole program, as a process of its own that trusts one certificate, sends mails over TLS to
/// a server that asks for a password.
final class MailOverTlsTest {
  private static final String ANN = "ann@example.org";

  @TempDir private Path folder;
  private final PostOffice office = new PostOffice(ANN);

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void mails_go_over_smtps_and_over_starttls() throws Exception {
    var identity = TlsIdentity.in(folder);
    try (var front = TlsFront.smtps(identity.context(), office.port())) {
      sent("smtps", front, identity);
    }
    try (var front = TlsFront.startTls(identity.context(), office.port())) {
      sent("smtp", front, identity);
    }
  }

  private void sent(String scheme, TlsFront front, TlsIdentity identity) throws Exception {
    var login = ANN.replace("@", "%40") + ":" + PostOffice.SECRET;
    var url = "%s://%s@localhost:%d".formatted(scheme, login, front.port());
    var app = Files.createDirectories(folder.resolve(scheme));
    var model =
        """
        engineroom: 1
        name: %s
        settings:
          mail: { smtp: "%s", from: shop@example.org, origin: "https://shop.example" }
        entities: { note: { fields: { text: text } } }
        """
            .formatted(scheme, url);
    Files.writeString(app.resolve("engineroom.yaml"), model);
    var trusting =
        "JDK_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
            .formatted(identity.file(), TlsIdentity.PASSWORD);
    try (var child = ChildServer.start(app, app.resolve("data"), List.of("env", trusting))) {
      signUp(child.address());
      office.await(1);
      var mail = office.take(ANN, "Confirm your e-mail address for " + scheme);
      assertThat(mail.page()).isEqualTo("https://shop.example/account/confirm-email");
    }
  }

  private static void signUp(URI address) throws Exception {
    var body = "{\"email\":\"%s\",\"password\":\"quiet river under a bridge\"}".formatted(ANN);
    var request =
        HttpRequest.newBuilder(address.resolve("/auth/sign-up"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(201);
    }
  }
}
