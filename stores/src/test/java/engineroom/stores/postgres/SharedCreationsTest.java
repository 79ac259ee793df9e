package engineroom.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.problem.StoreProblem.NotUnique;
import engineroom.stores.session.SessionStore;
import engineroom.testkit.ContractModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedCreationsTest {
  private static final Duration TIME = Duration.ofSeconds(10);

  /// More than there may be transactions that share.
  private static final int CLIENTS = 64;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private PostgresDatabase database;
  private SessionStore store;

  @BeforeEach
  void opened() {
    database = PostgresDatabase.open(Servers.fresh(), new FieldRules((_, _) -> List.of()));
    store = database.store(ContractModel.MODEL);
  }

  @AfterEach
  void closed() {
    threads.close();
    database.close();
  }

  @Test
  void creations_of_one_moment_share_transactions() throws Exception {
    int each = 10;
    var running = new ArrayList<Future<Value>>();
    for (int client = 0; client < CLIENTS; client++) {
      var first = each * client;
      running.add(
          threads.submit(
              () -> {
                IntStream.range(first, first + each).forEach(n -> create(person(n)));
                return person(first).id();
              }));
    }
    for (var client : running) {
      client.get();
    }
    assertThat(number("SELECT count(*) FROM person")).isEqualTo((long) CLIENTS * each);
    assertThat(number("SELECT count(DISTINCT CAST(xmin AS text)) FROM person"))
        .isLessThan((long) CLIENTS * each / 2);
  }

  @Test
  void one_that_waits_for_a_stranger_keeps_no_other_waiting() throws Exception {
    var locked = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var stranger = threads.submit(() -> stranger(person(1_000), locked, end));
    locked.await();
    var waits = threads.submit(() -> create(named(1_001, person(1_000))));
    var others = IntStream.range(0, CLIENTS).mapToObj(n -> created(person(n))).toList();
    for (var other : others) {
      other.get();
    }
    assertThat(waits.isDone()).as("it waits to know whether the other one stays").isFalse();
    end.countDown();
    stranger.get();
    assertThat(refusal(waits)).isEqualTo(new NotUnique("person", List.of("email")));
  }

  private Future<Row> created(Row row) {
    return threads.submit(() -> create(row));
  }

  /// Writes a row whose transaction stays open.
  private Value stranger(Row row, CountDownLatch locked, CountDownLatch end) {
    return store.write(
        transaction -> {
          transaction.insert("person", named(0, row).with("id", row.id()));
          transaction.find("person", row.id()); // by now it is there
          locked.countDown();
          return awaited(end) ? row.id() : Value.NULL;
        });
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object refusal(Future<Row> row) throws InterruptedException {
    try {
      return row.get();
    } catch (ExecutionException e) {
      return e.getCause() instanceof ProblemException refused ? refused.problem() : e;
    }
  }

  @Test
  void loses_none_where_connections_are_cut_in_the_middle() throws Exception {
    int each = 40;
    var running = new ArrayList<Future<List<Row>>>();
    for (int client = 0; client < CLIENTS; client++) {
      var first = each * client;
      running.add(threads.submit(() -> kept(first, each)));
    }
    for (int i = 0; i < 5; i++) {
      number(
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
              + " WHERE pid <> pg_backend_pid() AND datname = current_database()");
      Thread.sleep(50);
    }
    for (var client : running) {
      var kept = client.get();
      assertThat(kept).hasSizeGreaterThan(each / 2);
      assertThat(ids()).containsAll(kept.stream().map(SharedCreationsTest::id).toList());
    }
    assertThat(number("SELECT count(DISTINCT CAST(xmin AS text)) FROM person"))
        .as("they shared transactions")
        .isLessThan(ids().size());
  }

  private static String id(Row row) {
    return ((Value.Uuid) row.id()).uuid().toString();
  }

  /// Those that were said to be kept.
  private List<Row> kept(int first, int count) {
    var kept = new ArrayList<Row>();
    for (int n = first; n < first + count; n++) {
      try {
        kept.add(create(person(n)));
      } catch (ProblemException e) {
        assertThat(e.problem().title()).contains("was lost while this was written");
      }
    }
    return kept;
  }

  private List<String> ids() {
    return database.read(
        TIME,
        connection -> {
          var ids = new ArrayList<String>();
          try (var rows = connection.rows("SELECT id FROM person")) {
            while (rows.next()) {
              ids.add(rows.text(0));
            }
          }
          return ids;
        });
  }

  private long number(String sql) {
    return database.read(
        TIME,
        connection -> {
          try (var rows = connection.rows(sql)) {
            rows.next();
            return rows.number(0);
          }
        });
  }

  private static Row person(int number) {
    return ContractModel.personRow(number);
  }

  /// Another person with the address of one.
  private static Row named(int number, Row other) {
    return person(number).with("email", Value.of(other.value("name") + "@example.org"));
  }

  private Row create(Row row) {
    return store.create(
        "person",
        transaction -> {
          transaction.insert("person", row);
          return row;
        });
  }
}
