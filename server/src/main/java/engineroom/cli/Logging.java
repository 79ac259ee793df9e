package engineroom.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/// How the program's log looks: one line an entry, on standard error, without the HTTP library's
/// chatter.
final class Logging {
  private static final String FORMAT = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n";

  /// Kept here because the logging library holds its loggers weakly.
  private static final Logger LIBRARY = Logger.getLogger("io.helidon");

  private Logging() {}

  static void configure() {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
    }
    LIBRARY.setLevel(Level.WARNING);
  }
}
