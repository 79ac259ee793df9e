package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Reports.Way;
import engineroom.account.Trials.Login;
import engineroom.account.password.PasswordRules.Protection;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.modelfile.AccountSettings.Confirm;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.ProblemException;
import engineroom.records.Records;
import engineroom.throttle.Attempts.Attempt;
import engineroom.throttle.Attempts.Door;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Signs in by a password, and changes it. Passwords are hashed outside of transactions, and as
/// often for those who are not there as for those who are.
public final class SignIns {
  private final Base base;
  private final Entrance entrance;
  private final SessionWork sessions;
  private final Callers callers;

  SignIns(Base base, Entrance entrance, SessionWork sessions, Callers callers) {
    this.base = base;
    this.entrance = entrance;
    this.sessions = sessions;
    this.callers = callers;
  }

  /// A user whose password was right.
  ///
  /// @param hash that it was compared with
  /// @param better takes its place; null where it is good as it is
  private record Proved(Row user, String hash, @Nullable String better) {}

  /// Begins a session.
  ///
  /// @param login an e-mail address or a user name
  public SignInAnswer signIn(String login, String password, Visit visit) {
    var call = visit.call();
    var candidates = candidates(login, call);
    var attempt = begin(candidates, call);
    var shown = new Entrance.Shown(attempt, Way.PASSWORD);
    var opened =
        proved(candidates, attempt, password, call)
            .flatMap(right -> base.together(call, records -> opened(records, right, visit, shown)));
    if (opened.isEmpty()) {
      base.reports().refused(Kind.SIGN_IN_FAILED, first(candidates), call, Way.PASSWORD);
      throw problem(new BadCredentials("The login or the password is not right."));
    }
    return entrance.answer(opened.get(), visit.carrier());
  }

  /// Whose password it may be.
  ///
  /// @param account for whom it is counted
  private record Candidate(Optional<Row> user, String account) {
    static Candidate of(Optional<Row> user, Login login, String typed) {
      return new Candidate(user, Trials.account(user, login, typed));
    }

    static Candidate of(Row user) {
      return new Candidate(Optional.of(user), Trials.account(user.id()));
    }
  }

  /// In the order in which they are tried. How many they are depends on how the login is written,
  /// and never on who is there.
  private List<Candidate> candidates(String login, Call call) {
    var users = new Users(base.records(call));
    if (!login.contains("@")) {
      return List.of(Candidate.of(users.byUserName(login), Login.USER_NAME, login));
    }
    var confirmed = Candidate.of(users.byEmail(login), Login.ADDRESS, login);
    return switch (base.settings().confirm()) {
      case OPTIONAL -> List.of(confirmed, claiming(users, login));
      case REQUIRED -> List.of(confirmed);
    };
  }

  private static Candidate claiming(Users users, String login) {
    return Candidate.of(users.claiming(login), Login.CLAIM, login);
  }

  private Attempt begin(List<Candidate> candidates, Call call) {
    var accounts = candidates.stream().map(Candidate::account).toList();
    return base.trials().begin(Door.PASSWORD, accounts, call);
  }

  private static Value first(List<Candidate> candidates) {
    return candidates.stream()
        .flatMap(candidate -> candidate.user().stream())
        .findFirst()
        .map(Row::id)
        .orElse(Value.NULL);
  }

  /// Looks at those alone whose attempt it is; for the others as much is done. What is too busy to
  /// look at anybody takes the attempt back.
  private Optional<Proved> proved(
      List<Candidate> candidates, Attempt attempt, String password, Call call) {
    var proved = Optional.<Proved>empty();
    try {
      proved = compared(candidates.getFirst(), attempt, password);
    } catch (ProblemException busy) {
      base.together(call, records -> passed(records, attempt));
      throw busy;
    }
    for (int i = 1; i < candidates.size() && proved.isEmpty(); i++) {
      proved = compared(candidates.get(i), attempt, password);
    }
    return proved;
  }

  private Optional<Proved> compared(Candidate candidate, Attempt attempt, String password) {
    var user =
        candidate.user().filter(_ -> attempt.accounts().contains(candidate.account())).orElse(null);
    var hash = user == null ? "" : Fields.text(user, "password");
    if (user == null || hash.isEmpty()) {
      base.passwords().waste(password);
      return Optional.empty();
    }
    return switch (base.passwords().verify(password, hash)) {
      case RIGHT -> Optional.of(new Proved(user, hash, null));
      case RIGHT_BUT_WEAK -> Optional.of(new Proved(user, hash, base.passwords().hash(password)));
      case WRONG -> Optional.empty();
    };
  }

