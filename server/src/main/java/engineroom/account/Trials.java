package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.Engine;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.problem.AuthorizeProblem.AccountLocked;
import engineroom.problem.AuthorizeProblem.TriedTooOften;
import engineroom.records.Records;
import engineroom.throttle.Attempts;
import engineroom.throttle.Attempts.Attempt;
import engineroom.throttle.Attempts.Door;
import engineroom.throttle.Attempts.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Where every credential of an account is counted before it is looked at, whichever door it comes
/// by: passwords, codes, links, and what is asked for by an address.
public final class Trials {
  /// Whose account it may be, where there is one.
  private static final String USER = "user ";

  private final Engine engine;
  private final Attempts attempts;
  private final Lockouts lockouts;
  private final Reports reports;

  Trials(Engine engine, Attempts attempts, Lockouts lockouts, Reports reports) {
    this.engine = engine;
    this.attempts = attempts;
    this.lockouts = lockouts;
    this.reports = reports;
  }

  /// What a login can be, as far as counting goes: each kind has its own count, so that nobody
  /// learns from a count which of them is there.
  public enum Login {
    USER_NAME,
    ADDRESS,
    /// An address that somebody signed up with and nobody confirmed.
    CLAIM
  }

  /// Whom attempts are counted for: the user or, where there is none, what was typed. Both are
  /// counted in the same way.
  public static String account(Optional<Row> user, Login login, String typed) {
    return user.map(Row::id)
        .map(Trials::account)
        .orElseGet(() -> login + " " + Users.folded(typed).toLowerCase(Locale.ROOT));
  }

  /// The same for a user who is there.
  public static String account(Value user) {
    return USER + SessionWork.plain(user);
  }

  /// Counts an attempt. Refused where there were too many.
  ///
  /// @param accounts whose it may be; those that have to wait are missing in the attempt
  public Attempt begin(Door door, List<String> accounts, Call call) {
    var verdict =
        attempts.begin(
            records(call),
            door,
            accounts,
            call.address(),
            (within, account) -> locked(within, account, call));
    return switch (verdict) {
      case Verdict.Go(var attempt) -> attempt;
      case Verdict.Wait(var until) ->
          throw problem(new TriedTooOften(Duration.between(call.time(), until)));
      case Verdict.Locked() -> throw problem(new AccountLocked());
    };
  }

  private Records records(Call call) {
    return new Records(engine.model(), engine, call);
  }

  private void locked(Records within, String account, Call call) {
    var user =
        account.startsWith(USER)
            ? new Users(within).find(Users.id(account.substring(USER.length())))
            : Optional.<Row>empty();
    lockouts.tell(within, user, call);
    user.ifPresent(row -> reports.done(within, Kind.LOCKED, row.id(), call));
  }

  /// Counts one more who signs up or asks for a mail, by their address and by what they typed.
  public void asked(Door door, String typed, Call call) {
    var account = Users.folded(typed).toLowerCase(Locale.ROOT);
    var _ = begin(door, typed.isEmpty() ? List.of() : List.of(account), call);
  }

  /// Uses a token that nobody can guess, in a transaction of its own. It counts for the address
  /// from which it comes, unless it is good.
  ///
  /// @param use empty where it is not good
  public <T> Optional<T> byToken(Call call, Function<Records, Optional<T>> use) {
    var attempt = begin(Door.LINK, List.of(), call);
    return records(call)
        .together(
            within -> {
              var used = use.apply(within);
              used.ifPresent(_ -> passed(within, attempt));
              return used;
            });
  }

  /// What was shown was right, but lets nobody in by itself.
  public void passed(Records within, Attempt attempt) {
    attempts.passed(within, attempt);
  }

  /// Everything that is asked for was right: somebody is in.
  public void succeeded(Records within, Attempt attempt, Value user, Call call) {
    if (attempts.succeeded(within, attempt, account(user))) {
      reports.done(within, Kind.UNLOCKED, user, call);
    }
  }

  /// Lets a user's credentials be looked at again; nothing where they are.
  public void unlock(Records within, Value user, Call call) {
    if (attempts.unlock(within, account(user), call.address())) {
      reports.done(within, Kind.UNLOCKED, user, call);
    }
  }
}
