package engineroom.cli;

import engineroom.app.App;
import java.util.concurrent.CountDownLatch;

/// Waits for SIGTERM or Ctrl-C, closes the server while the virtual machine waits for it, and lets
/// it end with 0.
final class Ending {
  /// Set while the build records what a start needs: the virtual machine writes it down at its own
  /// end, which `halt` leaves out.
  private static final String TRAINING = "engineroom.training";

  private Ending() {}

  /// Returns never in a program told to stop from outside: the signal's thread closes and ends it.
  static void await(App.Running running) {
    var forever = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  running.close();
                  System.out.flush();
                  if (!Boolean.getBoolean(TRAINING)) {
                    Runtime.getRuntime().halt(0);
                  }
                },
                "shutdown"));
    try {
      forever.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
