package engineroom.server;

import static engineroom.server.ReplicatedApp.NOTHING_WRITTEN;
import static engineroom.server.ReplicatedApp.answeredBy;
import static engineroom.server.ReplicatedApp.within;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App.Mode;
import engineroom.testkit.run.Alone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A standby that answers reads is killed, stands still, is promoted, or ends what it is asked, and
/// nobody who reads is told so.
@Alone
class ReplicaTroublesTest {
  private static final int CLIENTS = 4;

  @TempDir Path folder;
  private OwnPostgres primary;
  private OwnPostgres standby;
  private ReplicatedApp app;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    primary = new OwnPostgres(folder.resolve("primary"));
    standby = OwnPostgres.standbyOf(primary, folder.resolve("standby"));
    app = new ReplicatedApp(folder, primary);
    node = app.reading("one", standby.port(), "");
  }

  @AfterEach
  void stop() throws Exception {
    app.close();
    standby.close();
    primary.close();
  }

  /// Something that happens to the standby.
  private interface Trouble {
    void happens() throws Exception;
  }

  /// Reads and writes of some clients, each of which must see what it wrote, while something
  /// happens. All must have gone well.
  private final class Load implements AutoCloseable {
    private final List<Thread> clients = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger byReplica = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean over;

    Load() {
      for (int i = 0; i < CLIENTS; i++) {
        var name = "client" + i;
        clients.add(Thread.ofVirtual().start(() -> run(name)));
      }
    }

    private void run(String name) {
      try {
        for (int i = 0; !over; i++) {
          once(name + "-" + i);
        }
      } catch (Exception | AssertionError e) {
        failed.add(e);
      }
    }

    private void once(String text) throws Exception {
      var written = app.write(node, text);
      var path = written.headers().firstValue("Location").orElseThrow();
      var after = ReplicatedApp.position(written);
      for (int i = 0; i < 20; i++) {
        var answer = app.send(node, "GET", path, "", after);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        reads.incrementAndGet();
        if (answeredBy(answer).equals("replica")) {
          byReplica.incrementAndGet();
        }
      }
    }

    /// Waits for so many more reads, of any server.
    void more(int count) {
      var until = reads.get() + count;
      within(() -> reads.get() >= until || !failed.isEmpty());
    }

    /// Waits for so many more reads of the replica.
    void moreOfReplica(int count) {
      var until = byReplica.get() + count;
      within(() -> byReplica.get() >= until || !failed.isEmpty());
    }

    @Override
    public void close() {
      over = true;
      within(() -> clients.stream().noneMatch(Thread::isAlive));
      assertThat(failed).isEmpty();
    }
  }

  private void underLoad(Trouble trouble) throws Exception {
    try (var load = new Load()) {
      load.moreOfReplica(50);
      trouble.happens();
      load.more(100);
      within(() -> !ready().contains("\"replicas\":true"));
      standby.start();
      within(() -> ready().contains("\"replicas\":true"));
      load.moreOfReplica(50);
    }
  }

  private String ready() throws IOException, InterruptedException {
    var answer = app.send(node, "GET", "/ready", "", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void one_that_is_killed_fails_no_read_and_answers_again_when_it_is_back() throws Exception {
    underLoad(() -> standby.kill());
  }

  @Test
  void one_that_is_stopped_fails_no_read_and_answers_again_when_it_is_back() throws Exception {
    underLoad(() -> standby.stop());
  }

  @Test
  void one_that_stands_still_fails_no_read() throws Exception {
    try (var load = new Load()) {
      load.moreOfReplica(50);
      signal("-STOP");
      try {
        load.more(100);
        within(() -> ready().contains("\"replicas\":false"));
      } finally {
        signal("-CONT");
      }
      load.moreOfReplica(50);
    }
  }

  /// Sends a signal to all processes of the standby.
  private void signal(String signal) throws IOException, InterruptedException {
    var file = standby.data().resolve("postmaster.pid");
    var first = ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()));
    var command = new ArrayList<>(List.of("kill", signal));
    command.add(Long.toString(first.orElseThrow().pid()));
    first.orElseThrow().descendants().forEach(p -> command.add(Long.toString(p.pid())));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void one_that_ends_reads_or_connections_fails_none() throws Exception {
    try (var load = new Load()) {
      load.moreOfReplica(50);
      for (int i = 0; i < 20; i++) {
        for (var end : List.of("pg_cancel_backend", "pg_terminate_backend")) {
          standby.execute(
              "postgres",
              "SELECT count("
                  + end
                  + "(pid)) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                  + " AND pid <> pg_backend_pid()");
          load.more(5);
        }
      }
      load.moreOfReplica(50);
    }
  }

  @Test
  void one_that_was_promoted_is_read_no_more_and_never_written() throws Exception {
    standby.execute("postgres", "SELECT pg_promote()");
    within(() -> ready().contains("it is no standby: it was promoted"));
    var after = ReplicatedApp.position(app.write(node, "written"));
    var answer = app.read(node, after);
    assertThat(answeredBy(answer)).isEqualTo("primary");
    assertThat(answer.body()).contains("written");
    assertThat(standby.asked(app.database(), "SELECT text FROM note")).isEmpty();
  }

  @Test
  void another_standby_in_its_place_answers_in_its_stead() throws Exception {
    standby.close();
    var text = ReplicatedApp.position(app.write(node, "before the copy"));
    var other = OwnPostgres.standbyOf(primary, folder.resolve("other"), standby.port());
    try {
      within(() -> answeredBy(app.read(node, text)).equals("replica"));
      assertThat(app.read(node, text).body()).contains("before the copy");
    } finally {
      other.close();
    }
  }

  @Test
  void an_app_starts_while_it_is_away_and_reads_from_it_when_it_is_there() throws Exception {
    standby.stop();
    var two = app.node("two", Mode.PRODUCTION, app.model(standby.port(), "", ""));
    assertThat(answeredBy(app.read(two, NOTHING_WRITTEN))).isEqualTo("primary");
    assertThat(app.send(two, "GET", "/ready", "", "").body())
        .contains("\"status\":\"ready\"", "\"replicas\":false", "reached");
    standby.start();
    within(() -> answeredBy(app.read(two, NOTHING_WRITTEN)).equals("replica"));
  }
}
