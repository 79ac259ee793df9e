package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.SignedIn.Carried;
import engineroom.account.token.OpaqueToken;
import engineroom.account.token.SessionTokens;
import engineroom.account.token.SessionTokens.Said;
import engineroom.account.token.SignedTokens;
import engineroom.account.token.TokenSubject;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.modelfile.AccountSettings.Lengths;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.AuthorizeProblem.SignInAgain;
import engineroom.records.Records;
import engineroom.throttle.Attempts.Door;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Begins sessions, keeps them going, lists and ends them.
public final class SessionWork {
  /// How long after signing in somebody may do what matters most.
  static final Duration FRESH = Duration.ofMinutes(5);

  private static final String SESSION = "session";

  /// What access tokens name as the program that asked for them.
  private static final String CLIENT = "engineroom";

  private final Base base;
  private final Lengths lengths;
  private final SessionTokens carriers;
  private final SignedTokens access;
  private final Callers callers;

  SessionWork(Base base, SignedTokens access, Callers callers) {
    this.base = base;
    this.lengths = base.settings().lengths();
    this.carriers = base.carriers();
    this.access = access;
    this.callers = callers;
  }

  /// Begins a session, in the transaction of what allows it.
  ///
  /// @param impersonator who acts in the name of the user; empty for nobody
  public Row begin(Records records, Row user, Visit visit, String impersonator) {
    return sessions(records, visit.call().time())
        .begin(user.id(), visit.carrier(), visit.device(), impersonator);
  }

  /// What carries a session that has begun, once it is certain.
  public SignedIn carried(Row user, Row session, Carrier carrier) {
    var caller = callers.of(user, session);
    return switch (carrier) {
      case APP -> new SignedIn(caller, tokens(caller, session.id(), 0));
      case BROWSER -> new SignedIn(caller, cookie(session.id()));
    };
  }

  private Carried tokens(Caller.User caller, Value session, int place) {
    var id = Fields.uuid(session);
    var subject = new TokenSubject(plain(caller.id()), CLIENT, id.toString(), 0);
    var issued = access.issue(subject);
    var good = Duration.between(issued.claims().issuedAt(), issued.claims().expiresAt());
    var refresh = carriers.text(OpaqueToken.Kind.REFRESH, new Said(id, place));
    return new Carried.Tokens(issued.text(), refresh, good);
  }

  private Carried cookie(Value session) {
    var said = new Said(Fields.uuid(session), 0);
    return new Carried.Cookie(carriers.text(OpaqueToken.Kind.SESSION, said), lengths.session());
  }

  static String plain(Value id) {
    return id instanceof Value.Text(var text) ? text : Fields.uuid(id).toString();
  }

  /// New tokens for a refresh token. It is good once; again within a few seconds it gives the same
  /// successor, since answers get lost; later it ends the session, since two hold it. One that we
  /// did not make counts as an attempt: who has a good one does not wait for those who guess.
  public SignedIn refresh(String token, Call call) {
    var said = read(token).orElse(null);
    if (said == null) {
      var _ = base.trials().begin(Door.LINK, List.of(), call);
      throw refused();
    }
    var renewed = base.together(call, records -> renewed(records, said, call));
    callers.distrust();
    var caller = renewed.orElseThrow(SessionWork::refused).caller();
    return new SignedIn(caller, tokens(caller, new Value.Uuid(said.session()), said.place() + 1));
  }

  private Optional<Standing> renewed(Records records, Said said, Call call) {
    var now = call.time();
    var sessions = sessions(records, now);
    var id = new Value.Uuid(said.session());
    var session = sessions.find(id).filter(sessions::lives).orElse(null);
    var standing = callers.standing(records, id, now);
    if (session == null || standing.isEmpty()) {
      return Optional.empty();
    }
    if (!sessions.advance(session, said.place()) && !sessions.justFollowed(session, said.place())) {
      if (said.place() < Fields.number(session, "refreshes")) {
        sessions.end(id);
        var ended = Map.of(SESSION, Value.of(plain(id)));
        base.reports().done(records, Kind.TOKEN_REUSED, session.value("user"), call, ended);
      }
      return Optional.empty();
    }
    return standing;
  }

