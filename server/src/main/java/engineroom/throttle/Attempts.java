package engineroom.throttle;

import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.modelfile.Rates.Rate;
import engineroom.records.Records;
import engineroom.records.Where;
import engineroom.throttle.Tally.Subject;
import engineroom.throttle.Tally.Subject.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

  /// How long after an account's holder was told that it is locked they are told again.
  public static final Duration TOLD_EVERY = Duration.ofDays(1);

  private static final int FORGOTTEN_AT_ONCE = 1_000;

  private final InstantSource clock;
  private final Supplier<@Nullable Rate> rate;

  /// @param rate of the settings: attempts for each account and each address; null for no limit
  ///   besides the waiting
  public Attempts(InstantSource clock, Supplier<@Nullable Rate> rate) {
    this.clock = clock;
    this.rate = rate;
  }

  /// Where credentials are tried, or mails and accounts asked for.
  public enum Door {
    PASSWORD,
    ONE_TIME_CODE,
    RECOVERY_CODE,
    /// A token that nobody can guess: counted by address alone.
    LINK,
    /// Nothing is guessed: as often as the rate says, for what was typed and the address.
    SIGN_UP,
    RESET;

    private boolean guesses() {
      return switch (this) {
        case PASSWORD, ONE_TIME_CODE, RECOVERY_CODE, LINK -> true;
        case SIGN_UP, RESET -> false;
      };
    }
  }

  /// Tells an account's holder how to unlock it.
  public interface Unlocking {
    /// The account was locked just now, or a day ago and is tried still. What is written here is
    /// kept with that.
    void locked(Records within, String account);
  }

  /// One attempt under way.
  ///
  /// @param accounts whose credentials may be looked at; none where the credential alone says whose
  ///   it is
  public record Attempt(Door door, List<String> accounts, String address, Instant time) {
    public Attempt {
      accounts = List.copyOf(accounts);
    }
  }

  /// What came of asking to try.
  public sealed interface Verdict {
    /// It may be looked at, for those accounts that the attempt names.
    record Go(Attempt attempt) implements Verdict {}

    /// Not before.
    record Wait(Instant until) implements Verdict {}

    /// Not before the account is unlocked.
    record Locked() implements Verdict {}
  }

  /// Counts an attempt, durably, before its credentials are looked at.
  ///
  /// @param records outside a transaction: this makes its own, which is over when it returns
  /// @param accounts those that the credential may be of: the ids of their rows or, where there is
  ///   none, the login as it is compared. Each has its own count, and one that has to wait is not
  ///   looked at while another may be
  /// @param address of the client, as the call has it
  public Verdict begin(
      Records records, Door door, List<String> accounts, String address, Unlocking unlocking) {
    var asked = new Attempt(door, accounts, AddressKey.prefix(address), clock.instant());
    return records.together(within -> begin(within, asked, unlocking));
  }

  private Verdict begin(Records within, Attempt asked, Unlocking unlocking) {
    var now = asked.time();
    var limit = rate.get();
    var place = Subject.address(asked.address());
    var counts = asked.accounts().stream().map(account -> Count.of(asked, account)).toList();
    var tallies = Tallies.read(within, subjects(place, counts), now);
    var placeUntil = tallies.of(place).until(now, limit);
    if (placeUntil.isAfter(now)) {
      return new Verdict.Wait(placeUntil);
    }
    counts.stream()
        .filter(count -> count.locked(tallies))
        .forEach(count -> count.tell(within, tallies, now, unlocking));
    var open = counts.stream().filter(count -> count.opens(tallies, now, limit)).toList();
    if (open.isEmpty() && !counts.isEmpty()) {
      tallies.keep();
      return refused(counts, tallies, now, limit);
    }
    tallies.change(place, tally -> tally.counted(now, limit));
    open.forEach(count -> count.counted(tallies, now, limit));
    tallies.keep();
    var accounts = open.stream().map(Count::account).toList();
    return new Verdict.Go(new Attempt(asked.door(), accounts, asked.address(), now));
  }

  private static List<Subject> subjects(Subject place, List<Count> counts) {
    return Stream.concat(Stream.of(place), counts.stream().flatMap(c -> c.subjects().stream()))
        .toList();
  }

  private static Verdict refused(
      List<Count> all, Tallies tallies, Instant now, @Nullable Rate limit) {
    return all.stream()
        .filter(count -> !count.locked(tallies))
        .map(count -> count.until(tallies, now, limit))
        .min(Instant::compareTo)
        .<Verdict>map(Verdict.Wait::new)
        .orElseGet(Verdict.Locked::new);
  }

  /// What is counted of one account.
  ///
  /// @param subjects of a guess the account from this address and from all, in this order
  private record Count(String account, List<Subject> subjects) {
    static Count of(Attempt asked, String account) {
      return new Count(
          account,
          asked.door().guesses()
              ? List.of(Subject.both(account, asked.address()), Subject.account(account))
              : List.of(Subject.asked(account)));
    }

    /// Somebody who signed in from here before waits for their own mistakes only, so that others
    /// can't keep them out; the cap holds for them too.
    private Tally tally(Subject subject, Tallies all, Instant now) {
      var tally = all.of(subject);
      boolean known = subject.kind() == Kind.ACCOUNT && all.of(subjects.getFirst()).knownAt(now);
      return known ? tally.withoutWaiting() : tally;
    }

    boolean locked(Tallies all) {
      return subjects.stream().map(all::of).anyMatch(Tally::capped);
    }

    Instant until(Tallies all, Instant now, @Nullable Rate limit) {
      return subjects.stream()
          .map(subject -> tally(subject, all, now).until(now, limit))
          .max(Instant::compareTo)
          .orElse(now);
    }

    boolean opens(Tallies all, Instant now, @Nullable Rate limit) {
      return !locked(all) && !until(all, now, limit).isAfter(now);
    }

    void counted(Tallies all, Instant now, @Nullable Rate limit) {
      for (var subject : subjects) {
        var counted = tally(subject, all, now).counted(now, limit);
        all.change(subject, _ -> counted);
      }
    }

    void takenBack(Tallies all) {
      subjects.forEach(subject -> all.change(subject, Tally::takenBack));
    }

    void tell(Records within, Tallies all, Instant now, Unlocking unlocking) {
      for (var subject : subjects) {
        var tally = all.of(subject);
        var told = tally.told();
        if (tally.capped() && (told == null || !told.plus(TOLD_EVERY).isAfter(now))) {
          all.change(subject, it -> it.toldAt(now));
          unlocking.locked(within, account);
        }
      }
    }
  }

  /// The credential was right, but more are asked for, or nobody was let in by it: this attempt
  /// counts no more, those before it do.
  ///
  /// @param within the transaction of what follows
  public void passed(Records within, Attempt attempt) {
    var place = Subject.address(attempt.address());
    var counts = attempt.accounts().stream().map(account -> Count.of(attempt, account)).toList();
    var tallies = Tallies.read(within, subjects(place, counts), attempt.time());
    tallies.change(place, Tally::takenBack);
    counts.forEach(count -> count.takenBack(tallies));
    tallies.keep();
  }

  /// All that is asked for was right: those before count no more either. The attempt counts for
  /// none of the other accounts that it could have been of.
  ///
  /// @param within the transaction of what follows
  /// @param account that was signed in to
  /// @return whether it was locked
  public boolean succeeded(Records within, Attempt attempt, String account) {
    var now = attempt.time();
    var place = Subject.address(attempt.address());
    var others =
        attempt.accounts().stream()
            .filter(other -> !other.equals(account))
            .map(other -> Count.of(attempt, other))
            .toList();
    var here = Subject.both(account, attempt.address());
    var everywhere = Subject.account(account);
    var subjects = new ArrayList<>(subjects(place, others));
    subjects.addAll(List.of(here, everywhere));
    var tallies = Tallies.read(within, subjects, now);
    tallies.change(place, Tally::takenBack);
    others.forEach(other -> other.takenBack(tallies));
    boolean locked = tallies.of(everywhere).capped();
    tallies.change(here, tally -> tally.cleared(now).signedIn(now));
    tallies.change(everywhere, tally -> tally.cleared(now));
    tallies.keep();
    return locked;
  }

  /// Lets an account be tried again: its holder followed the link, set a new password, or an
  /// administrator said so.
  ///
  /// @param address from which it was said so, and where nobody has to wait any more
  /// @return whether it was locked
  public boolean unlock(Records within, String account, String address) {
    var now = clock.instant();
    var here = Subject.both(account, AddressKey.prefix(address));
    var everywhere = Subject.account(account);
    var tallies = Tallies.read(within, List.of(here, everywhere), now);
    boolean locked = tallies.of(everywhere).capped();
    tallies.change(here, tally -> tally.cleared(now));
    tallies.change(everywhere, tally -> tally.cleared(now));
    tallies.keep();
    return locked;
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
