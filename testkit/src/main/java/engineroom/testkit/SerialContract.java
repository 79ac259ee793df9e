package engineroom.testkit;

import static engineroom.problem.ProblemException.problem;
import static engineroom.testkit.ContractModel.id;
import static engineroom.testkit.ContractModel.itemRow;
import static engineroom.testkit.ContractModel.personRow;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.outcome.Change;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.problem.Violation;
import engineroom.store.Transaction;
import engineroom.testkit.ListHistory.End;
import engineroom.testkit.ListHistory.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Transactions at the same time do what they would do one after the other.
interface SerialContract {
  int THREADS = 6;
  int LISTS = 4;
  int CLIENTS = 48;
  int EACH = 12;

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

  @Test
  default void creations_of_one_moment_end_as_if_each_was_alone() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    try (var in = opened()) {
      var made = new ArrayList<Row>();
      for (var ends : atOnce(thread -> () -> creations(in, thread, new Random(seed + thread)))) {
        made.addAll(ends);
      }
      for (int number = 0; number < CLIENTS * EACH; number++) {
        var row = personRow(number);
        assertThat(in.has("person", row))
            .as("person " + number + ", seed " + seed)
            .isEqualTo(made.stream().anyMatch(kept -> kept.id().equals(row.id())));
      }
      assertThat(made.stream().map(row -> row.value("email")).filter(e -> e != Value.NULL))
          .as("seed " + seed)
          .doesNotHaveDuplicates()
          .isNotEmpty();
      assertThat(in.store().changes(0, CLIENTS * EACH).stream().map(Change::id))
          .as("seed " + seed)
          .containsExactlyInAnyOrderElementsOf(made.stream().map(Row::id).toList());
    }
  }

  /// The rows of those that were not refused.
  private static List<Row> creations(Opened in, int thread, Random random) {
    var made = new ArrayList<Row>();
    for (int i = 0; i < EACH; i++) {
      var row = personRow(thread * EACH + i);
      switch (random.nextInt(8)) {
        case 0 -> refused(in, row, transaction -> {});
        case 1 -> refused(in, row, transaction -> insert(transaction, row));
        case 2 -> {
          var named = row.with("email", Value.of("p" + random.nextInt(20) + "@example.org"));
          if (unique(in, named)) {
            made.add(named);
          }
        }
        default -> {
          create(in, row);
          made.add(row);
        }
      }
    }
    return made;
  }

  private static void create(Opened in, Row row) {
    in.store()
        .create(
            "person",
            transaction -> {
              insert(transaction, row);
              return row;
            });
  }

  private static void insert(Transaction transaction, Row row) {
    transaction.insert("person", row);
    var origin =
        new Change.Origin("administrator", "r", Instant.parse("2026-08-01T10:00:00.000001Z"));
    transaction.log(
        new Change(0, "person", row.id(), Change.Kind.CREATED, Map.of(), row.values(), origin));
  }

  private static boolean unique(Opened in, Row row) {
    try {
      create(in, row);
      return true;
    } catch (ProblemException e) {
      assertThat(e.problem()).isEqualTo(new NotUnique("person", List.of("email")));
      return false;
    }
  }

  private static void refused(Opened in, Row row, Consumer<Transaction> before) {
    var wrong = new NotValid(List.of(new Violation("name", "taste", "is not nice " + row.id())));
    try {
      in.store()
          .create(
              "person",
              transaction -> {
                before.accept(transaction);
                throw problem(wrong);
              });
    } catch (ProblemException e) {
      assertThat(e.problem()).isEqualTo(wrong);
    }
  }

  @Test
  default void creations_that_change_a_row_too_change_it_once_each() throws Exception {
    try (var in = opened()) {
      in.keep("item", itemRow(1).with("count", Value.of(0)));
      atOnce(
          thread ->
              () -> {
                for (int i = 0; i < EACH; i++) {
                  var number = thread * EACH + i;
                  if (thread % 2 == 0) {
                    create(in, personRow(number));
                  } else {
                    createAndCount(in, personRow(number));
                  }
                }
                return List.of();
              });
      assertThat(in.found("item", itemRow(1)).value("count"))
          .isEqualTo(Value.of((long) CLIENTS / 2 * EACH));
      assertThat(in.store().changes(0, 2 * CLIENTS * EACH)).hasSize(CLIENTS * EACH);
    }
  }

  private static void createAndCount(Opened in, Row row) {
    in.store()
        .create(
            "person",
            transaction -> {
              insert(transaction, row);
              var item = transaction.find("item", id(1)).orElseThrow();
              var count = ((Value.Integer) item.value("count")).number();
              transaction.update("item", item.with("count", Value.of(count + 1)), Set.of("count"));
              return row;
            });
  }

  /// Work of one thread.
  interface Threads {
    Callable<List<Row>> of(int thread);
  }

  private static List<List<Row>> atOnce(Threads threads) throws Exception {
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = IntStream.range(0, CLIENTS).mapToObj(t -> pool.submit(threads.of(t))).toList();
      var ends = new ArrayList<List<Row>>();
      for (Future<List<Row>> each : running) {
        ends.add(each.get());
      }
      return ends;
    }
  }
}
