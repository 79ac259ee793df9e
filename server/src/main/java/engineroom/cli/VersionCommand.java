package engineroom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `engineroom version`: says which program this is.
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  private final Main.Console console;

  VersionCommand(Main.Console console) {
    this.console = console;
  }

  /// The version as text.
  static final class Text implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {version()};
    }

    static String version() {
      var version = Main.class.getPackage().getImplementationVersion();
      return "Engineroom "
          + (version == null ? "from source" : version)
          + ", Java "
          + Runtime.version();
    }
  }

  @Override
  public Integer call() {
    console.out().println(Text.version());
    return 0;
  }
}