  /// As the rows are now: much may have changed while the password was compared.
  private Optional<Entrance.Opened> opened(
      Records records, Proved proved, Visit visit, Entrance.Shown shown) {
    var users = new Users(records);
    var user = users.find(proved.user().id()).filter(row -> welcome(row, proved)).orElse(null);
    if (user == null) {
      return Optional.empty();
    }
    if (proved.better() != null) {
      users.change(user.id(), Map.of("password", Value.of(proved.better())));
    }
    return Optional.of(entrance.open(records, user, visit, shown));
  }

  private boolean welcome(Row user, Proved proved) {
    boolean confirmed =
        base.settings().confirm() == Confirm.OPTIONAL || Fields.yes(user, "emailVerified");
    return confirmed
        && !Fields.yes(user, "suspended")
        && Fields.text(user, "password").equals(proved.hash());
  }

  /// Whether a password is the one of a user, by their row. It counts as an attempt.
  public boolean knows(Row user, String password, Call call) {
    return knows(Candidate.of(user), password, call);
  }

  /// The same, as a part of an attempt that is counted already.
  boolean knows(Row user, String password, Attempt attempt, Call call) {
    return proved(List.of(Candidate.of(user)), attempt, password, call).isPresent();
  }

  private boolean knows(Candidate candidate, String password, Call call) {
    var candidates = List.of(candidate);
    var attempt = begin(candidates, call);
    boolean right = proved(candidates, attempt, password, call).isPresent();
    if (right) {
      base.together(call, records -> passed(records, attempt));
    }
    return right;
  }

  private boolean passed(Records records, Attempt attempt) {
    base.trials().passed(records, attempt);
    return true;
  }

  /// The user who signed up with an address that is not confirmed yet, where the password is
  /// theirs: for nobody it takes as long.
  public Optional<Row> claiming(String email, String password, Call call) {
    var candidate = claiming(new Users(base.records(call)), email);
    return knows(candidate, password, call) ? candidate.user() : Optional.empty();
  }

  /// Changes the password of a caller, who knows the present one. All their sessions end but the
  /// one in which they call.
  public void changePassword(Caller.User caller, String current, String next, Call call) {
    var user = new Users(base.records(call)).find(caller.id()).orElseThrow(SignIns::wrong);
    if (!knows(user, current, call)) {
      base.reports().refused(Kind.PASSWORD_CHANGED, user.id(), call, Way.PASSWORD);
      throw wrong();
    }
    refuseWhereWeak(user, next);
    var before = Fields.text(user, "password");
    var hash = base.passwords().hash(next);
    boolean changed =
        base.together(call, records -> changed(records, caller, new Change(before, hash), call));
    if (!changed) {
      throw wrong();
    }
    callers.distrust();
  }

  private static RuntimeException wrong() {
    return problem(new BadCredentials("The current password is not right."));
  }

  private record Change(String before, String hash) {}

  private boolean changed(Records records, Caller.User caller, Change change, Call call) {
    var users = new Users(records);
    var user = users.find(caller.id()).orElse(null);
    if (user == null || !Fields.text(user, "password").equals(change.before())) {
      return false;
    }
    sessions.endAll(records, user.id(), SessionWork.session(caller), call.time());
    Tickets.endAll(records, user.id(), call.time());
    users.change(
        user.id(),
        Map.of(
            "password", Value.of(change.hash()), "passwordAt", new Value.Timestamp(call.time())));
    base.reports().done(records, Kind.PASSWORD_CHANGED, user.id(), call);
    if (!Fields.text(user, "email").isEmpty()) {
      var time = call.time().truncatedTo(ChronoUnit.SECONDS).toString();
      base.mail(records, "password-changed", user, "email", Map.of("time", time));
    }
    return true;
  }

  /// Refuses a password that its user may not choose.
  public void refuseWhereWeak(Row user, String password) {
    var protection =
        Fields.yes(user, "secondFactor") ? Protection.SECOND_FACTOR : Protection.PASSWORD_ALONE;
    refuseWhereWeak(user, password, protection);
  }

  /// Refuses a password that is not enough with that protection.
  void refuseWhereWeak(Row user, String password, Protection protection) {
    var context =
        List.of(
            base.model().name(),
            Fields.text(user, "email"),
            Fields.text(user, "newEmail"),
            Fields.text(user, "name"),
            Fields.text(user, "userName"));
    var violations = base.rules().violations(password, protection, context);
    if (!violations.isEmpty()) {
      throw problem(new NotValid(violations));
    }
  }
}
