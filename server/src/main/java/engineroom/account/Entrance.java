package engineroom.account;

import engineroom.account.Reports.Way;
import engineroom.account.SignInAnswer.Done;
import engineroom.account.SignInAnswer.Step;
import engineroom.account.token.OpaqueToken;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.records.Records;
import engineroom.throttle.Attempts.Attempt;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;

/// Lets in who has shown one factor, whichever it was: begins a session, or asks for the second
/// factor where the user has one.
public final class Entrance {
  /// How long the second factor can be shown after the first.
  static final Duration STEP = Duration.ofMinutes(10);

  private final SessionWork sessions;
  private final Trials trials;
  private final Reports reports;
  private final SecureRandom random;

  Entrance(Base base, SessionWork sessions, SecureRandom random) {
    this.sessions = sessions;
    this.trials = base.trials();
    this.reports = base.reports();
    this.random = random;
  }

  /// What was begun in a transaction.
  public sealed interface Opened {
    /// A session.
    record Begun(Row user, Row session) implements Opened {}

    /// A sign-in that waits for the second factor.
    record Waiting(OpaqueToken token) implements Opened {}
  }

  /// What somebody has shown, and the attempt that it was.
  public record Shown(Attempt attempt, Way way) {}

  /// Lets a user in, in the transaction that makes sure they may.
  public Opened open(Records records, Row user, Visit visit, Shown shown) {
    if (!Fields.yes(user, "secondFactor")) {
      return begin(records, user, visit, shown);
    }
    trials.passed(records, shown.attempt());
    var purpose = new Tickets.Purpose(user.id(), "", "");
    var token =
        new Tickets(records, random, visit.call().time())
            .make(OpaqueToken.Kind.SECOND_FACTOR, purpose, STEP);
    return new Opened.Waiting(token);
  }

  /// Begins the session of who has shown every factor.
  Opened.Begun begin(Records records, Row user, Visit visit, Shown shown) {
    var call = visit.call();
    var now = new Value.Timestamp(call.time());
    new Users(records).change(user.id(), Map.of("lastSignInAt", now));
    trials.succeeded(records, shown.attempt(), user.id(), call);
    var session = sessions.begin(records, user, visit, "");
    reports.entered(records, Kind.SIGNED_IN, session, call, shown.way());
    return new Opened.Begun(user, session);
  }

  /// What the client gets, once the transaction is certain.
  public SignInAnswer answer(Opened opened, Carrier carrier) {
    return switch (opened) {
      case Opened.Begun begun -> new Done(carried(begun, carrier));
      case Opened.Waiting(var token) -> new Step(token.text(), STEP);
    };
  }

  SignedIn carried(Opened.Begun begun, Carrier carrier) {
    return sessions.carried(begun.user(), begun.session(), carrier);
  }
}
