package engineroom.stores.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.operation.FieldRules;
import engineroom.outcome.Change;
import engineroom.store.Transaction;
import engineroom.testkit.ContractModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers are given in the order in which transactions end: no reader may pass over any.
class ChangeLogTest {
  private MariaDatabase database;
  private MariaStore store;

  @BeforeEach
  void opened() {
    database = MariaDatabase.open(Servers.fresh(), new FieldRules((_, _) -> List.of()));
    store = database.store(ContractModel.MODEL);
  }

  @AfterEach
  void closed() {
    database.close();
  }

  @Test
  void shows_nothing_of_a_transaction_that_runs_and_what_comes_later_behind_it() throws Exception {
    try (var slow = new Slow();
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      slow.awaitLogged();
      var later = pool.submit(() -> logged(2));
      assertThat(store.changes(0, 10)).isEmpty();
      assertThat(store.lastChange()).isZero();
      slow.end();
      assertThat(later.get().sequence()).isEqualTo(2);
      assertThat(store.changes(0, 10)).extracting(Change::sequence).containsExactly(1L, 2L);
      assertThat(store.changes(0, 10))
          .extracting(Change::id)
          .containsExactly(ContractModel.id(1), ContractModel.id(2));
      assertThat(store.lastChange()).isEqualTo(2);
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
      assertThat(store.changes(0, 10)).extracting(Change::id).containsExactly(ContractModel.id(2));
    }
  }

  @Test
  void gives_the_numbers_of_a_part_that_is_undone_again() {
    var logged =
        store.write(
            transaction -> {
              undone(transaction);
              return transaction.log(change(2));
            });
    assertThat(logged.sequence()).isEqualTo(1);
    assertThat(store.changes(0, 10)).extracting(Change::id).containsExactly(ContractModel.id(2));
  }

  private static void undone(Transaction transaction) {
    try {
      transaction.attempt(
          () -> {
            transaction.log(change(1));
            throw new IllegalStateException("undone");
          });
    } catch (IllegalStateException _) {
      // as is meant
    }
  }

  @Test
  void passes_over_nothing_while_many_write() throws Exception {
    int writers = 6;
    int writes = 40;
    var seen = new ArrayList<Long>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var i = 0; i < writers; i++) {
        running.add(pool.submit(() -> IntStream.range(0, writes).forEach(this::logged)));
      }
      while (running.stream().anyMatch(future -> !future.isDone())) {
        follow(seen);
      }
      for (var each : running) {
        each.get();
      }
    }
    follow(seen);
    assertThat(seen)
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, (long) writers * writes).boxed().toList());
  }

  private void follow(List<Long> seen) {
    var last = seen.isEmpty() ? 0 : seen.getLast();
    store.changes(last, 50).forEach(change -> seen.add(change.sequence()));
  }

  private Change logged(int number) {
    return store.write(transaction -> transaction.log(change(number)));
  }

  private static Change change(int number) {
    var origin = new Change.Origin("administrator", "r", Instant.parse("2026-08-01T10:00:00Z"));
    var after = Map.<String, Value>of("version", Value.of(number));
    var id = ContractModel.id(number);
    return new Change(0, "person", id, Change.Kind.CREATED, Map.of(), after, origin);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A transaction that has logged a change and goes on when it is told to.
  private final class Slow implements AutoCloseable {
    private final CountDownLatch logged = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean fails;
    private final Future<?> running =
        pool.submit(
            () ->
                store.write(
                    transaction -> {
                      transaction.log(change(1));
                      logged.countDown();
                      await(goOn);
                      if (fails) {
                        throw new IllegalStateException("on purpose");
                      }
                      return "done";
                    }));

    void awaitLogged() throws InterruptedException {
      logged.await();
    }

    void end() throws Exception {
      goOn.countDown();
      running.get();
    }

    void fail() throws InterruptedException {
      fails = true;
      goOn.countDown();
      try {
        running.get();
      } catch (ExecutionException e) {
        assertThat(e).hasRootCauseMessage("on purpose");
      }
    }

    @Override
    public void close() {
      goOn.countDown();
      pool.close();
    }
  }
}
