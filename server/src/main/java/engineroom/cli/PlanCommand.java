package engineroom.cli;

import engineroom.app.App;
import engineroom.json.Json;
import engineroom.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/// `engineroom plan`: shows what the database needs to fit the model.
final class PlanCommand implements Command {
  /// Ends a plan that has steps.
  static final int STEPS = 3;

  private final Supplier<App> app;
  private final Main.Console console;

  PlanCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "plan",
        "Shows the steps from what the database holds to what the model says, each with its mark "
            + "and the rows concerned. Changes nothing; the app may be running.",
        Usage.Arguments.FOLDER,
        List.of(
            Usage.value("data", "FOLDER", "the program's own; data/ in the project by default"),
            Usage.value("format", "FORMAT", "table or json; table by default")),
        List.of(
            "  engineroom plan                  the project in this folder",
            "  engineroom plan shop --format json",
            "Marks: safe touches no row, slow reads or writes rows, destructive loses values.",
            "Exit codes: 0 nothing to do, 3 there are steps, 1 rows in the way, 78 mistakes."));
  }

  @Override
  public int run(Given given) {
    var format = given.text("format", "table");
    if (!List.of("table", "json").contains(format)) {
      throw new Given.WrongException("--format takes table or json, not " + format + ".");
    }
    var plan = app.get().plan(given.folder(), given.path("data"));
    if (format.equals("json")) {
      console.out().println(JsonWriter.text(json(plan)));
    } else {
      table(plan, console);
    }
    if (!plan.faults().isEmpty()) {
      return Main.FAILED;
    }
    return plan.steps().isEmpty() ? 0 : STEPS;
  }

  /// Prints the steps as a table, and drift and what stands in the way beside it.
  static void table(App.Plan plan, Main.Console console) {
    plan.drift().forEach(text -> console.notes().println("Changed by hand: " + text));
    if (plan.steps().isEmpty() && plan.faults().isEmpty()) {
      console.out().println("Nothing to do: the database fits the model.");
    }
    var width = plan.steps().stream().mapToInt(s -> s.step().length()).max().orElse(0);
    var line = "%-" + Math.max(width, 4) + "s  %-11s  %9s";
    if (!plan.steps().isEmpty()) {
      console.out().println(line.formatted("step", "mark", "rows"));
    }
    for (var step : plan.steps()) {
      console.out().println(line.formatted(step.step(), step.mark(), step.rows()));
    }
    plan.faults().forEach(console.notes()::println);
  }

  private static Json json(App.Plan plan) {
    var members = new LinkedHashMap<String, Json>();
    members.put("steps", new Json.Arr(plan.steps().stream().map(PlanCommand::json).toList()));
    members.put("faults", texts(plan.faults()));
    members.put("drift", texts(plan.drift()));
    return new Json.Obj(members);
  }

  private static Json json(App.PlannedStep step) {
    var members = new LinkedHashMap<String, Json>();
    members.put("step", new Json.Text(step.step()));
    members.put("mark", new Json.Text(step.mark()));
    members.put("rows", new Json.Num(Long.toString(step.rows())));
    return new Json.Obj(members);
  }

  private static Json texts(List<String> texts) {
    return new Json.Arr(texts.stream().<Json>map(Json.Text::new).toList());
  }
}
