package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.stores.sql.Computations;
import engineroom.stores.sqlite.SqliteConnection.Role;
import engineroom.testkit.run.Alone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Alone
final class SqliteUpkeepTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int MUCH = 4 << 20;

  @TempDir Path folder;

  @Test
  void the_log_is_moved_when_it_can_be_again() throws InterruptedException {
    try (var looking = connection(Role.WRITER);
        var writer = new SqliteWriter(connection(Role.WRITER));
        var readers = new SqliteReaders(() -> connection(Role.READER))) {
      var moving = connection(Role.WRITER);
      writer.alone(connection -> run(connection, "CREATE TABLE text (text TEXT)"));
      var upkeep = new SqliteUpkeep(writer, readers, moving);
      try {
        synchronized (moving) { // within a transaction of its own a connection can't move the log
          run(moving, "BEGIN");
          moving.statement("SELECT count(*) FROM text").run().close();
        }
        writer.write(
            connection -> run(connection, "INSERT INTO text VALUES (hex(zeroblob(" + MUCH + ")))"));
        Thread.sleep(5 * WriteAheadLog.LOOK_MILLIS);
        assertThat(new WriteAheadLog(looking).waiting()).isGreaterThan(WriteAheadLog.MOVED_BYTES);
        synchronized (moving) {
          run(moving, "COMMIT");
        }
        var late = Instant.now().plus(LONG);
        while (new WriteAheadLog(looking).waiting() > 0 && Instant.now().isBefore(late)) {
          Thread.sleep(WriteAheadLog.LOOK_MILLIS);
        }
        assertThat(new WriteAheadLog(looking).waiting()).isZero();
      } finally {
        upkeep.end();
      }
    }
  }

  private SqliteConnection connection(Role role) {
    return new SqliteConnection(folder.resolve("app.db"), role, new Computations());
  }

  private static boolean run(SqliteConnection connection, String sql) {
    connection.execute(sql);
    return true;
  }
}
