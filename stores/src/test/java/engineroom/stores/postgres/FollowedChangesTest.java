package engineroom.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.model.FieldType.Text;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.stores.PostgresAddress;
import engineroom.stores.migration.Sketch;
import engineroom.stores.session.SessionStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Processes write at once, and who follows the change log misses nothing and sees it in order.
class FollowedChangesTest {
  private static final Model THINGS = Sketch.things(Sketch.field("name", Text.PLAIN));
  private static final int PROCESSES = 2;
  private static final int THREADS = 4;
  private static final int WRITES = Integer.getInteger("nodes.writes", 150);

  private static PostgresDatabase open(PostgresAddress address) {
    return PostgresDatabase.open(address, new FieldRules((_, _) -> List.of()));
  }

  /// Writes changes in transactions of many lengths, some of which are given up.
  static final class Child {
    private Child() {}

    static void main(String[] arguments) throws Exception {
      var login = new PostgresAddress.Login("postgres", "");
      var port = Integer.parseInt(arguments[0]);
      var address = new PostgresAddress("localhost", port, arguments[1], login, Map.of());
      var name = arguments[2];
      try (var database = open(address);
          var threads = Executors.newFixedThreadPool(THREADS)) {
        var store = database.storeAsItIs(THINGS);
        for (int thread = 0; thread < THREADS; thread++) {
          submit(threads, store, name + "-" + thread);
        }
      }
    }

    private static void submit(ExecutorService threads, SessionStore store, String name) {
      Runnable writing =
          () -> {
            var random = new Random(name.hashCode());
            for (int i = 0; i < WRITES; i++) {
              write(store, random);
            }
          };
      threads.execute(writing);
    }

    private static void write(SessionStore store, Random random) {
      try {
        store.write(
            transaction -> {
              for (int change = 0; change < 3; change++) {
                var id = new Value.Uuid(UUID.randomUUID());
                var origin = new Origin("program", "r", Instant.EPOCH);
                transaction.log(
                    new Change(0, "thing", id, Kind.CREATED, Map.of(), Map.of(), origin));
                pause(random.nextInt(8));
              }
              if (random.nextInt(5) == 0) {
                throw new IllegalArgumentException("given up"); // its numbers are never seen
              }
              return true;
            });
      } catch (IllegalArgumentException _) {
        // as it is to be
      }
    }

    private static void pause(int millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void sees_every_change_of_every_process_once_and_in_order() throws Exception {
    var address = Servers.fresh();
    try (var database = open(address)) {
      var store = database.store(THINGS);
      var children = new ArrayList<Process>();
      for (int i = 0; i < PROCESSES; i++) {
        children.add(child(address, "p" + i));
      }
      var seen = new ArrayList<Long>();
      boolean more = true;
      while (more) {
        more = children.stream().anyMatch(Process::isAlive); // asked before the last look
        var last = seen.isEmpty() ? 0L : seen.getLast();
        store.changes(last, 100).forEach(change -> seen.add(change.sequence()));
        more |= !store.changes(seen.isEmpty() ? 0L : seen.getLast(), 1).isEmpty();
      }
      assertThat(children).allMatch(child -> child.exitValue() == 0);
      assertThat(seen).isSorted().doesNotHaveDuplicates();
      assertThat(seen.size()).isGreaterThan(PROCESSES * THREADS * WRITES * 2);
      var all = store.changes(0, Integer.MAX_VALUE).stream().map(Change::sequence).toList();
      assertThat(seen).isEqualTo(all);
    }
  }

  private static Process child(PostgresAddress address, String name) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            Integer.toString(address.port()),
            address.database(),
            name)
        .inheritIO()
        .start();
  }
}
