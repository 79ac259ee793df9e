package engineroom.stores.session;

import static engineroom.problem.ProblemException.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.model.Entity;
import engineroom.outcome.Change;
import engineroom.problem.StoreProblem.Unavailable;
import engineroom.stores.session.GroupCommit.Work;
import engineroom.stores.session.Refusals.Refused;
import engineroom.stores.sql.TableNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private static final String NOT_NOW = "store/unavailable: Not now.";

  /// The works that were done in each transaction that was committed.
  private final List<List<String>> committed = Collections.synchronizedList(new ArrayList<>());

  private final List<String> alone = Collections.synchronizedList(new ArrayList<>());
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch othersCame = new CountDownLatch(1);
  private final GroupCommit group = new GroupCommit(1, Duration.ofHours(1), this::share);
  private @Nullable RuntimeException atCommit;

  @AfterEach
  void ended() {
    othersCame.countDown();
    threads.close();
  }

  @Test
  void works_that_come_while_one_runs_share_its_transaction() throws Exception {
    var all = atOnce(first("a"), writing("b"), writing("c"));
    assertThat(results(all)).containsExactly("a", "b", "c");
    assertThat(committed).containsExactly(List.of("a", "b", "c"));
    assertThat(told).containsExactly("a at 1", "b at 1", "c at 1");
    assertThat(alone).isEmpty();
  }

  @Test
  void a_work_that_is_refused_before_it_wrote_costs_only_itself() throws Exception {
    var all = atOnce(first("a"), refused("r", false), writing("c"));
    assertThat(results(all)).containsExactly("a", NOT_NOW, "c");
    assertThat(committed).containsExactly(List.of("a", "c"));
    assertThat(alone).isEmpty();
  }

  @Test
  void what_is_told_of_others_rows_is_told_when_they_are_there() throws Exception {
    atCommit = new IllegalStateException("undone");
    var all = atOnce(first("a"), refused("r", false));
    assertThat(results(all)).as("asked once more, alone").containsExactly("a", NOT_NOW);
    assertThat(alone).containsExactlyInAnyOrder("a", "r");
    assertThat(committed).isEmpty();
  }

  @Test
  void a_work_that_fails_after_it_wrote_sends_each_to_a_transaction_of_its_own() throws Exception {
    var all = atOnce(first("a"), refused("r", true), writing("c"));
    assertThat(results(all)).containsExactly("a", NOT_NOW, "c");
    assertThat(committed).isEmpty();
    assertThat(alone).containsExactlyInAnyOrder("a", "r", "c");
    assertThat(write(writing("d"))).isEqualTo("d");
    assertThat(alone).as("so do the next ones").contains("d");
  }

  @Test
  void after_a_hundred_that_went_alone_works_share_again() {
    atCommit = new IllegalStateException("undone");
    for (int i = 0; i < 101; i++) {
      assertThat(write(writing("a"))).isEqualTo("a");
    }
    assertThat(committed).isEmpty();
    atCommit = null;
    assertThat(write(writing("b"))).isEqualTo("b");
    assertThat(committed).containsExactly(List.of("b"));
  }

  @Test
  void nothing_is_written_twice_where_nobody_knows_whether_it_was_committed() throws Exception {
    atCommit = problem(new Unavailable("It may be there or not.", "Look."));
    var all = atOnce(first("a"), writing("b"));
    for (var each : all) {
      assertThatThrownBy(each::get).hasMessageContaining("It may be there or not.");
    }
    assertThat(alone).isEmpty();
  }

  @Test
  void a_work_that_holds_what_others_may_want_goes_alone_and_so_does_all_of_its_kind()
      throws Exception {
    var all = atOnce(first("a"), holding("h"), writing("c"));
    assertThat(results(all)).containsExactly("a", "h", "c");
    assertThat(committed).containsExactly(List.of("a", "c"));
    assertThat(alone).containsExactly("h");
    assertThat(write(writing("h"))).isEqualTo("h");
    assertThat(alone).containsExactly("h", "h");
    assertThat(write(writing("d"))).isEqualTo("d");
    assertThat(committed)
        .as("others share as before")
        .containsExactly(List.of("a", "c"), List.of("d"));
  }

  @Test
  void nobody_shares_with_a_work_that_holds_what_others_may_want() throws Exception {
    var all =
        atOnce(
            new Task(
                "h",
                (writing, sharing) -> {
                  sharing.holds();
                  return first("h").work().run(writing, sharing);
                }),
            writing("b"));
    assertThat(results(all)).containsExactly("h", "b");
    assertThat(committed).containsExactly(List.of("h"), List.of("b"));
  }

  @Test
  void no_more_than_sixteen_share_a_transaction() throws Exception {
    var tasks = new ArrayList<Task>();
    tasks.add(first("0"));
    for (int i = 1; i < 20; i++) {
      tasks.add(writing(Integer.toString(i)));
    }
    assertThat(results(atOnce(tasks.toArray(Task[]::new)))).hasSize(20);
    assertThat(committed).hasSize(2);
    assertThat(committed.getFirst()).hasSize(16);
  }

  @Test
  void an_error_of_one_is_its_own_and_the_others_go_on() throws Exception {
    var all =
        atOnce(
            first("a"),
            new Task(
                "e",
                (_, _) -> {
                  throw new AssertionError("broken");
                }),
            writing("c"));
    assertThat(results(all)).containsExactly("a", "broken", "c");
  }

  /// A work and its name, which is its kind too.
  private record Task(String name, Work<String> work) {}

  private static Task writing(String name) {
    return new Task(name, (writing, sharing) -> written(name, writing, sharing));
  }

  private static String written(String name, Writing writing, Sharing sharing) {
    sharing.writes();
    ((Rows) writing).written.add(name);
    return name;
  }

  /// Waits until the others have come.
  private Task first(String name) {
    return new Task(
        name,
        (writing, sharing) -> {
          begun.countDown();
          awaited(othersCame);
          return written(name, writing, sharing);
        });
  }

  private static Task holding(String name) {
    return new Task(
        name,
        (writing, sharing) -> {
          sharing.holds();
          return written(name, writing, sharing);
        });
  }

  private static Task refused(String name, boolean written) {
    return new Task(
        name,
        (writing, sharing) -> {
          if (written) {
            written(name, writing, sharing);
          }
          throw problem(new Unavailable("Not now.", "Later."));
        });
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void share(Consumer<Writing> works, LongConsumer position) {
    var writing = new Rows();
    works.accept(writing);
    if (atCommit != null) {
      throw atCommit;
    }
    committed.add(writing.written);
    position.accept(committed.size());
  }

  private String write(Task task) {
    return group.write(
        task.name(),
        task.work(),
        position -> told.add(task.name() + " at " + position),
        () -> {
          alone.add(task.name());
          return task.work().run(new Rows(), Sharing.NONE);
        });
  }

  /// Runs the first one, and the others in their order while it waits for them.
  private List<Future<String>> atOnce(Task... tasks) throws InterruptedException {
    var running = new ArrayList<Future<String>>();
    for (var task : tasks) {
      running.add(threads.submit(() -> write(task)));
      begun.await();
      while (group.waiting() < running.size() - 1) {
        Thread.sleep(1);
      }
    }
    othersCame.countDown();
    return running;
  }

  /// What each came to.
  private static List<String> results(List<Future<String>> running) throws InterruptedException {
    var results = new ArrayList<String>();
    for (var each : running) {
      try {
        results.add(each.get());
      } catch (ExecutionException e) {
        results.add(String.valueOf(Objects.requireNonNull(e.getCause()).getMessage()));
      }
    }
    return results;
  }

  /// A transaction that keeps names.
  private static final class Rows implements Writing {
    final List<String> written = new ArrayList<>();

    @Override
    public ReadSession session() {
      throw new UnsupportedOperationException("it has names alone");
    }

    @Override
    public OwnRows own() {
      throw new UnsupportedOperationException("it has names alone");
    }

    @Override
    public <T> T step(Supplier<T> work, Function<SessionFailure, T> refused) {
      return work.get();
    }

    @Override
    public <T> T said(Supplier<T> reading, Supplier<T> otherwise) {
      return reading.get();
    }

    @Override
    public <T> T attempt(Supplier<T> work) {
      return work.get();
    }

    @Override
    public List<Change> log(List<Change> changes) {
      return changes;
    }

    @Override
    public Refused refused(SessionFailure failure, TableNames names, Entity entity) {
      throw new UnsupportedOperationException("it refuses nothing");
    }
  }
}
