package engineroom.stores.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/// A database server of the tests: killed when the program ends, and its folder goes with it.
///
/// @param place its folder, with its `log`
record RunningServer(Process process, Path place) {
  private static final int ATTEMPTS = 600;

  /// Starts it, and waits until it answers at its port.
  static void start(ProcessBuilder builder, Path place, int port)
      throws IOException, InterruptedException {
    var server = new RunningServer(builder.start(), place);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    for (var i = 0; i < ATTEMPTS; i++) {
      try (var _ = new Databases(port).connect("")) {
        return;
      } catch (SQLException e) {
        if (!server.process.isAlive()) {
          throw new IllegalStateException(Files.readString(place.resolve("log")), e);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new IllegalStateException("the server did not start: see " + place.resolve("log"));
  }

  private void stop() {
    process.destroyForcibly();
    try {
      process.waitFor();
      try (var all = Files.walk(place)) {
        all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
