package engineroom.mail;

import engineroom.mail.MimeWriter.Letter;
import engineroom.mail.StoredMail.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// The mails that `dev` keeps instead of sending them, as they would be read.
public final class Inbox {
  private final Supplier<Served> served;

  /// @param served of the model that is served at the moment
  public Inbox(Supplier<Served> served) {
    this.served = served;
  }

  /// One mail in a list.
  ///
  /// @param subject or why there is none
  public record Summary(String id, Instant time, String to, String template, String subject) {}

  /// One mail.
  ///
  /// @param source what would go over the wire
  public record Whole(Summary summary, String text, String html, String source) {}

  /// The newest first.
  public List<Summary> newest() {
    var now = served.get();
    return new MailRows(now.records())
        .newest(State.KEPT, Outbox.LISTED_MAX).stream().map(mail -> summary(now, mail)).toList();
  }

  private static Summary summary(Served now, StoredMail mail) {
    try {
      return summary(mail, now.templates().subject(message(mail)));
    } catch (UnsendableMail e) {
      return summary(mail, String.valueOf(e.getMessage()));
    }
  }

  private static Summary summary(StoredMail mail, String subject) {
    return new Summary(
        mail.key(), mail.written(), mail.recipient().toString(), mail.template(), subject);
  }

  private static Message message(StoredMail mail) {
    return mail.message().orElseThrow(() -> new UnsendableMail("What this mail said is gone."));
  }

  /// The mail of an id.
  public Optional<Whole> find(UUID id) {
    var now = served.get();
    return new MailRows(now.records()).find(id).map(mail -> whole(now, mail));
  }

  private static Whole whole(Served now, StoredMail mail) {
    try {
      var words = now.templates().render(message(mail));
      var from = now.settings().from();
      var letter = new Letter(mail.key(), mail.written(), from, mail.recipient(), words);
      return new Whole(
          summary(mail, words.subject()), words.text(), words.html(), MimeWriter.source(letter));
    } catch (UnsendableMail e) {
      var why = String.valueOf(e.getMessage());
      return new Whole(summary(mail, why), why, "", "");
    }
  }
}
