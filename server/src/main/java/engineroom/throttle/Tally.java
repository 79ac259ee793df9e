package engineroom.throttle;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.modelfile.Rates.Rate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The attempts of one subject, as a row.
///
/// @param stored whether there is a row
/// @param failures in a row; an attempt under way is one
/// @param waits whether failures make the subject wait
record Tally(
    Subject subject, boolean stored, int failures, boolean waits, Times times, Window window) {
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration ACCOUNT_KEPT = Duration.ofDays(90);

  /// @param waitUntil no attempt before
  /// @param known when the account was last signed in to from there
  /// @param told when its holder was told that it is locked
  record Times(@Nullable Instant waitUntil, @Nullable Instant known, @Nullable Instant told) {}

  /// What the rate counts.
  record Window(Instant from, int count) {}

  /// Whom attempts are counted for.
  record Subject(Kind kind, String id) {
    enum Kind {
      ADDRESS,
      ACCOUNT,
      BOTH,
      /// What somebody typed to be sent a mail: as often as the rate says, and nobody waits longer.
      ASKED;

      boolean waits() {
        return this == ACCOUNT || this == BOTH;
      }
    }

    static Subject address(String prefix) {
      return new Subject(Kind.ADDRESS, hash("address", prefix));
    }

    static Subject account(String account) {
      return new Subject(Kind.ACCOUNT, hash("account", account));
    }

    static Subject both(String account, String prefix) {
      return new Subject(Kind.BOTH, hash("both", prefix + " " + account));
    }

    static Subject asked(String typed) {
      return new Subject(Kind.ASKED, hash("asked", typed));
    }

    /// Of one length whatever somebody types in, and no list of who was where.
    private static String hash(String kind, String text) {
      try {
        var bytes = (kind + "\n" + text).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /// Of whom nothing is kept.
  static Tally none(Subject subject, Instant now) {
    var never = new Times(null, null, null);
    return new Tally(subject, false, 0, subject.kind().waits(), never, new Window(now, 0));
  }

  static Tally of(Subject subject, Row row) {
    var times = new Times(time(row, "waitUntil"), time(row, "known"), time(row, "told"));
    var from = time(row, "windowFrom");
    var window = new Window(from == null ? Instant.EPOCH : from, number(row, "inWindow"));
    boolean waits = subject.kind().waits();
    return new Tally(subject, true, number(row, "failures"), waits, times, window);
  }

  private static @Nullable Instant time(Row row, String field) {
    return row.value(field) instanceof Value.Timestamp(var time) ? time : null;
  }

  private static int number(Row row, String field) {
    return row.value(field) instanceof Value.Integer(var number) ? (int) number : 0;
  }

  @Nullable Instant told() {
    return times.told();
  }

  /// Whether it is locked. An address is not: many may share it.
  boolean capped() {
    return subject.kind() == Subject.Kind.ACCOUNT && failures >= Attempts.CAP;
  }

  boolean knownAt(Instant now) {
    return times.known() != null && times.known().plus(Attempts.KNOWN).isAfter(now);
  }

  /// Before when no attempt is looked at; the past where one is now.
  Instant until(Instant now, @Nullable Rate rate) {
    var until = times.waitUntil() == null || !waits ? Instant.EPOCH : times.waitUntil();
    if (rate == null || !waitsForRate() || current(now, rate).count() < rate.count()) {
      return until;
    }
    var next = window.from().plus(rate.window());
    return next.isAfter(until) ? next : until;
  }

  /// The rate holds for an account as long as its waiting does.
  private boolean waitsForRate() {
    return waits || !subject.kind().waits();
  }

  private Window current(Instant now, Rate rate) {
    boolean over = !window.from().plus(rate.window()).isAfter(now);
    return over ? new Window(now, 0) : window;
  }

  /// One attempt more, taken for wrong.
  Tally counted(Instant now, @Nullable Rate rate) {
    var more = failures + 1;
    var began = rate == null ? window : current(now, rate);
    var wait = waits && more >= Attempts.FREE ? now.plus(wait(more)) : times.waitUntil();
    return new Tally(
        subject,
        stored,
        more,
        waits,
        new Times(wait, times.known(), times.told()),
        new Window(began.from(), began.count() + 1));
  }

  /// One second after the last free one, then twice as long each time.
  static Duration wait(int failures) {
    var doublings = Math.min(failures - Attempts.FREE, 20);
    var wait = Attempts.WAIT_FIRST.multipliedBy(1L << doublings);
    return wait.compareTo(Attempts.WAIT_MAX) < 0 ? wait : Attempts.WAIT_MAX;
  }

  /// The last attempt was not wrong.
  Tally takenBack() {
    var less = Math.max(0, failures - 1);
    var wait = less < Attempts.FREE ? null : times.waitUntil();
    return new Tally(
        subject,
        stored,
        less,
        waits,
        new Times(wait, times.known(), times.told()),
        new Window(window.from(), Math.max(0, window.count() - 1)));
  }

  /// Nothing was wrong.
  Tally cleared(Instant now) {
    var none = new Times(null, times.known(), null);
    return new Tally(subject, stored, 0, waits, none, new Window(now, 0));
  }

  Tally signedIn(Instant now) {
    return new Tally(subject, stored, failures, waits, new Times(null, now, null), window);
  }

  Tally toldAt(Instant now) {
    var told = new Times(times.waitUntil(), times.known(), now);
    return new Tally(subject, stored, failures, waits, told, window);
  }

  Tally withoutWaiting() {
    return new Tally(subject, stored, failures, false, times, window);
  }

  /// Whether there is something to keep.
  boolean counts() {
    return stored || failures > 0 || window.count() > 0 || times.known() != null;
  }

  Map<String, Value> row() {
    var row = new LinkedHashMap<String, Value>();
    row.put("id", Value.of(subject.id()));
    row.put("failures", Value.of(failures));
    row.put("waitUntil", value(times.waitUntil()));
    row.put("windowFrom", value(window.from()));
    row.put("inWindow", Value.of(window.count()));
    row.put("known", value(times.known()));
    row.put("told", value(times.told()));
    row.put("forgetAt", value(forgetAt()));
    return row;
  }

  /// Failures of an account are kept long enough that few a day come to the cap too.
  private Instant forgetAt() {
    boolean account = subject.kind() == Subject.Kind.ACCOUNT;
    var at = window.from().plus(account && failures > 0 ? ACCOUNT_KEPT : KEPT);
    var known = times.known() == null ? at : times.known().plus(Attempts.KNOWN);
    return known.isAfter(at) ? known : at;
  }

  private static Value value(@Nullable Instant time) {
    return time == null ? Value.NULL : new Value.Timestamp(time);
  }
}
