package engineroom.testkit;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.personRow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.store.Transaction.Counter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What holds of counters that leave nothing out.
interface CountingContract {
  Counter NUMBERS = new Counter("person", "number", "");
  Counter NORTH = new Counter("person", "number", "[\"north\"]");
  Counter OTHERS = new Counter("item", "number", "");

  Opened opened();

  @Test
  default void counts_from_the_start_each_scope_and_field_by_itself() {
    try (var in = opened()) {
      in.use(
          transaction -> {
            assertThat(transaction.next(NUMBERS, 1)).isEqualTo(1);
            assertThat(transaction.next(NUMBERS, 1)).isEqualTo(2);
            assertThat(transaction.next(NORTH, 1000)).isEqualTo(1000);
            assertThat(transaction.next(OTHERS, 0)).isZero();
          });
      in.use(
          transaction -> {
            assertThat(transaction.next(NUMBERS, 1)).isEqualTo(3);
            assertThat(transaction.next(NORTH, 1000)).isEqualTo(1001);
            assertThat(transaction.next(OTHERS, 0)).isEqualTo(1);
          });
    }
  }

  @Test
  default void goes_on_at_a_start_that_was_raised() {
    try (var in = opened()) {
      in.use(transaction -> assertThat(transaction.next(NUMBERS, 1)).isEqualTo(1));
      in.use(transaction -> assertThat(transaction.next(NUMBERS, 50)).isEqualTo(50));
      in.use(transaction -> assertThat(transaction.next(NUMBERS, 1)).isEqualTo(51));
    }
  }

  @Test
  default void goes_on_behind_a_number_that_was_passed() {
    try (var in = opened()) {
      in.use(transaction -> transaction.passed(NUMBERS, 7));
      in.use(transaction -> assertThat(transaction.next(NUMBERS, 1)).isEqualTo(8));
      in.use(transaction -> transaction.passed(NUMBERS, 3));
      in.use(transaction -> assertThat(transaction.next(NUMBERS, 1)).isEqualTo(9));
    }
  }

  @Test
  default void takes_numbers_back_with_the_transaction() {
    try (var in = opened()) {
      in.use(transaction -> transaction.next(NUMBERS, 1));
      in.refusal(
          transaction -> {
            assertThat(transaction.next(NUMBERS, 1)).isEqualTo(2);
            transaction.passed(NORTH, 100);
            transaction.insert("person", personRow(1).with("boss", id(9)));
          });
      in.use(
          transaction -> {
            assertThat(transaction.next(NUMBERS, 1)).isEqualTo(2);
            assertThat(transaction.next(NORTH, 1)).isEqualTo(1);
          });
    }
  }

  @Test
  default void takes_numbers_back_with_a_part_of_the_transaction() {
    try (var in = opened()) {
      in.use(
          transaction -> {
            assertThat(transaction.next(NUMBERS, 1)).isEqualTo(1);
            assertThatThrownBy(
                    () ->
                        transaction.attempt(
                            () -> {
                              assertThat(transaction.next(NUMBERS, 1)).isEqualTo(2);
                              throw new IllegalStateException("undone");
                            }))
                .hasMessage("undone");
            assertThat(transaction.<Long>attempt(() -> transaction.next(NUMBERS, 1))).isEqualTo(2);
            assertThat(transaction.next(NUMBERS, 1)).isEqualTo(3);
          });
    }
  }

  @Test
  default void gives_many_threads_every_number_once() throws Exception {
    int threads = 16;
    int writes = 20;
    var given = new ConcurrentLinkedQueue<Long>();
    try (var in = opened();
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int thread = 0; thread < threads; thread++) {
        running.add(
            pool.submit(() -> IntStream.range(0, writes).forEach(_ -> given.add(numbered(in)))));
      }
      for (var each : running) {
        each.get();
      }
    }
    assertThat(given.stream().sorted(Comparator.naturalOrder()).toList())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, (long) threads * writes).boxed().toList());
  }

  /// Takes a number, after a transaction that took one in vain.
  private static long numbered(Opened in) {
    in.refusal(
        transaction -> {
          transaction.next(NUMBERS, 1);
          transaction.insert("person", personRow(1).with("boss", id(9)));
        });
    return in.store().write(transaction -> transaction.next(NUMBERS, 1));
  }
}
