package engineroom.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.mail.MimeWriter.Letter;
import engineroom.mail.SmtpServer.Safety;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Addresses, names and subjects: nothing in them becomes another header or another recipient.
class AddressTest {
  private static final Rendered WORDS = new Rendered("en", "Hi", "Hi\n", "<p>Hi</p>");

  /// What people have tried.
  static List<String> injections() {
    return List.of(
        "x\r\nBcc: eve@evil.example",
        "x\nBcc: eve@evil.example",
        "x\rBcc: eve@evil.example",
        "x\r\n\r\n<p>other body</p>",
        "x\r\n Bcc: eve@evil.example",
        "x\r\n\tBcc: eve@evil.example",
        "x\u2028Bcc: eve@evil.example",
        "x\u2029Bcc: eve@evil.example",
        "x\u0085Bcc: eve@evil.example",
        "x\u000bBcc: eve@evil.example",
        "x\fBcc: eve@evil.example",
        "x\u0000\r\nBcc: eve@evil.example",
        "=?utf-8?Q?x=0D=0ABcc:_eve@evil.example?=",
        "x%0d%0aBcc: eve@evil.example",
        "\" <eve@evil.example>, \"x",
        "eve@evil.example, x",
        "<eve@evil.example>",
        "x\" <eve@evil.example",
        "x\\\r\nBcc: eve@evil.example",
        "嘊嘍Bcc: eve@evil.example");
  }

  @ParameterizedTest
  @MethodSource("injections")
  void a_name_adds_no_header_and_no_recipient(String name) {
    var to = Mailbox.of(name, "ann@example.org");
    onlyAnn(source(to, WORDS));
  }

  @ParameterizedTest
  @MethodSource("injections")
  void a_subject_adds_no_header(String subject) {
    var words = new Rendered("en", Plain.line(subject), "Hi\n", "<p>Hi</p>");
    onlyAnn(source(Mailbox.of("ann@example.org"), words));
  }

  @ParameterizedTest
  @MethodSource("injections")
  void an_address_that_says_more_is_refused(String text) {
    assertThatThrownBy(() -> Mailbox.of(text + "@example.org"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mailbox.of("ann@example.org" + text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String source(Mailbox to, Rendered words) {
    var from = new Mailbox("Shop", "shop@example.org");
    return MimeWriter.source(new Letter("1", Instant.EPOCH, from, to, words));
  }

  /// The names of the headers, and who is written to.
  private static void onlyAnn(String source) {
    var head = source.substring(0, source.indexOf("\r\n\r\n"));
    var unfolded = head.replaceAll("\r\n[ \t]", " ");
    assertThat(unfolded.lines().map(line -> line.substring(0, line.indexOf(':'))))
        .containsExactlyInAnyOrder(
            "Date",
            "From",
            "To",
            "Message-ID",
            "Subject",
            "MIME-Version",
            "Content-Type",
            "Content-Language",
            "Auto-Submitted",
            "X-Auto-Response-Suppress");
    var to = Arrays.stream(unfolded.split("\r\n")).filter(line -> line.startsWith("To:"));
    assertThat(addresses(to.findFirst().orElseThrow())).containsExactly("ann@example.org");
    assertThat(source).doesNotContain("other body</p>\r\n\r\n");
  }

  private static List<String> addresses(String line) {
    try {
      return Arrays.stream(InternetAddress.parse(line.substring("To:".length())))
          .map(InternetAddress::getAddress)
          .toList();
    } catch (AddressException e) {
      throw new AssertionError(line, e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "@example.org",
        "ann@",
        "ann@-example.org",
        "ann@example..org",
        ".ann@example.org",
        "an n@example.org",
        "ann@example.org ",
        "ann@[127.0.0.1]",
        "\"ann\"@example.org",
        "ann@exa mple.org",
        "ann@example.org>",
        "a\u202Enn@example.org"
      })
  void refuses_what_is_no_address(String address) {
    assertThatThrownBy(() -> Mailbox.of(address)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keeps_addresses_within_their_limits() {
    var domain = "@" + "d".repeat(60) + "." + "e".repeat(60) + "." + "f".repeat(60) + ".org";
    assertThat(Mailbox.of("a".repeat(64) + domain).address()).hasSize(251);
    assertThatThrownBy(() -> Mailbox.of("a".repeat(65) + domain))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Mailbox.of("n".repeat(101), "a@b.org").name()).hasSize(100);
    assertThatThrownBy(() -> new Mailbox("n".repeat(101), "a@b.org"))
        .hasMessageContaining("at most 100");
  }

  @Test
  void writes_domains_in_ascii_and_leaves_names_before_the_at() {
    assertThat(Mailbox.of("jörg@Bücher.example").address()).isEqualTo("jörg@xn--bcher-kva.example");
  }

  @ParameterizedTest
  @CsvSource({
    "Shop <shop@example.org>, Shop, shop@example.org",
    "'\"Shop, Inc.\" <shop@example.org>', 'Shop, Inc.', shop@example.org",
    "shop@example.org, '', shop@example.org",
    "<shop@example.org>, '', shop@example.org"
  })
  void reads_senders_as_people_write_them(String text, String name, String address) {
    assertThat(Mailbox.parse(text)).isEqualTo(new Mailbox(name, address));
  }

  private static Map<String, SmtpServer> servers() {
    var post = "post.example.org";
    return Map.of(
        "smtp://ann:s%40c%2Fret@" + post,
        new SmtpServer(post, 587, Safety.STARTTLS, "ann", "s@c/ret"),
        "smtp://ann:a+b@" + post + ":25",
        new SmtpServer(post, 25, Safety.STARTTLS, "ann", "a+b"),
        "smtp://ann%40example.org:x@" + post + "/",
        new SmtpServer(post, 587, Safety.STARTTLS, "ann@example.org", "x"),
        "smtps://" + post,
        new SmtpServer(post, 465, Safety.TLS, null, null),
        "smtp://127.0.0.1:1025?tls=off",
        new SmtpServer("127.0.0.1", 1025, Safety.NONE, null, null),
        "smtp://[::1]:1025?tls=off",
        new SmtpServer("::1", 1025, Safety.NONE, null, null));
  }

  @Test
  void reads_the_server() {
    servers().forEach((url, server) -> assertThat(SmtpServer.parse(url)).isEqualTo(server));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "post.example.org",
        "http://post.example.org",
        "smtp://",
        "smtp://ann@post.example.org",
        "smtp://:x@post.example.org",
        "smtp://post.example.org:0",
        "smtp://post.example.org:70000",
        "smtp://post.example.org?tls=no",
        "smtp://post.example.org?tls=off&x=1",
        "smtps://post.example.org?tls=off",
        "smtp://post.example.org/inbox",
        "smtp://ann:s3cr3t@post example.org"
      })
  void refuses_a_server_that_is_none_without_telling_its_password(String url) {
    assertThatThrownBy(() -> SmtpServer.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("s3cr3t");
  }

  @Test
  void shows_a_server_without_its_password() {
    assertThat(SmtpServer.parse("smtp://ann:s3cr3t@post.example.org"))
        .hasToString("post.example.org:587");
  }
}
