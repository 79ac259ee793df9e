package engineroom.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import engineroom.mail.SmtpServer.Safety;
import engineroom.mail.StoredMail.State;
import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mails through a real SMTP server, read back over IMAP.
class DeliveryTest {
  private static final String LINK = "https://shop.example.org/auth/verify?token=a1-B2_c3&x=%C3%BC";
  private static final Pattern HTTPS = Pattern.compile("https://[^\\s<>\"]+");

  @TempDir Path folder;

  private final GreenMail post =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
          });
  private Bureau bureau;

  @BeforeEach
  void open() throws Exception {
    bureau = new Bureau(folder, Posting.SEND);
    post.start();
    post.setUser("ann@example.org", "ann", "secret");
  }

  @AfterEach
  void close() {
    post.stop();
  }

  private SmtpSender plain() {
    return new SmtpSender(server(Safety.NONE, post.getSmtp().getPort(), null));
  }

  private static SmtpServer server(Safety safety, int port, @Nullable String password) {
    return new SmtpServer("localhost", port, safety, password == null ? null : "ann", password);
  }

  @Test
  void sends_a_mail_whose_link_can_be_followed_from_text_and_html() throws Exception {
    bureau.write(Bureau.confirmation(LINK));
    assertThat(bureau.round(plain())).isEqualTo(1);

    var mail = received().getFirst();
    assertThat(mail.subject()).isEqualTo("Confirm your e-mail address for Shop");
    assertThat(mail.from()).isEqualTo("Shop <shop@example.org>");
    assertThat(mail.to()).isEqualTo("Ann <ann@example.org>");
    assertThat(links(mail.text())).containsExactly(LINK);
    assertThat(links(mail.html().replace("&amp;", "&"))).containsExactly(LINK, LINK);
    assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(mail.header("Content-Language")).isEqualTo("en");
    assertThat(mail.header("Message-ID")).isEqualTo("<" + bureau.mail().key() + "@example.org>");
  }

  @Test
  void sends_umlauts_in_subject_and_names() throws Exception {
    var jose = new Mailbox("José Müller", "ann@example.org");
    bureau.write(
        Message.of(
            BuiltInMail.CONFIRM_EMAIL,
            jose,
            "de-AT",
            Map.of("name", "José", "link", LINK, "hours", "24")));
    bureau.round(plain());

    var mail = received().getFirst();
    assertThat(mail.subject()).isEqualTo("Bestätige deine E-Mail-Adresse für Shop");
    assertThat(mail.to()).isEqualTo("José Müller <ann@example.org>");
    assertThat(mail.text()).startsWith("Hallo José,").contains("bestätige");
    assertThat(mail.header("Content-Language")).isEqualTo("de");
  }

  @Test
  void forgets_what_a_mail_said_once_it_was_sent_and_never_sends_it_twice() throws Exception {
    bureau.write(Bureau.confirmation(LINK));
    assertThat(bureau.mail().values()).containsEntry("link", LINK);
    bureau.round(plain());
    assertThat(bureau.mail().values()).isNull();
    assertThat(bureau.mail().state()).isEqualTo(State.SENT);

    bureau.clock.advance(Duration.ofDays(1));
    assertThat(bureau.round(plain())).isZero();
    assertThat(received()).hasSize(1);
  }

  @Test
  void signs_in_behind_starttls() throws Exception {
    var tls = TlsIdentity.in(folder).context();
    try (var front = TlsFront.startTls(tls, post.getSmtp().getPort())) {
      var server = server(Safety.STARTTLS, front.port(), "secret");
      bureau.write(Bureau.confirmation(LINK));
      bureau.round(new SmtpSender(server, tls.getSocketFactory()));
      assertThat(bureau.mail().error()).isNull();
      assertThat(received()).hasSize(1);
    }
  }

  @Test
  void sends_nothing_where_the_certificate_is_not_trusted() throws Exception {
    try (var front =
        TlsFront.startTls(TlsIdentity.in(folder).context(), post.getSmtp().getPort())) {
      bureau.write(Bureau.confirmation(LINK));
      bureau.round(new SmtpSender(server(Safety.STARTTLS, front.port(), "secret")));
      assertThat(bureau.mail().state()).isEqualTo(State.QUEUED);
      assertThat(bureau.mail().error()).contains("PKIX").doesNotContain("secret");
      assertThat(received()).isEmpty();
    }
  }

  @Test
  void sends_nothing_to_a_server_without_starttls() throws Exception {
    bureau.write(Bureau.confirmation(LINK));
    var server = server(Safety.STARTTLS, post.getSmtp().getPort(), "secret");
    bureau.round(new SmtpSender(server));
    assertThat(bureau.mail().state()).isEqualTo(State.QUEUED);
    assertThat(bureau.mail().error()).contains("STARTTLS is required");
    assertThat(received()).isEmpty();
  }

  @Test
  void waits_where_the_server_does_not_let_it_sign_in() throws Exception {
    bureau.write(Bureau.confirmation(LINK));
    var server = server(Safety.NONE, post.getSmtp().getPort(), "wrong-password");
    bureau.round(new SmtpSender(server));
    assertThat(bureau.mail().state()).isEqualTo(State.QUEUED);
    assertThat(bureau.mail().error())
        .startsWith("localhost:")
        .contains("does not let us sign in")
        .doesNotContain("wrong-password");
  }

  @Test
  void tries_again_after_growing_waits_and_gives_up_at_last() {
    var down = new SmtpSender(server(Safety.NONE, 1, null));
    bureau.write(Bureau.confirmation(LINK));
    for (var wait : Postman.WAITS) {
      assertThat(bureau.round(down)).isEqualTo(1);
      assertThat(bureau.mail().state()).isEqualTo(State.QUEUED);
      bureau.clock.advance(wait.minusSeconds(1));
      assertThat(bureau.round(down)).as("a second too early").isZero();
      bureau.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(bureau.round(down)).isEqualTo(1);
    assertThat(bureau.mail().state()).isEqualTo(State.FAILED);
    assertThat(bureau.mail().error()).startsWith("Tried 6 times. localhost:1");
    bureau.clock.advance(Duration.ofDays(2));
    assertThat(bureau.round(down)).isZero();
  }

  @Test
  void arrives_late_but_once_when_the_server_comes_back() throws Exception {
    bureau.write(Bureau.confirmation(LINK));
    bureau.round(new SmtpSender(server(Safety.NONE, 1, null)));
    bureau.clock.advance(Duration.ofMinutes(1));
    bureau.round(plain());
    assertThat(received()).hasSize(1);
    assertThat(bureau.mail().attempts()).isEqualTo(2);
    assertThat(bureau.mail().error()).isNull();
  }

  @Test
  void fails_at_once_with_the_reason_where_the_recipient_is_refused() throws Exception {
    try (var stubborn = new StubbornServer("550 5.1.1 No such user here")) {
      bureau.write(Bureau.confirmation(LINK));
      bureau.round(new SmtpSender(stubborn.server()));
    }
    assertThat(bureau.mail().state()).isEqualTo(State.FAILED);
    assertThat(bureau.mail().error()).contains("550 5.1.1 No such user here");
    assertThat(bureau.mail().due()).isNull();
  }

  @Test
  void tries_again_where_the_recipient_is_refused_for_now() throws Exception {
    try (var stubborn = new StubbornServer("451 4.7.1 Greylisted, come back")) {
      bureau.write(Bureau.confirmation(LINK));
      bureau.round(new SmtpSender(stubborn.server()));
    }
    assertThat(bureau.mail().state()).isEqualTo(State.QUEUED);
    assertThat(bureau.mail().due()).isEqualTo(Bureau.BEGIN.plus(Duration.ofMinutes(1)));
  }

  @Test
  void a_mail_that_a_stopped_program_had_taken_goes_out_again_under_the_same_id() throws Exception {
    bureau.write(Bureau.confirmation(LINK));
    var rows = new MailRows(bureau.records());
    var mail = bureau.mail();
    assertThat(rows.take(mail, Bureau.BEGIN.plus(Postman.ATTEMPT_MAX))).isTrue();
    assertThat(rows.take(mail, Bureau.BEGIN.plus(Postman.ATTEMPT_MAX))).as("twice").isFalse();
    assertThat(bureau.round(plain())).as("while it is being sent").isZero();

    bureau.clock.advance(Postman.ATTEMPT_MAX);
    assertThat(bureau.round(plain())).isEqualTo(1);
    assertThat(received().getFirst().header("Message-ID")).contains(mail.key());
  }

  @Test
  void the_clock_sends_what_is_due_and_nothing_after_it_was_closed() throws Exception {
    var server = server(Safety.NONE, post.getSmtp().getPort(), null);
    bureau.write(Bureau.confirmation(LINK));
    var clock = new MailClock(() -> bureau.served(server), bureau.clock);
    clock.tick();
    assertThat(received()).hasSize(1);
    clock.close();
    bureau.write(Bureau.confirmation(LINK));
    clock.tick();
    assertThat(received()).hasSize(1);
    assertThat(bureau.mail().state()).isEqualTo(State.QUEUED);
  }

  @Test
  void sends_many_mails_each_once() throws Exception {
    for (int i = 0; i < 25; i++) {
      bureau.write(Bureau.confirmation(LINK + i));
    }
    assertThat(bureau.round(plain())).isEqualTo(20);
    assertThat(bureau.round(plain())).isEqualTo(5);
    assertThat(received())
        .extracting(mail -> mail.header("Message-ID"))
        .hasSize(25)
        .doesNotHaveDuplicates();
  }

  private static List<String> links(String text) {
    return HTTPS.matcher(text).results().map(found -> found.group()).toList();
  }

  /// A mail as its reader's program sees it.
  record Received(
      String subject, String from, String to, String text, String html, Map<String, String> all) {
    String header(String name) {
      return all.getOrDefault(name, "");
    }
  }

  private List<Received> received() throws Exception {
    var session = Session.getInstance(new Properties());
    try (var store = session.getStore("imap")) {
      store.connect("127.0.0.1", post.getImap().getPort(), "ann", "secret");
      try (var inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        var all = new ArrayList<Received>();
        for (var message : inbox.getMessages()) {
          var parts = (MimeMultipart) message.getContent();
          var headers = new HashMap<String, String>();
          message
              .getAllHeaders()
              .asIterator()
              .forEachRemaining(header -> headers.put(header.getName(), header.getValue()));
          all.add(
              new Received(
                  message.getSubject(),
                  unicode(message.getFrom()[0]),
                  unicode(message.getRecipients(RecipientType.TO)[0]),
                  text(parts.getBodyPart(0)),
                  text(parts.getBodyPart(1)),
                  headers));
        }
        return all;
      }
    }
  }

  private static String unicode(Address address) {
    return ((InternetAddress) address).toUnicodeString().replace("\"", "");
  }

  private static String text(Part part) throws Exception {
    return ((String) part.getContent()).replace("\r\n", "\n");
  }
}
