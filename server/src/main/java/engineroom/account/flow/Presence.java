package engineroom.account.flow;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.Fields;
import engineroom.account.Reports.Way;
import engineroom.account.SessionWork;
import engineroom.account.Users;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.records.Records;
import java.time.Duration;

/// Makes sure that it is the user who asks for something grave, and not somebody with their
/// unlocked device, their key, or in their name.
final class Presence {
  /// How long after signing in nobody is asked for the password again.
  static final Duration FRESH = Duration.ofMinutes(5);

  private final Accounts accounts;

  Presence(Accounts accounts) {
    this.accounts = accounts;
  }

  /// The user's row, where they have just signed in or know their password.
  ///
  /// @param password empty where it was not given
  /// @param asked what it is for
  Row proved(Caller.User caller, String password, Kind asked, Call call) {
    var records = accounts.base().records(call);
    var user = user(records, caller);
    var session = session(records, caller);
    if (!password.isEmpty()) {
      if (!accounts.signIns().knows(user, password, call)) {
        accounts.base().reports().refused(asked, user.id(), call, Way.PASSWORD);
        throw problem(new BadCredentials("The current password is not right."));
      }
      return user;
    }
    if (!call.time().isBefore(Fields.moment(session, "createdAt").plus(FRESH))) {
      throw problem(
          new NotAllowed("This takes the current password, or a sign-in within five minutes."));
    }
    return user;
  }

  /// The user's row, where they ask in a session of their own.
  Row own(Caller.User caller, Call call) {
    var records = accounts.base().records(call);
    session(records, caller);
    return user(records, caller);
  }

  private static Row user(Records records, Caller.User caller) {
    return new Users(records)
        .find(caller.id())
        .orElseThrow(() -> problem(new BadCredentials("The account is gone.")));
  }

  private static Row session(Records records, Caller.User caller) {
    return records
        .find("session", SessionWork.session(caller))
        .filter(session -> Fields.text(session, "impersonator").isEmpty())
        .orElseThrow(
            () ->
                problem(
                    new NotAllowed("This takes a session that the user began: sign in for it.")));
  }
}
