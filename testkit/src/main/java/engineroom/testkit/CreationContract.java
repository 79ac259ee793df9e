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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds of creations, which may share a transaction.
interface CreationContract {
  int THREADS = 48;
  int EACH = 12;

  Opened opened();

  @Test
  default void creations_of_one_moment_end_as_if_each_was_alone() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    try (var in = opened()) {
      var made = new ArrayList<Row>();
      for (var ends : atOnce(thread -> () -> creations(in, thread, new Random(seed + thread)))) {
        made.addAll(ends);
      }
      for (int number = 0; number < THREADS * EACH; number++) {
        var row = personRow(number);
        assertThat(in.has("person", row))
            .as("person " + number + ", seed " + seed)
            .isEqualTo(made.stream().anyMatch(kept -> kept.id().equals(row.id())));
      }
      assertThat(made.stream().map(row -> row.value("email")).filter(e -> e != Value.NULL))
          .as("seed " + seed)
          .doesNotHaveDuplicates()
          .isNotEmpty();
      assertThat(in.store().changes(0, THREADS * EACH).stream().map(Change::id))
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
          .isEqualTo(Value.of((long) THREADS / 2 * EACH));
      assertThat(in.store().changes(0, 2 * THREADS * EACH)).hasSize(THREADS * EACH);
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
      var running = IntStream.range(0, THREADS).mapToObj(t -> pool.submit(threads.of(t))).toList();
      var ends = new ArrayList<List<Row>>();
      for (Future<List<Row>> each : running) {
        ends.add(each.get());
      }
      return ends;
    }
  }
}
