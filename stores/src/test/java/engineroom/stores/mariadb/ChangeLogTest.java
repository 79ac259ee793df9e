package engineroom.stores.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.outcome.Change;
import engineroom.store.Store;
import engineroom.stores.session.ChangeLogCases;
import engineroom.testkit.ContractModel;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Numbers are given in the order in which transactions end: no reader may pass over any.
class ChangeLogTest extends ChangeLogCases {
  private @Nullable MariaDatabase database;

  @Override
  protected Store open(Model model) {
    var opened = MariaDatabase.open(Servers.fresh(), new FieldRules((_, _) -> List.of()));
    database = opened;
    return opened.store(model);
  }

  @AfterEach
  void closed() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void shows_nothing_of_a_transaction_that_runs_and_what_comes_later_behind_it() throws Exception {
    try (var slow = new Slow();
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      slow.awaitLogged();
      var later = pool.submit(() -> logged(2));
      assertThat(store().changes(0, 10)).isEmpty();
      assertThat(store().lastChange()).isZero();
      slow.end();
      assertThat(later.get().sequence()).isEqualTo(2);
      assertThat(store().changes(0, 10)).extracting(Change::sequence).containsExactly(1L, 2L);
      assertThat(store().changes(0, 10))
          .extracting(Change::id)
          .containsExactly(ContractModel.id(1), ContractModel.id(2));
      assertThat(store().lastChange()).isEqualTo(2);
    }
  }

  @Test
  void gives_the_numbers_of_a_transaction_that_is_undone_to_the_next() throws Exception {
    try (var slow = new Slow();
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      slow.awaitLogged();
      var later = pool.submit(() -> logged(2));
      slow.fail();
      assertThat(later.get().sequence()).isEqualTo(1);
      assertThat(store().changes(0, 10))
          .extracting(Change::id)
          .containsExactly(ContractModel.id(2));
    }
  }

  @Test
  void gives_the_numbers_of_a_part_that_is_undone_again() {
    var logged =
        store()
            .write(
                transaction -> {
                  undone(transaction);
                  return transaction.log(change(2));
                });
    assertThat(logged.sequence()).isEqualTo(1);
    assertThat(store().changes(0, 10)).extracting(Change::id).containsExactly(ContractModel.id(2));
  }
}
