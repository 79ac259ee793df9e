package engineroom.testkit;

import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.personRow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Value;
import engineroom.outcome.Change;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What stores promise about writes that may be carried out beside the work that asks for them.
interface GatheringContract {
  /// More than any store gathers before it writes.
  int MANY = 700;

  Opened opened();

  @Test
  default void does_all_that_was_gathered_and_shows_it_to_reads_between() {
    try (var in = opened()) {
      in.use(
          transaction -> {
            transaction.gathering(
                () -> {
                  insert(transaction, 1, MANY);
                  assertThat(transaction.find("person", id(MANY))).contains(personRow(MANY));
                  insert(transaction, MANY + 1, MANY + 3);
                  return transaction.gathering(() -> "within itself");
                });
            assertThat(transaction.find("person", id(MANY + 3))).isPresent();
          });
      assertThat(in.has("person", personRow(1))).isTrue();
      assertThat(in.has("person", personRow(MANY + 3))).isTrue();
    }
  }

  private static void insert(Transaction transaction, int from, int to) {
    IntStream.rangeClosed(from, to).forEach(n -> transaction.insert("person", personRow(n)));
  }

  @Test
  default void refuses_what_was_gathered_at_the_end_at_the_latest() {
    for (int later : List.of(0, 5, MANY)) {
      try (var in = opened()) {
        in.keep("item", itemRow(1).with("code", Value.of("A")));
        var problem =
            in.refusal(
                transaction ->
                    transaction.gathering(
                        () -> {
                          insert(transaction, 1, 3);
                          transaction.insert("item", itemRow(3).with("code", Value.of("A")));
                          insert(transaction, 4, 4 + later);
                          return "never";
                        }));
        assertThat(problem).isEqualTo(new NotUnique("item", List.of("code")));
        assertThat(in.has("person", personRow(1))).isFalse();
        in.keep("person", personRow(1)); // and all goes on
      }
    }
  }

  @Test
  default void forgets_what_was_gathered_where_the_work_fails() {
    try (var in = opened()) {
      assertThatThrownBy(
              () ->
                  in.use(
                      transaction ->
                          transaction.gathering(
                              () -> {
                                insert(transaction, 1, MANY);
                                throw new IllegalArgumentException("on purpose");
                              })))
          .hasMessage("on purpose");
      assertThat(in.has("person", personRow(1))).isFalse();
      assertThat(in.has("person", personRow(MANY))).isFalse();
      in.keep("person", personRow(1));
    }
  }

  @Test
  default void tells_the_numbers_that_gathered_changes_get() {
    try (var in = opened()) {
      var told = new ArrayList<Change>();
      in.use(transaction -> told.add(transaction.log(change(1))));
      in.use(
          transaction -> {
            transaction.gathering(
                () -> {
                  told.addAll(transaction.log(List.of(change(2), change(3))));
                  insert(transaction, 1, 3);
                  told.add(transaction.log(change(4)));
                  return "";
                });
            told.add(transaction.log(change(5)));
            transaction.gathering(() -> told.add(transaction.log(change(6))));
          });
      assertThat(told.stream().map(Change::sequence)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      assertThat(in.store().changes(0, 10)).isEqualTo(told);
    }
  }

  private static Change change(int number) {
    var origin = new Change.Origin("administrator", "r", Instant.parse("2026-08-01T10:00:00Z"));
    var after = Map.<String, Value>of("version", Value.of(number));
    return new Change(0, "person", id(number), Change.Kind.CREATED, Map.of(), after, origin);
  }
}
