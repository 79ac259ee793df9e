package engineroom.cli;

import engineroom.app.AccessWork.TestResult;
import engineroom.app.App;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom test`: runs the access tests of a project.
final class TestCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  TestCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "test",
        "Runs tests/*.yaml, which say who may do what with which rows, on a database that is thrown"
            + " away.",
        Usage.Arguments.FOLDER,
        List.of(Usage.value("filter", "TEXT", "only tests whose names contain this text")),
        List.of(
            "  engineroom test                  the project in this folder",
            "  engineroom test shop --filter guest",
            "Exit codes: 0 all passed, 1 some failed, 78 mistakes in the model or the tests."));
  }

  @Override
  public int run(Given given) {
    var filter = given.text("filter", "");
    var results = app.get().access().test(given.folder(), filter).results();
    if (results.isEmpty()) {
      console
          .notes()
          .println("There is no test" + (filter.isEmpty() ? "." : " named " + filter + "."));
      return Main.FAILED;
    }
    results.forEach(this::show);
    long failed = results.stream().filter(result -> !result.failures().isEmpty()).count();
    console.out().println();
    console.out().println((results.size() - failed) + " passed, " + failed + " failed.");
    return failed == 0 ? 0 : Main.FAILED;
  }

  private void show(TestResult result) {
    if (result.failures().isEmpty()) {
      console.out().println("✓ " + result.name());
      return;
    }
    console.out().println("✗ " + result.name() + "   " + result.place());
    result.failures().forEach(line -> console.out().println("    " + line));
  }
}
