package engineroom.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.LogManager;

/// How the program's log looks: one line an entry, on standard error, without the libraries'
/// chatter. Java makes one when its log is first used; whoever wants another names it by
/// `java.util.logging.config.file`.
public final class Logging {
  private static final String CLASS = "java.util.logging.config.class";
  private static final String FILE = "java.util.logging.config.file";
  private static final String SETTINGS =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = INFO
      java.util.logging.SimpleFormatter.format = %1$tFT%1$tT.%1$tL%1$tz %4$s %3$s %5$s%6$s%n
      io.helidon.level = WARNING
      com.zaxxer.hikari.level = WARNING
      """;

  /// Called by Java.
  ///
  /// @throws IOException never: nothing is read from outside
  public Logging() throws IOException {
    var settings = new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.ISO_8859_1));
    LogManager.getLogManager().readConfiguration(settings);
  }

  /// Before the log is used. It is not made ready here, since Java looks through every jar for
  /// that, which takes a tenth of a start.
  static void configure() {
    if (List.of(CLASS, FILE).stream().allMatch(name -> System.getProperty(name) == null)) {
      System.setProperty(CLASS, Logging.class.getName());
    }
  }
}
