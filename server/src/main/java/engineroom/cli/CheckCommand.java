package engineroom.cli;

import engineroom.app.App;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom check`: names every mistake of a model.
final class CheckCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  CheckCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "check",
        "Names every mistake in the model: file, line, column, what is wrong, the way out.",
        Usage.Arguments.FOLDER,
        List.of(),
        List.of(
            "  engineroom check                 the project in this folder",
            "  engineroom check examples/shop && git push",
            "Ends with 78 where there are mistakes, so that it can stand in a build."));
  }

  @Override
  public int run(Given given) {
    var checked = app.get().check(given.folder());
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
