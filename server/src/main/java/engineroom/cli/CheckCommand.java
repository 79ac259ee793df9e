package engineroom.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `engineroom check`: names every mistake of a model.
@Command(
    name = "check",
    description =
        "Names every mistake in the model: file, line, column, what is wrong, the way out.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engineroom check                 the project in this folder",
      "  engineroom check examples/shop && git push",
      "Ends with 78 where there are mistakes, so that it can stand in a build."
    })
final class CheckCommand implements Callable<Integer> {
  private final Supplier<App> app;
  private final Main.Console console;

  @Mixin private ProjectFolder folder = new ProjectFolder();

  CheckCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Integer call() {
    var checked = app.get().check(folder.path());
    checked.notes().forEach(note -> console.notes().println("Note: " + note));
    var mistakes = checked.mistakes();
    mistakes.forEach(console.notes()::println);
    if (mistakes.isEmpty()) {
      console.out().println(checked.summary());
      console.out().println("No mistakes.");
      return 0;
    }
    console.notes().println(mistakes.size() == 1 ? "1 mistake." : mistakes.size() + " mistakes.");
    return Main.MISTAKES;
  }
}
