package engineroom.mail;

import engineroom.mail.MimeWriter.Letter;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// Hands letters to an SMTP server, one connection each, and tells apart what may go well another
/// time.
final class SmtpSender {
  /// How an attempt to send ended.
  sealed interface Delivery {
    /// The server took it.
    enum Sent implements Delivery {
      SENT
    }

    /// It may go well another time.
    record Later(String reason) implements Delivery {}

    /// It never will.
    record Refused(String reason) implements Delivery {}
  }

  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Duration WAIT_MAX = Duration.ofSeconds(30);
  private static final int PERMANENT = 500;

  private final SmtpServer server;
  private final Properties usual;

  SmtpSender(SmtpServer server) {
    this(server, null);
  }

  /// @param trust makes TLS connections; null for what the JVM trusts
  SmtpSender(SmtpServer server, @Nullable SSLSocketFactory trust) {
    this.server = server;
    this.usual = properties(server, trust);
  }

  private static Properties properties(SmtpServer server, @Nullable SSLSocketFactory trust) {
    var prefix = server.safety() == SmtpServer.Safety.TLS ? "mail.smtps." : "mail.smtp.";
    var set = new Properties();
    set.setProperty("mail.transport.protocol", prefix.substring(5, prefix.length() - 1));
    set.setProperty(prefix + "connectiontimeout", String.valueOf(CONNECT_MAX.toMillis()));
    set.setProperty(prefix + "timeout", String.valueOf(WAIT_MAX.toMillis()));
    set.setProperty(prefix + "writetimeout", String.valueOf(WAIT_MAX.toMillis()));
    set.setProperty(prefix + "auth", String.valueOf(server.user() != null));
    set.setProperty(prefix + "quitwait", "false");
    boolean upgraded = server.safety() == SmtpServer.Safety.STARTTLS;
    set.setProperty(prefix + "starttls.enable", String.valueOf(upgraded));
    set.setProperty(prefix + "starttls.required", String.valueOf(upgraded));
    set.setProperty(prefix + "ssl.checkserveridentity", "true");
    set.setProperty(prefix + "ssl.protocols", "TLSv1.2 TLSv1.3");
    if (trust != null) {
      set.put(prefix + "ssl.socketFactory", trust);
    }
    return set;
  }

  /// Tries once. Waits for the server as long as it lets us, within limits.
  Delivery deliver(Letter letter) {
    var session = session(letter);
    MimeMessage mime;
    try {
      mime = MimeWriter.message(letter, session);
    } catch (UnsendableMail e) {
      return new Delivery.Refused(String.valueOf(e.getMessage()));
    }
    try (var transport = session.getTransport()) {
      transport.connect(server.host(), server.port(), server.user(), server.password());
      transport.sendMessage(mime, mime.getAllRecipients());
      return Delivery.Sent.SENT;
    } catch (MessagingException e) {
      return judged(e);
    }
  }

  /// Asks for SMTPUTF8 where an address needs it, and only there: not every server has it.
  private Session session(Letter letter) {
    var set = new Properties();
    set.putAll(usual);
    boolean ascii = letter.to().address().chars().allMatch(unit -> unit < 0x80);
    set.setProperty("mail.mime.allowutf8", String.valueOf(!ascii));
    return Session.getInstance(set);
  }

  private Delivery judged(MessagingException e) {
    if (e instanceof AuthenticationFailedException) {
      return new Delivery.Later(server + " does not let us sign in: " + e.getMessage());
    }
    var reason = reason(e);
    return code(e) >= PERMANENT ? new Delivery.Refused(reason) : new Delivery.Later(reason);
  }

  /// The deepest answer of the server: about the address, where it is that.
  private static int code(MessagingException e) {
    int code =
        switch (e) {
          case SMTPAddressFailedException address -> address.getReturnCode();
          case SMTPSenderFailedException sender -> sender.getReturnCode();
          case SMTPSendFailedException whole -> whole.getReturnCode();
          default -> 0; // another exception of the library: no answer of the server
        };
    return e.getNextException() instanceof MessagingException next && code(next) > 0
        ? code(next)
        : code;
  }

  private String reason(MessagingException e) {
    Throwable deepest = e;
    while (deepest instanceof MessagingException known && known.getNextException() != null) {
      deepest = known.getNextException();
    }
    var message = deepest.getMessage();
    return server + ": " + (message == null ? deepest.getClass().getSimpleName() : message);
  }
}
