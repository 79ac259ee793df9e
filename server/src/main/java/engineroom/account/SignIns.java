package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.password.PasswordRules.Protection;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.modelfile.AccountSettings.Confirm;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.records.Records;
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
    var proved = proved(candidates(login, visit), password);
    var opened =
        proved.flatMap(
            right -> base.together(visit.call(), records -> opened(records, right, visit)));
    return opened.map(way -> entrance.answer(way, visit.carrier())).orElseThrow(SignIns::refused);
  }

  /// Whose password it may be, in the order in which it is tried. How many they are depends on how
  /// the login is written, and never on who is there.
  private List<Optional<Row>> candidates(String login, Visit visit) {
    var users = new Users(base.records(visit.call()));
    if (!login.contains("@")) {
      return List.of(users.byUserName(login));
    }
    return switch (base.settings().confirm()) {
      case OPTIONAL -> List.of(users.byEmail(login), users.claiming(login));
      case REQUIRED -> List.of(users.byEmail(login));
    };
  }

  private Optional<Proved> proved(List<Optional<Row>> candidates, String password) {
    for (var candidate : candidates) {
      var user = candidate.orElse(null);
      var hash = user == null ? "" : Fields.text(user, "password");
      if (user == null || hash.isEmpty()) {
        base.passwords().waste(password);
        continue;
      }
      switch (base.passwords().verify(password, hash)) {
        case RIGHT -> {
          return Optional.of(new Proved(user, hash, null));
        }
        case RIGHT_BUT_WEAK -> {
          return Optional.of(new Proved(user, hash, base.passwords().hash(password)));
        }
        case WRONG -> {}
      }
    }
    return Optional.empty();
  }

  /// As the rows are now: much may have changed while the password was compared.
  private Optional<Entrance.Opened> opened(Records records, Proved proved, Visit visit) {
    var users = new Users(records);
    var user = users.find(proved.user().id()).filter(row -> welcome(row, proved)).orElse(null);
    if (user == null) {
      return Optional.empty();
    }
    if (proved.better() != null) {
      users.change(user.id(), Map.of("password", Value.of(proved.better())));
    }
    return Optional.of(entrance.open(records, user, visit));
  }

  private boolean welcome(Row user, Proved proved) {
    boolean confirmed =
        base.settings().confirm() == Confirm.OPTIONAL || Fields.yes(user, "emailVerified");
    return confirmed
        && !Fields.yes(user, "suspended")
        && Fields.text(user, "password").equals(proved.hash());
  }

  private static RuntimeException refused() {
    return problem(new BadCredentials("The login or the password is not right."));
  }

  /// Whether a password is the one of a user, by their row: never of nobody, which takes as long.
  public boolean knows(@Nullable Row user, String password) {
    return proved(List.of(Optional.ofNullable(user)), password).isPresent();
  }

  /// Changes the password of a caller, who knows the present one. All their sessions end but the
  /// one in which they call.
  public void changePassword(Caller.User caller, String current, String next, Call call) {
    var user = new Users(base.records(call)).find(caller.id());
    if (proved(List.of(user), current).isEmpty()) {
      throw problem(new BadCredentials("The current password is not right."));
    }
    refuseWhereWeak(user.orElseThrow(), next);
    var before = Fields.text(user.orElseThrow(), "password");
    var hash = base.passwords().hash(next);
    boolean changed =
        base.together(call, records -> changed(records, caller, new Change(before, hash), call));
    if (!changed) {
      throw problem(new BadCredentials("The current password is not right."));
    }
    callers.distrust();
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
