package engineroom.account.flow;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.Fields;
import engineroom.account.Users;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.records.Records;
import engineroom.records.Where;
import java.util.Map;

/// Deletes the account of who asks for it. What becomes of rows that name it, the model says:
/// `onDelete`.
public final class Departures {
  private final Accounts accounts;
  private final Presence presence;

  Departures(Accounts accounts, Presence presence) {
    this.accounts = accounts;
    this.presence = presence;
  }

  /// Deletes the caller's account for good.
  ///
  /// @param password empty where it was not given; then the sign-in must be fresh. Accounts without
  ///   a password can't be signed in to anew: their session is enough
  public void delete(Caller.User caller, String password, Call call) {
    var own = presence.own(caller, call);
    var user =
        Fields.yes(own, "anonymous")
            ? own
            : presence.proved(caller, password, Kind.ACCOUNT_DELETED, call);
    boolean gone = accounts.base().together(call, records -> deleted(records, user, call));
    accounts.callers().distrust();
    if (!gone) {
      throw problem(new BadCredentials("The account is gone."));
    }
  }

  private boolean deleted(Records records, Row user, Call call) {
    if (records.deleteWhere(Users.ENTITY, Where.is("id", user.id()), 1) != 1) {
      return false;
    }
    accounts.base().reports().done(records, Kind.ACCOUNT_DELETED, user.id(), call);
    if (!Fields.text(user, "email").isEmpty()) {
      accounts.base().mail(records, "account-deleted", user, "email", Map.of());
    }
    return true;
  }
}
