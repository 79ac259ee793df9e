package engineroom.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.outcome.Change;
import engineroom.store.Store;
import engineroom.stores.session.ChangeLogCases;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Numbers are given in one order and seen in another: no reader may pass over any.
class ChangeLogTest extends ChangeLogCases {
  private @Nullable PostgresDatabase database;

  @Override
  protected Store open(Model model) {
    var opened = PostgresDatabase.open(Servers.fresh(), new FieldRules((_, _) -> List.of()));
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
  void stops_at_the_changes_of_a_transaction_that_still_runs() throws Exception {
    try (var slow = new Slow()) {
      slow.awaitLogged();
      assertThat(logged(2).sequence()).isEqualTo(2);
      assertThat(store().changes(0, 10)).as("change 1 is not there yet").isEmpty();
      assertThat(store().lastChange()).isZero();
      slow.end();
      assertThat(store().changes(0, 10)).extracting(Change::sequence).containsExactly(1L, 2L);
      assertThat(store().lastChange()).isEqualTo(2);
    }
  }

  @Test
  void stops_no_longer_than_a_transaction_runs_that_is_undone() throws Exception {
    try (var slow = new Slow()) {
      slow.awaitLogged();
      logged(2);
      slow.fail();
      assertThat(store().changes(0, 10)).extracting(Change::sequence).containsExactly(2L);
    }
  }

  @Test
  void waits_again_after_a_part_of_a_transaction_was_undone() throws Exception {
    var started = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var slow =
          pool.submit(
              () ->
                  store()
                      .write(
                          transaction -> {
                            undone(transaction);
                            var change = transaction.log(change(2));
                            started.countDown();
                            await(goOn);
                            return change.sequence();
                          }));
      started.await();
      logged(3);
      assertThat(store().changes(0, 10)).isEmpty();
      goOn.countDown();
      var sequence = slow.get();
      assertThat(store().changes(0, 10)).extracting(Change::sequence).contains(sequence).hasSize(2);
    }
  }
}