  /// Ends a session by its refresh token, whether that is still good or not.
  public void signOut(String token, Call call) {
    read(token).ifPresent(said -> end(new Value.Uuid(said.session()), call));
  }

  /// Refuses who did not sign in themselves just now.
  ///
  /// @param within how long ago at most
  void requireFresh(Records records, Caller.User caller, Duration within, Instant now) {
    var fresh =
        sessions(records, now)
            .find(session(caller))
            .filter(session -> Fields.text(session, "impersonator").isEmpty())
            .filter(session -> !now.isAfter(Fields.moment(session, "createdAt").plus(within)));
    if (fresh.isEmpty()) {
      throw problem(new SignInAgain(within.toMinutes()));
    }
  }

  /// Ends the session of a caller.
  public void signOut(Caller.User caller, Call call) {
    if (session(caller) instanceof Value.Uuid id) {
      end(id, call);
    }
  }

  private void end(Value session, Call call) {
    base.together(call, records -> ended(records, session, call, Kind.SIGNED_OUT));
    callers.distrust();
  }

  /// Ends a session, and says so; false where it had ended.
  ///
  /// @param kind unless somebody acted in the user's name
  private boolean ended(Records records, Value id, Call call, Kind kind) {
    var sessions = sessions(records, call.time());
    if (!sessions.end(id)) {
      return false;
    }
    var session = sessions.find(id).orElseThrow();
    boolean own = Fields.text(session, "impersonator").isEmpty();
    var detail = Map.of(SESSION, Value.of(plain(id)));
    var what = own ? kind : Kind.IMPERSONATION_ENDED;
    base.reports().done(records, what, session.value("user"), call, detail);
    return true;
  }

  /// The session in which somebody calls; the null value where there is none.
  public static Value session(Caller.User caller) {
    return caller.claims().getOrDefault(UserCallers.SESSION, Value.NULL);
  }

  /// Whether somebody else acts in the name of a caller.
  public static boolean impersonated(Caller.User caller) {
    return !caller.impersonator().isEmpty();
  }

  /// The sessions of a caller that go on, the latest first.
  public List<Row> all(Caller.User caller, Call call) {
    return sessions(base.records(call), call.time()).of(caller.id());
  }

  /// Ends one session of a caller's; false where it is not theirs or has ended.
  public boolean end(Caller.User caller, Value id, Call call) {
    var sessions = sessions(base.records(call), call.time());
    var own =
        sessions
            .find(id)
            .filter(session -> session.value("user").equals(caller.id()))
            .filter(sessions::lives);
    if (own.isEmpty()
        || !base.together(
            call, records -> ended(records, own.get().id(), call, Kind.SESSION_ENDED))) {
      return false;
    }
    callers.distrust();
    return true;
  }

  /// Ends all sessions of a caller but the one in which they call.
  public void endOthers(Caller.User caller, Call call) {
    base.together(call, records -> endedOthers(records, caller, call));
    callers.distrust();
  }

  private int endedOthers(Records records, Caller.User caller, Call call) {
    int ended = sessions(records, call.time()).endAll(caller.id(), session(caller));
    if (ended > 0) {
      var detail = Map.of("sessions", Value.of(ended));
      base.reports().done(records, Kind.SESSION_ENDED, caller.id(), call, detail);
    }
    return ended;
  }

  /// Ends all sessions of a user, in the transaction of what makes that needed; then
  /// [Callers#distrust].
  ///
  /// @param kept goes on; the null value where none does
  public void endAll(Records records, Value user, Value kept, Instant now) {
    var _ = sessions(records, now).endAll(user, kept);
  }

  private Optional<Said> read(String token) {
    return carriers.read(OpaqueToken.Kind.REFRESH, token);
  }

  private Sessions sessions(Records records, Instant now) {
    return new Sessions(records, lengths, now);
  }

  private static RuntimeException refused() {
    return problem(new BadCredentials("The refresh token is not good, or no longer. Sign in."));
  }
}
