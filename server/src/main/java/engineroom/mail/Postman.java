package engineroom.mail;

import engineroom.mail.MimeWriter.Letter;
import engineroom.mail.SmtpSender.Delivery;
import engineroom.mail.StoredMail.State;
import engineroom.problem.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Gatherers;

/// Takes what is due to the server, and forgets what is old. While it talks to the server no
/// transaction is open; each step before and after is one of its own.
final class Postman {
  /// More than the longest attempt; a mail taken by a program that was killed is due after it.
  static final Duration ATTEMPT_MAX = Duration.ofMinutes(15);

  /// What is waited after each failed attempt but the last.
  static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(12));

  /// How long what an unsent mail said is kept, so that it can be sent again.
  static final Duration CONTENTS_KEPT = Duration.ofDays(7);

  /// How long it is remembered that there was a mail.
  static final Duration ROWS_KEPT = Duration.ofDays(30);

  private static final Logger LOG = System.getLogger("engineroom.mail");
  private static final int AT_ONCE = 20;
  private static final int CONNECTIONS_MAX = 4;
  private static final int CLEANED_MAX = 500;

  private final Served served;
  private final MailRows rows;
  private final InstantSource clock;

  Postman(Served served, InstantSource clock) {
    this.served = served;
    this.rows = new MailRows(served.records());
    this.clock = clock;
  }

  /// What is due now.
  List<StoredMail> due() {
    return rows.due(clock.instant(), AT_ONCE);
  }

  /// Tries to send mails, some at a time.
  ///
  /// @param closing those that have not begun then stay for another time
  void send(List<StoredMail> mails, SmtpSender sender, BooleanSupplier closing) {
    mails.stream()
        .gather(
            Gatherers.mapConcurrent(
                CONNECTIONS_MAX, mail -> closing.getAsBoolean() || attempt(mail, sender)))
        .forEach(_ -> {});
  }

  /// One attempt; false where another sender has the mail.
  private boolean attempt(StoredMail mail, SmtpSender sender) {
    try {
      if (!rows.take(mail, clock.instant().plus(ATTEMPT_MAX))) {
        return false;
      }
      var taken = rows.reread(mail);
      record(taken, delivered(taken, sender));
    } catch (ProblemException e) {
      LOG.log(Level.WARNING, "mail=" + mail.key() + " stays for later: " + e.problem().title());
    }
    return true;
  }

  private Delivery delivered(StoredMail mail, SmtpSender sender) {
    if (mail.attempts() > WAITS.size() + 1) {
      return new Delivery.Refused("The program was stopped during each attempt to send it.");
    }
    var message = mail.message();
    if (message.isEmpty()) {
      return new Delivery.Refused("What the mail said is gone.");
    }
    try {
      var words = served.templates().render(message.get());
      var from = served.settings().from();
      return sender.deliver(new Letter(mail.key(), mail.written(), from, mail.recipient(), words));
    } catch (UnsendableMail e) {
      return new Delivery.Refused(String.valueOf(e.getMessage()));
    }
  }

  private void record(StoredMail mail, Delivery delivery) {
    var now = clock.instant();
    switch (delivery) {
      case Delivery.Sent _ -> {
        rows.sent(mail, now);
        log(Level.INFO, mail, "sent");
      }
      case Delivery.Refused(var reason) -> {
        rows.ended(mail, reason, null);
        log(Level.WARNING, mail, "failed: " + Plain.line(reason));
      }
      case Delivery.Later(var reason) -> later(mail, reason, now);
    }
  }

  private void later(StoredMail mail, String reason, Instant now) {
    if (mail.attempts() > WAITS.size()) {
      rows.ended(mail, "Tried " + mail.attempts() + " times. " + reason, null);
      log(Level.WARNING, mail, "failed: " + Plain.line(reason));
      return;
    }
    var wait = WAITS.get(mail.attempts() - 1);
    rows.ended(mail, reason, now.plus(wait));
    log(Level.INFO, mail, "again in " + wait.toMinutes() + " min: " + Plain.line(reason));
  }

  /// Without the address: logs are read by more people than mails.
  private static void log(Level level, StoredMail mail, String what) {
    LOG.log(
        level,
        "operation=mail.send mail="
            + mail.key()
            + " template="
            + mail.template()
            + " attempt="
            + mail.attempts()
            + " "
            + what);
  }

  /// Forgets what is old.
  void clean() {
    var now = clock.instant();
    for (var state : List.of(State.FAILED, State.KEPT)) {
      rows.wipe(state, now.minus(CONTENTS_KEPT), CLEANED_MAX);
    }
    for (var state : List.of(State.SENT, State.FAILED, State.KEPT)) {
      rows.delete(state, now.minus(ROWS_KEPT), CLEANED_MAX);
    }
    if (served.posting() == Posting.SHOW) {
      rows.keepNewest(State.KEPT, Outbox.LISTED_MAX, CLEANED_MAX);
    }
  }
}
