package engineroom.testkit;

import static engineroom.testkit.ContractModel.itemRow;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.problem.ProblemException;
import engineroom.store.Transaction;
import engineroom.testkit.ListHistory.End;
import engineroom.testkit.ListHistory.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Transactions at the same time do what they would do one after the other.
interface SerialContract {
  int THREADS = 6;
  int LISTS = 4;

  Opened opened();

  @Test
  default void transactions_at_the_same_time_fit_an_order() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    var each = Integer.getInteger("serial.transactions", 300) / THREADS;
    var history = new ListHistory();
    try (var in = opened()) {
      for (int list = 0; list < LISTS; list++) {
        in.keep("item", list(list).with("numbers", numbers(List.of())));
      }
      var values = new AtomicInteger();
      try (var threads = Executors.newFixedThreadPool(THREADS)) {
        for (int thread = 0; thread < THREADS; thread++) {
          var random = new Random(seed + thread);
          threads.execute(
              () -> {
                for (int i = 0; i < each; i++) {
                  history(in, history, planned(random, values));
                }
              });
        }
      }
      var last = new HashMap<String, List<Integer>>();
      for (int list = 0; list < LISTS; list++) {
        last.put(Integer.toString(list), values(in.found("item", list(list))));
      }
      assertThat(history.anomalies(last)).as("seed " + seed).isEmpty();
      assertThat(history.committed()).as("seed " + seed).isGreaterThan(each * THREADS / 2);
    }
  }

  private static Row list(int number) {
    return itemRow(100 + number);
  }

  private static Value numbers(List<Integer> values) {
    return new Value.ListOf(values.stream().map(value -> Value.of((long) value)).toList());
  }

  private static List<Integer> values(Row row) {
    return ((Value.ListOf) row.value("numbers"))
        .elements().stream().map(value -> (int) ((Value.Integer) value).number()).toList();
  }

  /// Two to four steps.
  private static List<Step> planned(Random random, AtomicInteger values) {
    var steps = new ArrayList<Step>();
    for (int left = 2 + random.nextInt(3); left > 0; left--) {
      var list = Integer.toString(random.nextInt(LISTS));
      steps.add(
          random.nextBoolean()
              ? new Step.Append(list, values.incrementAndGet())
              : new Step.Read(list, List.of()));
    }
    return steps;
  }

  private static void history(Opened in, ListHistory history, List<Step> planned) {
    try {
      var done =
          in.store()
              .write(transaction -> planned.stream().map(step -> step(transaction, step)).toList());
      history.add(done, End.COMMITTED);
    } catch (ProblemException _) { // it waited too long for others
      var appends = planned.stream().filter(Step.Append.class::isInstance).toList();
      history.add(appends, End.UNKNOWN);
    }
  }

  private static Step step(Transaction transaction, Step step) {
    return switch (step) {
      case Step.Append(var list, var value) -> {
        var row = row(transaction, list);
        var longer = new ArrayList<>(values(row));
        longer.add(value);
        transaction.update("item", row.with("numbers", numbers(longer)), Set.of("numbers"));
        yield step;
      }
      case Step.Read(var list, _) -> new Step.Read(list, values(row(transaction, list)));
    };
  }

  private static Row row(Transaction transaction, String list) {
    return transaction.find("item", list(Integer.parseInt(list)).id()).orElseThrow();
  }
}
