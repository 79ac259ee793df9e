package engineroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App.Mode;
import engineroom.testkit.run.Alone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL is restarted, killed and cut off in the middle of mixed load. Clients that try again
/// with their `Idempotency-Key` lose nothing and write nothing twice, and five seconds after the
/// database is back everything serves. `-Dnodes.restarts=20` for more rounds.
@Alone
class DatabaseRestartsTest {
  private static final int ROUNDS = Integer.getInteger("nodes.restarts", 1);
  private static final Duration BACK = Duration.ofSeconds(5);

  /// Longer than a pool waits that tries less and less often.
  private static final Duration LONG = Duration.ofSeconds(12);

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final String MODEL =
      """
      engineroom: 1
      name: Notes
      store: %s
      settings: { rates: off }
      entities:
        note: { fields: { text: text }, access: { read: true, write: true } }
        tally: { fields: { name: text, total: integer }, access: { read: true, write: true } }
      """;

  @TempDir Path folder;
  private OwnPostgres postgres;
  private CutLine line;
  private Node one;
  private Node two;
  private KeyedLoad load;

  /// Something that happens to the database, after which it is there again.
  private interface Trouble {
    void happens() throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    postgres = new OwnPostgres(folder.resolve("postgres"));
    line = new CutLine(postgres.port());
    var near = MODEL.formatted(postgres.address());
    var far = MODEL.formatted(OwnPostgres.addressBy(line.port()));
    one = new Node(folder.resolve("one")).with(near).start(Mode.PRODUCTION);
    two = new Node(folder.resolve("two")).with(far).keysOf(one).start(Mode.PRODUCTION);
    load = new KeyedLoad(List.of(one.port(), two.port()));
  }

  @AfterEach
  void stop() throws Exception {
    load.close();
    one.close();
    two.close();
    line.close();
    postgres.close();
  }

  private void underLoad(Trouble trouble) throws Exception {
    load.start();
    Thread.sleep(500);
    for (var round = 0; round < ROUNDS; round++) {
      trouble.happens();
      var back = load.servedAgain(Duration.ofSeconds(30));
      System.err.printf("everything serves again after %d ms%n", back.toMillis());
      assertThat(back).as("time until everything serves again").isLessThan(BACK);
    }
    Thread.sleep(300);
    load.finish();
    load.check(one.port());
  }

  private void away(Duration time) throws Exception {
    Thread.sleep(time);
    postgres.start();
  }

  @Test
  void a_server_that_was_stopped_and_started_again_serves_as_before() throws Exception {
    underLoad(
        () -> {
          postgres.stop();
          away(SHORT);
        });
  }

  @Test
  void a_server_that_was_killed_and_started_again_has_what_was_acknowledged() throws Exception {
    underLoad(
        () -> {
          postgres.kill();
          away(SHORT);
        });
  }

  @Test
  void a_server_that_was_away_for_long_is_found_again_at_once() throws Exception {
    underLoad(
        () -> {
          postgres.stop();
          away(LONG);
        });
  }

  @Test
  void connections_that_are_cut_again_and_again_lose_nothing() throws Exception {
    underLoad(
        () -> {
          for (var i = 0; i < 10; i++) {
            postgres.cutConnections();
            Thread.sleep(100);
            line.cut();
            Thread.sleep(100);
          }
        });
  }
}
