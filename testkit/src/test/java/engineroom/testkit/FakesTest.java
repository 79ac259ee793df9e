package engineroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FakesTest {
  @Test
  void a_faulty_store_fails_at_the_call_told_and_at_no_other() {
    try (var in = new Opened(new FaultyStore(new MemoryStore(ContractModel.MODEL), 2))) {
      in.keep("person", ContractModel.personRow(1));
      assertThat(in.refusal(t -> t.insert("person", ContractModel.personRow(2))))
          .isInstanceOf(Unavailable.class);
      assertThat(in.has("person", ContractModel.personRow(1))).isTrue();
      assertThat(in.has("person", ContractModel.personRow(2))).isFalse();
    }
  }

  @Test
  void a_faulty_store_counts_reads_and_the_change_log_too() {
    try (var store = new FaultyStore(new MemoryStore(ContractModel.MODEL), 3)) {
      var everybody = store.compile(Say.all("person", Say.shape("person", "name")));
      assertThat(store.read(everybody, Opened.binding(1, 0)).rows()).isEmpty();
      assertThatThrownBy(() -> store.changes(0, 1)).isInstanceOf(ProblemException.class);
      assertThat(store.changes(0, 1)).isEmpty();
    }
  }

  @Test
  void a_manual_clock_stands_still_until_it_is_moved() {
    var begin = Instant.parse("2026-08-01T10:00:00Z");
    var clock = new ManualClock(begin);
    assertThat(clock.instant()).isEqualTo(begin);
    clock.advance(Duration.ofSeconds(5));
    assertThat(clock.instant()).isEqualTo(begin.plusSeconds(5));
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .hasMessageContaining("must not go back");
  }
}
