package engineroom.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.modelfile.Rates.Rate;
import engineroom.records.Where;
import engineroom.testkit.ManualClock;
import engineroom.throttle.Attempts.Attempt;
import engineroom.throttle.Attempts.Door;
import engineroom.throttle.Attempts.Verdict;
import engineroom.throttle.Opened.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AttemptsTest {
  private static final String HERE = "192.0.2.7";
  private static final int GUESSES = 200;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final List<String> mailed = new ArrayList<>();
  private @Nullable Rate rate = null;
  private final Attempts attempts = new Attempts(clock, () -> rate);

  private Opened open(Kind kind) throws Exception {
    return Opened.of(kind, folder, "thing: { fields: { name: text } }");
  }

  private Verdict begin(Opened app, Door door, String account, String address) {
    return attempts.begin(
        app.records(clock), door, List.of(account), address, (_, locked) -> mailed.add(locked));
  }

  private Verdict begin(Opened app, String account, String address) {
    return begin(app, Door.PASSWORD, account, address);
  }

  private void fail(Opened app, int times, String account, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(begin(app, account, address)).isInstanceOf(Verdict.Go.class);
      clock.advance(Attempts.WAIT_MAX);
    }
  }

  private static Attempt going(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Go.class);
    return ((Verdict.Go) verdict).attempt();
  }

  private void succeed(Opened app, Attempt attempt) {
    var _ =
        app.records(clock)
            .together(
                within -> {
                  var _ = attempts.succeeded(within, attempt, attempt.accounts().getFirst());
                  return attempt;
                });
  }

  @ParameterizedTest
  @EnumSource
  void lets_five_of_200_guesses_at_once_through(Kind kind) throws Exception {
    try (var app = open(kind)) {
      assertThat(through(app, _ -> HERE)).isEqualTo(Attempts.FREE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lets_five_guesses_from_200_addresses_through(Kind kind) throws Exception {
    try (var app = open(kind)) {
      assertThat(through(app, i -> "198.51.100." + i)).isEqualTo(Attempts.FREE);
    }
  }

  private long through(Opened app, IntFunction<String> address) throws Exception {
    var doors = List.of(Door.PASSWORD, Door.ONE_TIME_CODE, Door.RECOVERY_CODE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Callable<Verdict>>();
      for (int i = 0; i < GUESSES; i++) {
        var from = address.apply(i);
        var door = doors.get(i % doors.size());
        all.add(() -> begin(app, door, "ann", from));
      }
      long through = 0;
      for (var future : threads.invokeAll(all)) {
        through += future.get() instanceof Verdict.Go ? 1 : 0;
      }
      return through;
    }
  }

  @ParameterizedTest
  @EnumSource
  void makes_each_wait_twice_as_long_up_to_a_quarter_of_an_hour(Kind kind) throws Exception {
    try (var app = open(kind)) {
      var waits = new ArrayList<Long>();
      for (int i = 0; i < 18; i++) {
        var _ = going(begin(app, "ann", HERE));
        if (begin(app, "ann", HERE) instanceof Verdict.Wait(var until)) {
          waits.add(Duration.between(clock.instant(), until).toSeconds());
          clock.advance(Duration.between(clock.instant(), until).minusMillis(1));
          assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Wait.class);
          clock.advance(Duration.ofMillis(1));
        } else {
          i++; // the one just made to look was counted too
        }
      }
      assertThat(waits)
          .startsWith(1L, 2L, 4L, 8L, 16L)
          .endsWith(256L, 512L, 900L, 900L, 900L, 900L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void begins_anew_after_success(Kind kind) throws Exception {
    try (var app = open(kind)) {
      fail(app, 4, "ann", HERE);
      succeed(app, going(begin(app, "ann", HERE)));
      for (int i = 0; i < Attempts.FREE; i++) {
        assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Go.class);
      }
      assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Wait.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgives_nothing_for_a_right_password_with_a_wrong_code(Kind kind) throws Exception {
    try (var app = open(kind)) {
      for (int i = 0; i < Attempts.FREE; i++) {
        var password = going(begin(app, Door.PASSWORD, "ann", HERE));
        attempts.passed(app.records(clock), password);
        var _ = going(begin(app, Door.ONE_TIME_CODE, "ann", HERE));
      }
      assertThat(begin(app, Door.ONE_TIME_CODE, "ann", HERE)).isInstanceOf(Verdict.Wait.class);
      assertThat(begin(app, Door.PASSWORD, "ann", HERE)).isInstanceOf(Verdict.Wait.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lets_somebody_in_from_where_they_were_while_others_guess(Kind kind) throws Exception {
    try (var app = open(kind)) {
      succeed(app, going(begin(app, "ann", HERE)));
      for (int i = 0; i < Attempts.FREE; i++) {
        assertThat(begin(app, "ann", "203.0.113.9")).isInstanceOf(Verdict.Go.class);
      }
      assertThat(begin(app, "ann", "203.0.113.10")).isInstanceOf(Verdict.Wait.class);
      assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Go.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void locks_an_account_after_a_hundred_failures_until_it_is_unlocked(Kind kind) throws Exception {
    try (var app = open(kind)) {
      fail(app, Attempts.CAP, "ann", HERE);
      assertThat(begin(app, "ann", "203.0.113.9")).isInstanceOf(Verdict.Locked.class);
      assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Locked.class);
      assertThat(mailed).containsExactly("ann");
      clock.advance(Duration.ofDays(2));
      assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Locked.class);
      assertThat(mailed).as("told again when the link is over").containsExactly("ann", "ann");
      assertThat(begin(app, "bob", HERE)).isInstanceOf(Verdict.Go.class);
      assertThat(attempts.unlock(app.records(clock), "ann", HERE)).isTrue();
      assertThat(begin(app, "ann", "203.0.113.9")).isInstanceOf(Verdict.Go.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void counts_guesses_at_many_accounts_from_one_network(Kind kind) throws Exception {
    rate = new Rate(10, Duration.ofMinutes(1));
    try (var app = open(kind)) {
      for (int i = 0; i < 10; i++) {
        assertThat(begin(app, "user" + i, "2001:db8:1:2::" + i)).isInstanceOf(Verdict.Go.class);
      }
      var eleventh = begin(app, "user10", "2001:db8:1:2:ffff::1");
      assertThat(eleventh).isEqualTo(new Verdict.Wait(clock.instant().plusSeconds(60)));
      assertThat(begin(app, "user10", "2001:db8:1:3::1")).isInstanceOf(Verdict.Go.class);
      clock.advance(Duration.ofMinutes(1));
      assertThat(begin(app, "user10", "2001:db8:1:2::1")).isInstanceOf(Verdict.Go.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void counts_no_success_for_a_network(Kind kind) throws Exception {
    rate = new Rate(10, Duration.ofMinutes(1));
    try (var app = open(kind)) {
      for (int i = 0; i < 50; i++) {
        succeed(app, going(begin(app, "user" + i, HERE)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keeps_nobodys_address_or_name(Kind kind) throws Exception {
    try (var app = open(kind)) {
      fail(app, 1, "ann", HERE);
      var rows = app.records(clock).all(Attempts.ENTITY, Where.ALL, 10);
      assertThat(rows).hasSize(3);
      assertThat(rows.toString()).doesNotContain("ann").doesNotContain(HERE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgets_what_is_over_and_no_failure_of_an_account(Kind kind) throws Exception {
    try (var app = open(kind)) {
      fail(app, 1, "ann", HERE);
      clock.advance(Duration.ofDays(2));
      Attempts.forget(app.records(clock), clock.instant());
      var rows = app.records(clock).all(Attempts.ENTITY, Where.ALL, 10);
      assertThat(rows).hasSize(1);
      clock.advance(Duration.ofDays(90));
      Attempts.forget(app.records(clock), clock.instant());
      assertThat(app.records(clock).all(Attempts.ENTITY, Where.ALL, 10)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE")
  void remembers_after_a_restart(Kind kind) throws Exception {
    try (var app = open(kind)) {
      for (int i = 0; i < Attempts.FREE; i++) {
        var _ = going(begin(app, "ann", HERE));
      }
    }
    try (var app = open(kind)) {
      assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Wait.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void looks_at_one_account_while_the_other_of_the_same_login_waits(Kind kind) throws Exception {
    try (var app = open(kind)) {
      for (int i = 0; i < Attempts.FREE; i++) {
        var _ = going(begin(app, "ann", HERE));
      }
      var both = List.of("ann", "claim");
      for (int i = 0; i < Attempts.FREE; i++) {
        var verdict = attempts.begin(app.records(clock), Door.PASSWORD, both, HERE, (_, _) -> {});
        assertThat(going(verdict).accounts()).containsExactly("claim");
      }
      assertThat(attempts.begin(app.records(clock), Door.PASSWORD, both, HERE, (_, _) -> {}))
          .isInstanceOf(Verdict.Wait.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void signing_in_to_one_account_forgives_nothing_of_the_other(Kind kind) throws Exception {
    try (var app = open(kind)) {
      for (int i = 0; i < Attempts.FREE; i++) {
        var _ = going(begin(app, "ann", HERE));
        var both = List.of("ann", "claim");
        var verdict = attempts.begin(app.records(clock), Door.PASSWORD, both, HERE, (_, _) -> {});
        var attempt = going(verdict);
        assertThat(attempts.succeeded(app.records(clock), attempt, "claim")).isFalse();
      }
      assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Wait.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void asking_for_mails_is_counted_by_the_rate_and_locks_nobody(Kind kind) throws Exception {
    rate = new Rate(3, Duration.ofMinutes(1));
    try (var app = open(kind)) {
      for (int i = 0; i < 150; i++) {
        assertThat(begin(app, Door.RESET, "ann", "198.51.100." + i))
            .isInstanceOf(i % 4 < 3 ? Verdict.Go.class : Verdict.Wait.class);
        clock.advance(i % 4 < 3 ? Duration.ZERO : Duration.ofMinutes(1));
      }
      assertThat(begin(app, "ann", HERE)).isInstanceOf(Verdict.Go.class);
      assertThat(mailed).isEmpty();
    }
  }
}
