package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Reports.Way;
import engineroom.account.password.PasswordRules.Protection;
import engineroom.account.password.RecoveryCodes;
import engineroom.account.password.Totp;
import engineroom.account.token.MasterKey;
import engineroom.account.token.OpaqueToken;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import engineroom.records.Records;
import engineroom.records.Where;
import engineroom.throttle.Attempts.Attempt;
import engineroom.throttle.Attempts.Door;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The codes of an authenticator app as a second factor, and recovery codes for who loses it.
public final class SecondFactors {
  /// How long after signing in the app's first code turns the factor on.
  private static final Duration CONFIRMED_WITHIN = Duration.ofMinutes(15);

  private static final String ON = "secondFactor";
  private static final String SECRET = "totpSecret";
  private static final String STEP = "totpStep";

  private final Base base;
  private final Entrance entrance;
  private final SignIns signIns;
  private final SessionWork sessions;
  private final Callers callers;
  private final Sealing sealing;

  SecondFactors(
      Base base,
      Entrance entrance,
      SignIns signIns,
      SessionWork sessions,
      Callers callers,
      Sealing sealing) {
    this.base = base;
    this.entrance = entrance;
    this.signIns = signIns;
    this.sessions = sessions;
    this.callers = callers;
    this.sealing = sealing;
  }

  /// What keeps the secrets of authenticators out of the database's sight.
  record Sealing(MasterKey master, SecureRandom random) {
    private String seal(Value user, String secret) {
      return master.seal(secret.getBytes(StandardCharsets.UTF_8), place(user), random);
    }

    /// The secret of a user who has one.
    private String open(Row user) {
      var sealed = Fields.text(user, SECRET);
      return new String(master.open(sealed, place(user.id())), StandardCharsets.UTF_8);
    }

    private static String place(Value user) {
      return "user/" + SessionWork.plain(user) + "/" + SECRET;
    }
  }

  /// What an authenticator app takes.
  ///
  /// @param uri the same as a QR code shows it
  public record Begun(String secret, String uri) {}

  /// What shows that somebody has the second factor.
  public sealed interface Proof {
    /// Of the authenticator app.
    record Code(String text) implements Proof {}

    /// One that was printed.
    record Recovery(String text) implements Proof {}

    private Door door() {
      return switch (this) {
        case Code _ -> Door.ONE_TIME_CODE;
        case Recovery _ -> Door.RECOVERY_CODE;
      };
    }

    private Way way() {
      return switch (this) {
        case Code _ -> Way.AUTHENTICATOR;
        case Recovery _ -> Way.RECOVERY_CODE;
      };
    }
  }

  /// Makes the secret for an authenticator app. Nothing is asked for before a first code confirms
  /// it.
  public Begun begin(Caller.User caller, Call call) {
    var records = base.records(call);
    sessions.requireFresh(records, caller, SessionWork.FRESH, call.time());
    var user = new Users(records).find(caller.id()).orElseThrow(SecondFactors::gone);
    var secret = new Totp(sealing.random()).newSecret();
    var sealed = Value.of(sealing.seal(user.id(), secret));
    var off = Where.is("id", user.id()).andIs(ON, Value.of(false));
    if (records.changeWhere(Users.ENTITY, off, Map.of(SECRET, sealed, STEP, Value.NULL), 1) == 0) {
      throw problem(
          new NotAllowed("There is a second factor already: DELETE /auth/mfa/totp first."));
    }
    return new Begun(secret, Totp.uri(base.model().name(), account(user), secret));
  }

  /// What the authenticator app shows beside the code.
  private static String account(Row user) {
    return List.of("email", "newEmail", "userName", "name").stream()
        .map(field -> Fields.text(user, field))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseGet(() -> SessionWork.plain(user.id()));
  }

  /// Turns the second factor on by a first code, and gives the recovery codes, once. All other
  /// sessions of the user end.
  public List<String> confirm(Caller.User caller, String code, Call call) {
    var made = new RecoveryCodes(sealing.random()).create();
    var attempt = begin(new Proof.Code(code), caller.id(), call);
    boolean on =
        base.together(
            call,
            records -> {
              sessions.requireFresh(records, caller, CONFIRMED_WITHIN, call.time());
              return confirmed(records, caller, code, call)
                  && changed(records, caller, "second-factor-on", call)
                  && renewed(records, caller.id(), made)
                  && passed(records, attempt, caller, Kind.FACTOR_ADDED, call);
            });
    if (!on) {
      base.reports().refused(Kind.FACTOR_ADDED, caller.id(), call, Way.AUTHENTICATOR);
      var message = "is not the code of this moment: look at the clock of the device";
      throw problem(new NotValid(List.of(new Violation("code", "code", message))));
    }
    callers.distrust();
    return made;
  }

