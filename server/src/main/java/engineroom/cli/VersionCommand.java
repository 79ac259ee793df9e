package engineroom.cli;

import java.util.List;

/// `engineroom version`: says which program this is.
final class VersionCommand implements Command {
  private final Main.Console console;

  VersionCommand(Main.Console console) {
    this.console = console;
  }

  static String version() {
    var version = Main.class.getPackage().getImplementationVersion();
    return "Engineroom "
        + (version == null ? "from source" : version)
        + ", Java "
        + Runtime.version();
  }

  @Override
  public Usage usage() {
    return new Usage(
        "version",
        "Prints the version.",
        Usage.Arguments.NONE,
        List.of(),
        List.of("  engineroom version"));
  }

  @Override
  public int run(Given given) {
    console.out().println(version());
    return 0;
  }
}
