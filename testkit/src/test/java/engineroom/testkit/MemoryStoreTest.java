package engineroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.expression.Arguments;
import engineroom.model.Model;
import engineroom.store.MemoryStore;
import engineroom.store.Store;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open(Model model) {
    return new MemoryStore(model);
  }

  @Test
  void stops_a_read_that_runs_out_of_its_time() {
    try (var in = opened()) {
      for (int number = 0; number < 1_500; number++) {
        in.keep("person", ContractModel.personRow(number));
      }
      var store = in.store();
      var everybody = store.compile(Say.all("person", Say.shape("person", "name")));
      var noTime = new Store.Binding(Arguments.NONE, 10, 0, Duration.ZERO);
      assertThatThrownBy(() -> store.read(everybody, noTime)).hasMessageContaining("out-of-time");
      assertThat(store.read(everybody, Opened.binding(10, 0)).rows()).hasSize(10);
    }
  }

  @Test
  void explains_how_it_finds_rows() {
    try (var in = opened()) {
      var id = Say.get("item", "id");
      var one = Say.rows("item", Say.shape("item"), Say.equal(id, Say.parameter(0, id.type())));
      assertThat(in.store().compile(one).explain()).containsExactly("find one item by its id");
      assertThat(in.store().compile(Say.all("item", Say.shape("item"))).explain())
          .containsExactly("look at every item");
    }
  }

  @Test
  void refuses_a_write_within_a_write() {
    try (var in = opened()) {
      assertThatThrownBy(() -> in.use(_ -> in.keep("person", ContractModel.personRow(1))))
          .hasMessageContaining("within a write");
    }
  }
}