  private Attempt begin(Proof proof, Value user, Call call) {
    return base.trials().begin(proof.door(), List.of(Trials.account(user)), call);
  }

  /// What was shown was right, and this came of it.
  private boolean passed(
      Records records, Attempt attempt, Caller.User caller, Kind kind, Call call) {
    base.trials().passed(records, attempt);
    base.reports().done(records, kind, caller.id(), call);
    return true;
  }

  private boolean confirmed(Records records, Caller.User caller, String code, Call call) {
    var user = new Users(records).find(caller.id()).orElseThrow(SecondFactors::gone);
    if (Fields.yes(user, ON) || Fields.text(user, SECRET).isEmpty()) {
      throw problem(new NotAllowed("Nothing waits for a code: POST /auth/mfa/totp first."));
    }
    var step = Totp.verify(sealing.open(user), code, call.time(), -1);
    var waiting =
        Where.is("id", user.id())
            .andIs(ON, Value.of(false))
            .andIs(SECRET, Value.of(Fields.text(user, SECRET)));
    return step.isPresent()
        && records.changeWhere(
                Users.ENTITY,
                waiting,
                Map.of(ON, Value.of(true), STEP, Value.of(step.getAsLong())),
                1)
            == 1;
  }

  /// Ends what was begun under the factors of before, and tells the user.
  private boolean changed(Records records, Caller.User caller, String mail, Call call) {
    sessions.endAll(records, caller.id(), SessionWork.session(caller), call.time());
    Tickets.endAll(records, caller.id(), call.time());
    new Users(records)
        .find(caller.id())
        .filter(user -> !Fields.text(user, "email").isEmpty())
        .ifPresent(
            user -> {
              var time = call.time().truncatedTo(ChronoUnit.SECONDS).toString();
              base.mail(records, mail, user, "email", Map.of("time", time));
            });
    return true;
  }

  private static boolean renewed(Records records, Value user, List<String> codes) {
    new RecoveryRows(records).replace(user, codes);
    return true;
  }

  /// Shows the second factor after the first, and so begins the session.
  ///
  /// @param token of the step
  public SignedIn verify(String token, Proof proof, Visit visit) {
    var call = visit.call();
    var tickets = tickets(base.records(call), call);
    var user =
        tickets.find(OpaqueToken.Kind.SECOND_FACTOR, token).map(ticket -> ticket.value("user"));
    var accounts = user.map(Trials::account).stream().toList();
    var attempt = base.trials().begin(proof.door(), accounts, call);
    var shown = new Entrance.Shown(attempt, proof.way());
    var begun =
        tickets.tries(OpaqueToken.Kind.SECOND_FACTOR, token)
            ? base.together(call, records -> passed(records, token, proof, visit, shown))
            : Optional.<Entrance.Opened.Begun>empty();
    if (begun.isEmpty()) {
      var about = user.orElse(Value.NULL);
      base.reports().refused(Kind.SIGN_IN_FAILED, about, call, proof.way());
      throw refused();
    }
    return entrance.carried(begun.get(), visit.carrier());
  }

  /// A proof counts only with the step, and a step only with the proof.
  private Optional<Entrance.Opened.Begun> passed(
      Records records, String token, Proof proof, Visit visit, Entrance.Shown shown) {
    var now = visit.call().time();
    var tickets = tickets(records, visit.call());
    var user =
        tickets
            .find(OpaqueToken.Kind.SECOND_FACTOR, token)
            .flatMap(ticket -> new Users(records).find(ticket.value("user")))
            .filter(row -> Fields.yes(row, ON) && !Fields.yes(row, "suspended"));
    if (user.isEmpty() || !proves(records, user.get(), proof, now)) {
      return Optional.empty();
    }
    if (tickets.use(OpaqueToken.Kind.SECOND_FACTOR, token).isEmpty()) {
      throw refused(); // what the proof has used up comes back with the transaction
    }
    return Optional.of(entrance.begin(records, user.get(), visit, shown));
  }

  private boolean proves(Records records, Row user, Proof proof, Instant now) {
    return switch (proof) {
      case Proof.Code(var code) -> takes(records, user, code, now);
      case Proof.Recovery(var code) -> new RecoveryRows(records).use(user.id(), code, now);
    };
  }

