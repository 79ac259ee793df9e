package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.records.Records;
import java.time.Duration;
import java.util.Map;

/// Lets administrators act in the name of a user, for everybody to see. What they do so is what the
/// user may do, except what signs in.
public final class Impersonations {
  /// How long it lasts at most.
  static final Duration LENGTH = Duration.ofHours(1);

  /// How the administrator's key is named.
  static final String BY_KEY = "administrator";

  private final Base base;
  private final SessionWork sessions;
  private final Callers callers;

  Impersonations(Base base, SessionWork sessions, Callers callers) {
    this.base = base;
    this.sessions = sessions;
    this.callers = callers;
  }

  /// Begins a short session in the name of a user.
  public SignedIn begin(Value id, Visit visit) {
    var call = visit.call();
    if (!call.caller().administrator()) {
      throw problem(new NotAllowed("Only administrators act in the name of others."));
    }
    var begun = base.together(call, records -> begun(records, id, visit));
    return sessions.carried(begun.user(), begun.session(), visit.carrier());
  }

  private Entrance.Opened.Begun begun(Records records, Value id, Visit visit) {
    var now = visit.call().time();
    var user = new Users(records).find(id).orElseThrow(() -> problem(new NotFound("user")));
    if (Fields.yes(user, "suspended")) {
      throw problem(new NotAllowed("The user is suspended."));
    }
    var impersonator = BY_KEY;
    if (visit.call().caller() instanceof Caller.User caller) {
      sessions.requireFresh(records, caller, SessionWork.FRESH, now);
      if (callers.administrator(user)) {
        throw problem(
            new NotAllowed(
                "Only the administrator's key acts in the name of another administrator."));
      }
      impersonator = SessionWork.plain(caller.id());
    }
    var end = new Value.Timestamp(now.plus(LENGTH));
    var session = sessions.begin(records, user, visit, impersonator);
    Row shorter =
        records.change(Sessions.ENTITY, session.id(), Map.of("expiresAt", end, "idleUntil", end));
    var begun = Map.of("session", Value.of(SessionWork.plain(session.id())));
    base.reports().done(records, Kind.IMPERSONATION_BEGAN, user.id(), visit.call(), begun);
    return new Entrance.Opened.Begun(user, shorter);
  }
}
