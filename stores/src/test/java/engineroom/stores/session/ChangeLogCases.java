package engineroom.stores.session;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.store.Store;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the change log of every server promises: no reader may pass over a number.
public abstract class ChangeLogCases {
  private Store store;

  /// The store of a model on a new, empty database.
  protected abstract Store open(Model model);

  @BeforeEach
  void opened() {
    store = open(ContractModel.MODEL);
  }

  protected final Store store() {
    return store;
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
    while (follow(seen)) {
      // so far there was more
    }
    assertThat(seen).hasSize(writers * writes).containsExactlyElementsOf(given);
  }

  /// Whether there was something new.
  private boolean follow(List<Long> seen) {
    var last = seen.isEmpty() ? 0 : seen.getLast();
    var next = store.changes(last, 50);
    next.forEach(change -> seen.add(change.sequence()));
    return !next.isEmpty();
  }

  protected static void undone(Transaction transaction) {
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

  protected final Change logged(int number) {
    return store.write(transaction -> transaction.log(change(number)));
  }

  protected static Change change(int number) {
    var origin = new Change.Origin("administrator", "r", Instant.parse("2026-08-01T10:00:00Z"));
    var after = Map.<String, Value>of("version", Value.of(number));
    var id = ContractModel.id(number);
    return new Change(0, "person", id, Change.Kind.CREATED, Map.of(), after, origin);
  }

  protected static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A transaction that has logged a change and goes on when it is told to.
  protected final class Slow implements AutoCloseable {
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

    public Slow() {}

    public void awaitLogged() throws InterruptedException {
      logged.await();
    }

    public void end() throws Exception {
      goOn.countDown();
      running.get();
    }

    public void fail() throws InterruptedException {
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