  /// Takes a code of the app, each once.
  private boolean takes(Records records, Row user, String code, Instant now) {
    if (Fields.text(user, SECRET).isEmpty()) {
      return false;
    }
    var step = Totp.verify(sealing.open(user), code, now, Fields.number(user, STEP));
    if (step.isEmpty()) {
      return false;
    }
    var used = Value.of(step.getAsLong());
    var later =
        Where.is("id", user.id())
            .andIs(ON, Value.of(true))
            .andIs(SECRET, Value.of(Fields.text(user, SECRET)))
            .and(STEP, Comparison.LESS, used);
    return records.changeWhere(Users.ENTITY, later, Map.of(STEP, used), 1) == 1;
  }

  private Tickets tickets(Records records, Call call) {
    return new Tickets(records, sealing.random(), call.time());
  }

  private static RuntimeException refused() {
    return problem(
        new BadCredentials("The code is not right or was used, or signing in took too long."));
  }

  /// Turns the second factor off. What is left must be enough: a password that is good alone. All
  /// other sessions of the user end.
  ///
  /// @param password null where the user has none: then who signed in just now may
  public void remove(Caller.User caller, @Nullable String password, Proof proof, Call call) {
    var user = caller(caller, password, call);
    var attempt = begin(proof, user.id(), call);
    boolean knows = password == null || signIns.knows(user, password, attempt, call);
    if (knows && password != null) {
      signIns.refuseWhereWeak(user, password, Protection.PASSWORD_ALONE);
    }
    boolean removed =
        knows
            && base.together(
                call,
                records ->
                    proven(records, user, proof, call)
                        && removed(records, user.id())
                        && changed(records, caller, "second-factor-off", call)
                        && passed(records, attempt, caller, Kind.FACTOR_REMOVED, call));
    done(removed, Kind.FACTOR_REMOVED, user, proof, call);
  }

  private static boolean removed(Records records, Value user) {
    new RecoveryRows(records).forget(user);
    var off = Map.of(ON, Value.of(false), SECRET, Value.NULL, STEP, Value.NULL);
    return records.changeWhere(Users.ENTITY, Where.is("id", user).andIs(ON, Value.of(true)), off, 1)
        == 1;
  }

  /// New recovery codes instead of those before. All other sessions of the user end.
  ///
  /// @param password null where the user has none: then who signed in just now may
  public List<String> renew(Caller.User caller, @Nullable String password, Proof proof, Call call) {
    var user = caller(caller, password, call);
    var made = new RecoveryCodes(sealing.random()).create();
    var attempt = begin(proof, user.id(), call);
    boolean knows = password == null || signIns.knows(user, password, attempt, call);
    boolean renewed =
        knows
            && base.together(
                call,
                records ->
                    proven(records, user, proof, call)
                        && renewed(records, user.id(), made)
                        && changed(records, caller, "recovery-codes", call)
                        && passed(records, attempt, caller, Kind.FACTOR_ADDED, call));
    done(renewed, Kind.FACTOR_ADDED, user, proof, call);
    return made;
  }

  /// The row of a caller who has a second factor, and gives a password where they have one.
  private Row caller(Caller.User caller, @Nullable String password, Call call) {
    var records = base.records(call);
    var user = new Users(records).find(caller.id()).orElseThrow(SecondFactors::gone);
    if (!Fields.yes(user, ON)) {
      throw problem(new NotAllowed("There is no second factor."));
    }
    if (password == null && Fields.text(user, "password").isEmpty()) {
      sessions.requireFresh(records, caller, SessionWork.FRESH, call.time());
    } else if (password == null) {
      var missing = new Violation("password", "required", "is required");
      throw problem(new NotValid(List.of(missing)));
    }
    return user;
  }

  /// As the row is now: much may have changed while the password was compared.
  private boolean proven(Records records, Row known, Proof proof, Call call) {
    return new Users(records)
        .find(known.id())
        .filter(user -> Fields.text(user, "password").equals(Fields.text(known, "password")))
        .filter(user -> Fields.yes(user, ON) && proves(records, user, proof, call.time()))
        .isPresent();
  }

  private void done(boolean changed, Kind asked, Row user, Proof proof, Call call) {
    if (!changed) {
      base.reports().refused(asked, user.id(), call, proof.way());
      throw notRight();
    }
    callers.distrust();
  }

  private static RuntimeException notRight() {
    return problem(new BadCredentials("The password or the code is not right, or was used."));
  }

  private static RuntimeException gone() {
    return problem(new BadCredentials("There is no such account any more."));
  }
}
