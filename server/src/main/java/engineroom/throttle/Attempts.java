package engineroom.throttle;

import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.modelfile.Rates.Rate;
import engineroom.records.Records;
import engineroom.records.Where;
import engineroom.throttle.Tally.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Attempts at credentials, counted before they are looked at, in the store: whoever guesses many
/// at once has used them up before the first is found wrong, and a restart forgets none.
///
/// Every door of credentials shares the counts of an account. They are made of what the server
/// knows: the account and the address of the client.
public final class Attempts {
  static final String ENTITY = "attempt";

  /// Wrong ones in a row before somebody has to wait.
  public static final int FREE = 5;

  /// Wrong ones in a row before an account is locked until it is unlocked (NIST SP 800-63B).
  public static final int CAP = 100;

  static final Duration WAIT_FIRST = Duration.ofSeconds(1);
  static final Duration WAIT_MAX = Duration.ofMinutes(15);

  /// How long an address is known from which an account was signed in to.
  static final Duration KNOWN = Duration.ofDays(30);

  private static final int FORGOTTEN_AT_ONCE = 1_000;

  private final InstantSource clock;
  private final Supplier<@Nullable Rate> rate;
  private final Unlocking unlocking;

  /// @param rate of the settings: attempts for each account and each address; null for no limit
  ///   besides the waiting
  public Attempts(InstantSource clock, Supplier<@Nullable Rate> rate, Unlocking unlocking) {
    this.clock = clock;
    this.rate = rate;
    this.unlocking = unlocking;
  }

  /// Where credentials are tried.
  public enum Door {
    PASSWORD,
    ONE_TIME_CODE,
    RECOVERY_CODE,
    LINK,
    API_KEY,
    DEVICE,
    SIGN_UP,
    RESET,
    ADMINISTRATOR
  }

  /// Tells an account's holder how to unlock it.
  public interface Unlocking {
    /// The account was locked just now. What is written here is kept with that.
    void locked(Records within, String account);
  }

  /// One attempt under way.
  ///
  /// @param account null where the credential alone says whose it is
  public record Attempt(Door door, @Nullable String account, String address, Instant time) {}

  /// What came of asking to try.
  public sealed interface Verdict {
    /// It may be looked at.
    record Go(Attempt attempt) implements Verdict {}

    /// Not before.
    record Wait(Instant until) implements Verdict {}

    /// Not before the account is unlocked.
    record Locked() implements Verdict {}
  }

  /// Counts an attempt, durably, before its credentials are looked at.
  ///
  /// @param records outside a transaction: this makes its own, which is over when it returns
  /// @param account the id of the row or, where there is none, the login as it is compared; null
  ///   where only the credential says whose it is
  /// @param address of the client, as the call has it
  public Verdict begin(Records records, Door door, @Nullable String account, String address) {
    var attempt = new Attempt(door, account, AddressKey.prefix(address), clock.instant());
    return records.together(within -> begin(within, attempt));
  }

  private Verdict begin(Records within, Attempt attempt) {
    var now = attempt.time();
    var tallies = tallies(within, attempt);
    var limit = rate.get();
    var until = tallies.stream().map(t -> t.until(now, limit)).max(Instant::compareTo).orElse(now);
    var locked = tallies.stream().filter(Tally::capped).findFirst();
    if (locked.isPresent()) {
      return locked(within, attempt, locked.get());
    }
    if (until.isAfter(now)) {
      return new Verdict.Wait(until);
    }
    tallies.forEach(tally -> tally.counted(now, limit).keep(within));
    return new Verdict.Go(attempt);
  }

  private Verdict locked(Records within, Attempt attempt, Tally tally) {
    if (tally.told() == null && attempt.account() != null) {
      tally.toldAt(attempt.time()).keep(within);
      unlocking.locked(within, attempt.account());
    }
    return new Verdict.Locked();
  }

  /// What an attempt is counted for. Somebody who signed in from here before waits for their own
  /// mistakes only, so that others can't keep them out; the cap holds for them too.
  private static List<Tally> tallies(Records within, Attempt attempt) {
    var tallies = new ArrayList<Tally>();
    tallies.add(Tally.read(within, Subject.address(attempt.address()), attempt.time()));
    var account = attempt.account();
    if (account != null) {
      var here = Tally.read(within, Subject.both(account, attempt.address()), attempt.time());
      var all = Tally.read(within, Subject.account(account), attempt.time());
      tallies.add(here);
      tallies.add(here.knownAt(attempt.time()) ? all.withoutWaiting() : all);
    }
    return tallies;
  }

  /// The credential was right, but more are asked for: this attempt counts no more, those before it
  /// do.
  ///
  /// @param within the transaction of what follows
  public void passed(Records within, Attempt attempt) {
    tallies(within, attempt).forEach(tally -> tally.takenBack().keep(within));
  }

  /// All that is asked for was right: those before count no more either.
  ///
  /// @param within the transaction of what follows
  public void succeeded(Records within, Attempt attempt) {
    var account = attempt.account();
    var address = Subject.address(attempt.address());
    Tally.read(within, address, attempt.time()).takenBack().keep(within);
    if (account != null) {
      var both = Subject.both(account, attempt.address());
      var here = Tally.read(within, both, attempt.time());
      here.takenBack().cleared(attempt.time()).signedIn(attempt.time()).keep(within);
      var all = Tally.read(within, Subject.account(account), attempt.time());
      all.takenBack().cleared(attempt.time()).keep(within);
    }
  }

  /// Lets an account be tried again: its holder followed the link, set a new password, or an
  /// administrator said so.
  public void unlock(Records within, String account) {
    var now = clock.instant();
    Tally.read(within, Subject.account(account), now).cleared(now).keep(within);
  }

  /// Forgets what nobody has to wait for any more.
  static void forget(Records records, Instant now) {
    var over = Where.ALL.and("forgetAt", Comparison.LESS, new Value.Timestamp(now));
    var some = records.all(ENTITY, over, FORGOTTEN_AT_ONCE);
    if (!some.isEmpty()) {
      var last = some.getLast().id();
      var these = over.and("id", Comparison.LESS_OR_EQUAL, last);
      records.deleteWhere(ENTITY, these, 2 * FORGOTTEN_AT_ONCE);
    }
  }
}
