package engineroom.account.flow;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.Base;
import engineroom.account.Fields;
import engineroom.account.Reports.Way;
import engineroom.account.SessionWork;
import engineroom.account.SignUps;
import engineroom.account.SignedIn;
import engineroom.account.Users;
import engineroom.account.Visit;
import engineroom.account.password.PasswordRules.Protection;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.modelfile.AccountSettings.Confirm;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.records.Records;
import engineroom.records.Where;
import engineroom.throttle.Attempts.Door;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Accounts of which nobody has said yet whose they are, and how they become somebody's. Their rows
/// stay with them, and no account is ever merged into another.
public final class Strangers {
  private static final String ANONYMOUS = "anonymous";

  private final Accounts accounts;
  private final Base base;
  private final Presence presence;

  Strangers(Accounts accounts, Presence presence) {
    this.accounts = accounts;
    this.base = accounts.base();
    this.presence = presence;
  }

  private record Begun(Row user, Row session) {}

  /// Makes an account without address and password, and begins its session.
  public SignedIn begin(Visit visit) {
    if (!base.settings().anonymous()) {
      throw problem(new NotAllowed("This app has no anonymous accounts: sign up."));
    }
    base.trials().asked(Door.SIGN_UP, "", visit.call());
    var begun = base.together(visit.call(), records -> begun(records, visit));
    return accounts.sessions().carried(begun.user(), begun.session(), visit.carrier());
  }

  private Begun begun(Records records, Visit visit) {
    var user = records.create(Users.ENTITY, Map.of(ANONYMOUS, Value.of(true)));
    var session = accounts.sessions().begin(records, user, visit, "");
    base.reports().entered(records, Kind.SIGNED_UP, session, visit.call(), Way.NOTHING);
    return new Begun(user, session);
  }

  /// Gives an anonymous account an address, which waits to be confirmed as that of everybody who
  /// signs up, and a password. An address that has an account already shows in the mail to it
  /// alone.
  public void upgrade(Caller.User caller, String email, String password, Call call) {
    var user = presence.own(caller, call);
    if (!Fields.yes(user, ANONYMOUS) || Fields.find(user, "passwordAt") != null) {
      throw refused();
    }
    base.trials().asked(Door.SIGN_UP, email, call);
    refuseWhereWeak(user, email, password);
    var values = new LinkedHashMap<String, Value>();
    values.put("password", Value.of(base.passwords().hash(password)));
    values.put("passwordAt", new Value.Timestamp(call.time()));
    values.put("newEmail", Value.of(Users.folded(email)));
    if (base.settings().confirm() == Confirm.OPTIONAL) {
      values.put(ANONYMOUS, Value.of(false)); // else it stays until the address is confirmed
    }
    SignUps.named(() -> base.together(call, records -> upgraded(records, caller, values, call)));
    accounts.callers().distrust();
  }

  private void refuseWhereWeak(Row user, String email, String password) {
    var name = Fields.text(user, "name");
    var context = List.of(base.model().name(), email, name, Fields.text(user, "userName"));
    var violations = base.rules().violations(password, Protection.PASSWORD_ALONE, context);
    if (!violations.isEmpty()) {
      throw problem(new NotValid(violations));
    }
  }

  private Row upgraded(Records records, Caller.User caller, Map<String, Value> values, Call call) {
    var still =
        Where.is("id", caller.id())
            .andIs(ANONYMOUS, Value.of(true))
            .andIs("passwordAt", Value.NULL);
    if (records.changeWhere(Users.ENTITY, still, values, 1) != 1) {
      throw refused();
    }
    var session = SessionWork.session(caller);
    accounts.sessions().endAll(records, caller.id(), session, call.time());
    var user = new Users(records).find(caller.id()).orElseThrow();
    base.reports().done(records, Kind.SIGNED_UP, caller.id(), call);
    accounts.signUps().tell(records, user, call);
    return user;
  }

  private static RuntimeException refused() {
    return problem(
        new NotAllowed("This account has a password already: change it at /auth/password."));
  }
}
