package engineroom.mail;

import static engineroom.problem.ProblemException.problem;

import engineroom.mail.StoredMail.State;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.problem.Violation;
import engineroom.records.Records;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where mails are written. One that is written in a transaction is sent if that is kept, and not
/// before: what goes out is true.
public final class Outbox {
  /// Mails that may wait to be sent.
  static final int WAITING_MAX = 10_000;

  /// Mails that a list shows, and that `dev` keeps.
  public static final int LISTED_MAX = 200;

  private final Posting posting;
  private final InstantSource clock;
  private final int waitingMax;

  /// @param posting what becomes of mails
  public Outbox(Posting posting, InstantSource clock) {
    this(posting, clock, WAITING_MAX);
  }

  Outbox(Posting posting, InstantSource clock, int waitingMax) {
    this.posting = posting;
    this.clock = clock;
    this.waitingMax = waitingMax;
  }

  /// Writes a mail. Nothing of it is rendered or sent here.
  ///
  /// @param records of the transaction whose doing the mail tells of
  public void send(Records records, Message message) {
    var rows = new MailRows(records);
    switch (posting) {
      case SEND -> {
        if (rows.waiting() >= waitingMax) {
          throw problem(
              new Unavailable(
                  "Too many mails wait to be sent.",
                  "Try again later. Administrators find out at /admin/mail what is in the way."));
        }
        rows.create(message, State.QUEUED, clock.instant());
      }
      case KEEP, SHOW -> rows.create(message, State.KEPT, null);
    }
  }

  /// The newest mails, for administrators: without what they say.
  ///
  /// @param state null for any
  public List<StoredMail> newest(Records records, @Nullable State state) {
    return new MailRows(records).newest(state, LISTED_MAX).stream().map(Outbox::closed).toList();
  }

  private static StoredMail closed(StoredMail mail) {
    return new StoredMail(
        mail.id(),
        mail.written(),
        mail.template(),
        mail.recipient(),
        mail.language(),
        null,
        mail.state(),
        mail.attempts(),
        mail.due(),
        mail.error());
  }

  /// Sends a mail that failed, was kept or waits for its next attempt, as soon as it can be. One
  /// that was sent says nothing any more: what is in it is gone.
  public StoredMail resend(Records records, UUID id) {
    var rows = new MailRows(records);
    var mail = rows.find(id).orElseThrow(() -> problem(new NotFound("mail")));
    var wrong = unsendable(mail);
    if (wrong != null) {
      throw problem(new NotValid(List.of(new Violation("status", "not-sendable", wrong))));
    }
    if (!rows.again(mail, clock.instant())) {
      throw problem(
          new NotValid(List.of(new Violation("status", "not-sendable", "is being changed now"))));
    }
    return closed(rows.find(id).orElse(mail));
  }

  private @Nullable String unsendable(StoredMail mail) {
    if (posting != Posting.SEND) {
      return "can't be queued: no server is set under settings.mail.smtp, or this is dev";
    }
    if (mail.values() == null) {
      return "is " + mail.state().word() + ", and what the mail said is gone; cause a new one";
    }
    return switch (mail.state()) {
      case FAILED, KEPT -> null;
      case QUEUED -> mail.attempts() > 0 ? null : "is queued already, and due";
      case SENDING, SENT -> "is " + mail.state().word() + " already";
    };
  }
}
