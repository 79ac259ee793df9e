package engineroom.mail;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

/// Writes letters as MIME. Names and subjects are encoded by the library, and no part of a header
/// is pasted together.
final class MimeWriter {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private MimeWriter() {}

  /// A mail as it goes out.
  ///
  /// @param key the same each time it is sent, so that a second copy is recognised as one
  /// @param written becomes its date
  record Letter(String key, Instant written, Mailbox from, Mailbox to, Rendered words) {
    /// `<0190…@example.org>`.
    String messageId() {
      return "<" + key + from.address().substring(from.address().lastIndexOf('@')) + ">";
    }
  }

  /// The letter as it is sent.
  static MimeMessage message(Letter letter, Session session) {
    try {
      var mime = new Numbered(session, letter.messageId());
      mime.setFrom(address(letter.from()));
      mime.setRecipient(RecipientType.TO, address(letter.to()));
      mime.setSubject(letter.words().subject(), UTF_8);
      mime.setSentDate(Date.from(letter.written()));
      mime.setContentLanguage(new String[] {letter.words().language()});
      mime.setHeader("Auto-Submitted", "auto-generated");
      mime.setHeader("X-Auto-Response-Suppress", "All");
      mime.setContent(
          new MimeMultipart(
              "alternative",
              part(letter.words().text(), "plain"),
              part(letter.words().html(), "html")));
      mime.saveChanges();
      return mime;
    } catch (MessagingException e) {
      throw new UnsendableMail("It can't be written as a mail: " + Plain.line(e.toString()));
    }
  }

  /// What goes over the wire, for people who look.
  static String source(Letter letter) {
    var out = new ByteArrayOutputStream();
    try {
      message(letter, Session.getInstance(new Properties())).writeTo(out);
    } catch (MessagingException e) {
      throw new UnsendableMail("It can't be written as a mail: " + Plain.line(e.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can always be written", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, UTF_8, subtype);
    return part;
  }

  private static InternetAddress address(Mailbox mailbox) {
    try {
      return new InternetAddress(
          mailbox.address(), mailbox.name().isEmpty() ? null : mailbox.name(), UTF_8);
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("Every JDK has UTF-8", e);
    }
  }

  /// A message whose id is ours.
  private static final class Numbered extends MimeMessage {
    private final String id;

    Numbered(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
