package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/// A real mail server, whose mailboxes are read over IMAP as their owners would.
final class PostOffice implements AutoCloseable {
  static final String SECRET = "secret";
  private static final long WAIT_MILLIS = 60_000;
  private static final Pattern LINK = Pattern.compile("(https?://[^\\s#]+)#token=([\\w-]+)");
  private static final Pattern CODE = Pattern.compile("(?m)^(\\d{8})$");

  private final List<String> addresses;
  private final int port;
  private GreenMail mails;
  private int seen;

  /// @param addresses who has a mailbox
  PostOffice(String... addresses) {
    this.addresses = List.of(addresses);
    this.mails = opened(0);
    this.port = mails.getSmtp().getPort();
  }

  private GreenMail opened(int port) {
    var made =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
            });
    made.start();
    addresses.forEach(address -> made.setUser(address, address, SECRET));
    return made;
  }

  int port() {
    return port;
  }

  /// As `settings.mail.smtp` says it.
  String url() {
    return "smtp://127.0.0.1:" + port() + "?tls=off";
  }

  /// Nobody answers at its port any more.
  void shut() {
    mails.stop();
  }

  /// Opens again at the same port, with empty mailboxes.
  void open() {
    mails = opened(port);
    seen = 0;
  }

  /// A mail as its reader sees it.
  ///
  /// @param source all of it, headers too
  record Letter(String subject, String text, String html, String source) {
    /// Where its link leads, without what it carries.
    String page() {
      return link(1);
    }

    /// What its link carries behind `#`.
    String token() {
      return link(2);
    }

    private String link(int group) {
      var link = LINK.matcher(text);
      assertThat(link.find()).as(text).isTrue();
      assertThat(html).contains(link.group());
      return link.group(group);
    }

    String code() {
      var code = CODE.matcher(text);
      assertThat(code.find()).as(text).isTrue();
      return code.group(1);
    }
  }

  /// How many mails have come.
  int mails() {
    return mails.getReceivedMessages().length;
  }

  /// Waits for more mails.
  void await(int more) {
    seen += more;
    assertThat(mails.waitForIncomingEmail(WAIT_MILLIS, seen)).as(seen + " mails").isTrue();
  }

  /// Reads the mail of a subject, each once.
  Letter take(String address, String subject) throws MessagingException, IOException {
    var session = Session.getInstance(new Properties());
    try (var store = session.getStore("imap")) {
      store.connect("127.0.0.1", mails.getImap().getPort(), address, SECRET);
      try (var inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_WRITE);
        return unread(inbox, subject);
      }
    }
  }

  private static Letter unread(Folder inbox, String subject)
      throws MessagingException, IOException {
    var subjects = new ArrayList<String>();
    for (var message : inbox.getMessages()) {
      subjects.add(message.getSubject());
      if (message.getSubject().equals(subject) && !message.isSet(Flags.Flag.SEEN)) {
        message.setFlag(Flags.Flag.SEEN, true);
        return letter(message);
      }
    }
    throw new AssertionError("there are " + subjects + " and not " + subject);
  }

  private static Letter letter(Message message) throws MessagingException, IOException {
    var parts = (MimeMultipart) message.getContent();
    var source = new StringBuilder();
    message
        .getAllHeaders()
        .asIterator()
        .forEachRemaining(
            header -> source.append(header.getName() + ": " + header.getValue() + "\n"));
    var text = ((String) parts.getBodyPart(0).getContent()).replace("\r\n", "\n");
    var html = (String) parts.getBodyPart(1).getContent();
    return new Letter(message.getSubject(), text, html, source + text + html);
  }

  @Override
  public void close() {
    mails.stop();
  }
}
