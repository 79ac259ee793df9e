package engineroom.cli;

import engineroom.app.App;
import engineroom.app.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom seed`: reads rows into the store.
final class SeedCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  SeedCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "seed",
        "Reads rows from files into the store, all or none. "
            + "A mistake in a file is named with its line.",
        new Usage.Arguments(
            "[FILE...]", "rows to read; all of seed/ by default", 0, Integer.MAX_VALUE),
        List.of(Usage.value("folder", "FOLDER", "the project; this folder by default")),
        List.of(
            "  engineroom seed                        all files in seed/",
            "  engineroom seed seed/product.csv       one file",
            "  engineroom seed --folder shop more.yaml"));
  }

  @Override
  public int run(Given given) {
    var folder = given.path("folder");
    var progress = Progress.ofTerminal(console.notes());
    var rows = app.get().seed(folder == null ? Path.of(".") : folder, given.paths(), progress);
    console.out().println(rows == 1 ? "1 row written." : rows + " rows written.");
    return 0;
  }
}
