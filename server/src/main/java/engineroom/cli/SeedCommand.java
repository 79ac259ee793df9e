package engineroom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `engineroom seed`: reads rows into the store.
@Command(
    name = "seed",
    description =
        "Reads rows from files into the store, 500 at a time. A mistake in a file is named with its line.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engineroom seed                        all files in seed/",
      "  engineroom seed seed/product.csv       one file",
      "  engineroom seed --folder shop more.yaml"
    })
final class SeedCommand implements Callable<Integer> {
  private final Supplier<App> app;
  private final Main.Console console;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "the project; this folder by default")
  private Path folder = Path.of(".");

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "rows to read; all of seed/ by default")
  private List<Path> files = List.of();

  SeedCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    var progress = Progress.ofTerminal(console.notes());
    var rows = app.get().seed(folder, files, progress);
    console.out().println(rows == 1 ? "1 row written." : rows + " rows written.");
    return 0;
  }
}
