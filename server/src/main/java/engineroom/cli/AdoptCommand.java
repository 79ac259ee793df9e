package engineroom.cli;

import engineroom.app.App;
import engineroom.app.App.Owning;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom adopt`: writes an app for a database that is there already.
final class AdoptCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  AdoptCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "adopt",
        "Reads the tables of a database and writes an app that serves them as they are. Changes "
            + "nothing in the database. With --own, the model of such an app owns its tables from "
            + "then on: their rows move into tables of the program's.",
        new Usage.Arguments(
            "DATABASE",
            "the database, as store: in a model names it; with --own, the project",
            0,
            1),
        List.of(
            Usage.value("out", "FOLDER", "what to write; the database's name by default"),
            Usage.flag("own", "let the model own the tables that it serves"),
            Usage.flag("plan", "with --own: only say what that takes and what changes"),
            Usage.value("data", "FOLDER", "with --own: the program's own; data/ by default")),
        List.of(
            "  engineroom adopt sqlite:chinook.db && engineroom dev chinook",
            "  engineroom adopt postgres://shop:secret@db.example/shop --out shop",
            "  engineroom adopt --own --plan shop",
            "What can't be served is told, and written into ADOPTED.md.",
            "Exit codes: 0 done, 3 a plan with steps, 1 rows in the way, 78 it can't be."));
  }

  @Override
  public int run(Given given) {
    if (given.has("own")) {
      return own(given);
    }
    for (var option : List.of("plan", "data")) {
      if (given.has(option)) {
        throw new Given.WrongException("--" + option + " goes with --own.");
      }
    }
    if (given.paths().isEmpty()) {
      throw new Given.WrongException("Name the database: engineroom adopt sqlite:shop.db");
    }
    var adopted = app.get().adopt(given.first(), given.path("out"));
    console.out().println("Wrote " + adopted.folder() + ": " + adopted.entities() + " entities.");
    if (!adopted.report().isEmpty()) {
      console.out().println("Not served as the database has it (also in ADOPTED.md):");
      adopted.report().forEach(line -> console.out().println("  " + line));
    }
    adopted.next().forEach(console.out()::println);
    return 0;
  }

  private int own(Given given) {
    if (given.has("out")) {
      throw new Given.WrongException("--out does not go with --own.");
    }
    var owning = given.has("plan") ? Owning.PLANNED : Owning.DONE;
    var owned = app.get().own(given.folder(), given.path("data"), owning);
    if (!owned.plan().faults().isEmpty()) {
      owned.plan().faults().forEach(fault -> console.notes().println(fault.strip()));
      console.notes().println("Nothing was changed.");
      return Main.FAILED;
    }
    PlanCommand.table(owned.plan(), console);
    owned.changes().forEach(line -> console.out().println("- " + line));
    owned.next().forEach(console.out()::println);
    return owning == Owning.PLANNED ? PlanCommand.STEPS : 0;
  }
}
