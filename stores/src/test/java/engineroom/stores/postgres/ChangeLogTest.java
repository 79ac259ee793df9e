package engineroom.stores.postgres;

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
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Numbers are given in one order and seen in another: no reader may pass over any.
class ChangeLogTest {
  private PostgresDatabase database;
  private PostgresStore store;

  @BeforeEach
  void opened() {
    database = PostgresDatabase.open(Servers.fresh(), new FieldRules((_, _) -> List.of()));
    store = database.store(ContractModel.MODEL);
  }

  @AfterEach
  void closed() {
    database.close();
  }

  @Test
  void stops_at_the_changes_of_a_transaction_that_still_runs() throws Exception {
    try (var slow = new Slow()) {
      slow.awaitLogged();
      assertThat(logged(2).sequence()).isEqualTo(2);
      assertThat(store.changes(0, 10)).as("change 1 is not there yet").isEmpty();
      assertThat(store.lastChange()).isZero();
      slow.end();
      assertThat(store.changes(0, 10)).extracting(Change::sequence).containsExactly(1L, 2L);
      assertThat(store.lastChange()).isEqualTo(2);
    }
  }

  @Test
  void stops_no_longer_than_a_transaction_runs_that_is_undone() throws Exception {
    try (var slow = new Slow()) {
      slow.awaitLogged();
      logged(2);
      slow.fail();
      assertThat(store.changes(0, 10)).extracting(Change::sequence).containsExactly(2L);
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
                  store.write(
                      transaction -> {
                        undone(transaction);
                        var change = transaction.log(change(2));
                        started.countDown();
                        await(goOn);
                        return change.sequence();
                      }));
      started.await();
      logged(3);
      assertThat(store.changes(0, 10)).isEmpty();
      goOn.countDown();
      var sequence = slow.get();
      assertThat(store.changes(0, 10)).extracting(Change::sequence).contains(sequence).hasSize(2);
    }
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
    var given = new ConcurrentSkipListSet<Long>();
    var seen = new ArrayList<Long>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var i = 0; i < writers; i++) {
        running.add(
            pool.submit(
                () -> IntStream.range(0, writes).forEach(n -> given.add(logged(n).sequence()))));
      }
      while (running.stream().anyMatch(future -> !future.isDone())) {
        follow(seen);
      }
      for (var each : running) {
        each.get();
      }
    }
    follow(seen);
    assertThat(seen).hasSize(writers * writes).containsExactlyElementsOf(given);
  }

  private void follow(List<Long> seen) {
    var last = seen.isEmpty() ? 0 : seen.getLast();
    store.changes(last, 1_000).forEach(change -> seen.add(change.sequence()));
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
