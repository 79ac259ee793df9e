package engineroom.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// How the program's log looks: one line an entry, on standard error, without the libraries'
/// chatter.
final class Logging {
  private static final String FORMAT = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n";

  /// Kept here because the logging library holds its loggers weakly.
  private static final List<Logger> LIBRARIES =
      List.of(Logger.getLogger("io.helidon"), Logger.getLogger("com.zaxxer.hikari"));

  private Logging() {}

  static void configure() {
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
    }
    LIBRARIES.forEach(library -> library.setLevel(Level.WARNING));
  }
}
