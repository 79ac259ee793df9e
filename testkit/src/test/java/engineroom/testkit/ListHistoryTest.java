package engineroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.testkit.ListHistory.End;
import engineroom.testkit.ListHistory.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListHistoryTest {
  private final ListHistory history = new ListHistory();

  private void committed(Step... steps) {
    history.add(List.of(steps), End.COMMITTED);
  }

  private static Step append(String list, int value) {
    return new Step.Append(list, value);
  }

  private static Step read(String list, Integer... values) {
    return new Step.Read(list, List.of(values));
  }

  private String found(Map<String, List<Integer>> last) {
    return String.join("; ", history.anomalies(last));
  }

  @Test
  void finds_nothing_in_a_history_that_fits_an_order() {
    committed(append("x", 1), read("y"));
    committed(read("x", 1), append("y", 2), append("x", 3), read("x", 1, 3));
    history.add(List.of(append("x", 4)), End.UNKNOWN);
    history.add(List.of(append("x", 5)), End.ABORTED);
    committed(read("x", 1, 3, 4), read("y", 2));
    assertThat(found(Map.of("x", List.of(1, 3, 4), "y", List.of(2)))).isEmpty();
  }

  @Test
  void finds_writes_in_two_orders() {
    committed(append("x", 1), append("y", 2));
    committed(append("x", 3), append("y", 4));
    assertThat(found(Map.of("x", List.of(1, 3), "y", List.of(4, 2)))).contains("G0, a cycle");
  }

  @Test
  void finds_transactions_that_each_missed_the_other() {
    committed(read("x"), append("y", 1));
    committed(read("y"), append("x", 2));
    assertThat(found(Map.of("x", List.of(2), "y", List.of(1)))).contains("G2, a cycle");
  }

  @Test
  void finds_transactions_that_saw_each_other() {
    committed(append("x", 1), read("y", 2));
    committed(append("y", 2), read("x", 1));
    assertThat(found(Map.of("x", List.of(1), "y", List.of(2)))).contains("G1c, a cycle");
  }

  @Test
  void finds_a_lost_write_and_one_that_was_undone() {
    committed(append("x", 1));
    history.add(List.of(append("y", 2)), End.ABORTED);
    assertThat(found(Map.of("x", List.of(), "y", List.of(2))))
        .contains("lost 1 in x")
        .contains("y holds 2, which no transaction has kept");
  }

  @Test
  void finds_states_that_never_were_and_half_done_ones() {
    committed(append("x", 1), append("x", 2));
    committed(read("x", 1));
    committed(read("x", 2));
    assertThat(found(Map.of("x", List.of(1, 2)))).contains("half done").contains("never a state");
  }

  @Test
  void finds_a_transaction_that_forgot_its_own_past() {
    committed(append("x", 1), read("x"));
    committed(read("y"), read("y", 2));
    committed(append("y", 2));
    assertThat(found(Map.of("x", List.of(1), "y", List.of(2))))
        .contains("own past in x")
        .contains("own past in y");
  }

  @Test
  void finds_a_transaction_that_saw_a_part_of_another() {
    committed(append("x", 1), append("y", 2));
    committed(read("x", 1), read("y"));
    assertThat(found(Map.of("x", List.of(1), "y", List.of(2))))
        .isEqualTo("G-single, a cycle of transactions: [1 -rw-> 0, 0 -wr-> 1]");
  }

  @Test
  void finds_an_update_that_overwrote_one_it_had_not_seen() {
    committed(read("x"), append("x", 1));
    committed(read("x"), append("x", 2));
    assertThat(found(Map.of("x", List.of(1, 2)))).contains("G-single, a cycle");
  }

  @Test
  void finds_each_cycle_for_itself_in_a_long_history() {
    for (var i = 0; i < 5_000; i++) {
      committed(append("long", i + 10));
    }
    committed(append("x", 1), append("y", 2));
    committed(append("x", 3), append("y", 4));
    committed(read("p"), append("q", 5));
    committed(read("q"), append("p", 6));
    var found =
        history.anomalies(
            Map.of(
                "long", IntStream.range(10, 5_010).boxed().toList(),
                "x", List.of(1, 3),
                "y", List.of(4, 2),
                "q", List.of(5),
                "p", List.of(6)));
    assertThat(found).hasSize(2);
    assertThat(String.join("; ", found)).contains("G0", "G2");
  }
}
