package engineroom.app;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Shows how far a long step has come: a bar that redraws itself on a terminal, a line now and then
/// elsewhere.
public final class Progress {
  private static final int WIDTH = 30;
  private static final Duration BAR_EVERY = Duration.ofMillis(100);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Kind kind;
  private final InstantSource clock;
  private Instant next = Instant.MIN;

  public Progress(PrintStream out, Kind kind, InstantSource clock) {
    this.out = out;
    this.kind = kind;
    this.clock = clock;
  }

  /// Progress as this process can show it.
  @SuppressWarnings("SystemConsoleNull") // seen null on JDK 25 where no output is a terminal
  public static Progress ofTerminal(PrintStream out) {
    var console = System.console();
    var terminal = console != null && console.isTerminal();
    var term = System.getenv().getOrDefault("TERM", "");
    return new Progress(out, Kind.of(new Kind.Screen(terminal, term)), InstantSource.system());
  }

  /// Where it is shown.
  public enum Kind {
    TERMINAL,
    LINES;

    /// A bar where somebody looks at a terminal that can redraw.
    public static Kind of(Screen screen) {
      return screen.terminal() && !"dumb".equals(screen.term()) ? TERMINAL : LINES;
    }

    /// What is known of standard error.
    ///
    /// @param terminal whether standard error is one
    /// @param term the variable `TERM`, or empty
    public record Screen(boolean terminal, String term) {}
  }

  /// So much of the whole is done.
  ///
  /// @param what a few words: `seed product`
  public void show(String what, long done, long whole) {
    var now = clock.instant();
    if (now.isBefore(next) && done < whole) {
      return;
    }
    next = now.plus(kind == Kind.TERMINAL ? BAR_EVERY : LINE_EVERY);
    var share = whole == 0 ? 1 : Math.clamp((double) done / whole, 0, 1);
    var percent = (int) (share * 100);
    switch (kind) {
      case TERMINAL -> {
        var full = (int) (share * WIDTH);
        out.print("\r\033[K" + what + " " + "█".repeat(full) + "░".repeat(WIDTH - full));
        out.print(" " + percent + " %" + (done >= whole ? System.lineSeparator() : ""));
      }
      case LINES -> out.println(what + ": " + done + " of " + whole + " (" + percent + " %)");
    }
    out.flush();
  }
}
