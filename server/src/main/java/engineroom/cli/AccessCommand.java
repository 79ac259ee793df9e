package engineroom.cli;

import engineroom.app.AccessWork.Change;
import engineroom.app.AccessWork.Right;
import engineroom.app.AccessWork.Way;
import engineroom.app.App;
import engineroom.json.Json;
import engineroom.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `engineroom access`: shows who may do what, and what a change of the model opens.
final class AccessCommand implements Command {
  /// Ends a difference that opens something, or may.
  static final int OPENS = 3;

  private final Supplier<App> app;
  private final Main.Console console;

  AccessCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "access",
        "Shows who may do what: for each entity and action the answer for guests, people signed"
            + " in, each role, and administrators.",
        Usage.Arguments.FOLDER,
        List.of(
            Usage.value("entity", "NAME", "only this entity"),
            Usage.value("diff", "REVISION", "what the model opens (+) and closes (-) since then"),
            Usage.flag("json", "for programs")),
        List.of(
            "  engineroom access                the project in this folder",
            "  engineroom access shop --entity product",
            "  engineroom access --diff main    before a merge; ~ is another condition",
            "Exit codes: 0 done, with --diff 3 where something opens or may open, 78 mistakes."));
  }

  @Override
  public int run(Given given) {
    var entity = given.text("entity");
    var revision = given.text("diff");
    if (revision != null) {
      return changes(
          app.get().access().since(given.folder(), revision).stream()
              .filter(change -> entity == null || change.right().entity().equals(entity))
              .toList(),
          given.has("json"));
    }
    var rights = known(app.get().access().matrix(given.folder()), entity);
    if (given.has("json")) {
      print(rights.stream().map(right -> json(right)).toList());
    } else {
      table(rights);
    }
    return 0;
  }

  private static List<Right> known(List<Right> rights, @Nullable String entity) {
    var chosen = rights.stream().filter(r -> entity == null || r.entity().equals(entity)).toList();
    if (chosen.isEmpty() && entity != null) {
      throw new Given.WrongException("There is no entity " + entity + ".");
    }
    return chosen;
  }

  /// Those with the same answer share a line.
  private void table(List<Right> rights) {
    Map<String, Map<String, Map<String, String>>> entities = new LinkedHashMap<>();
    for (var right : rights) {
      var action = right.action() + (right.field().isEmpty() ? "" : " " + right.field());
      entities
          .computeIfAbsent(right.entity(), _ -> new LinkedHashMap<>())
          .computeIfAbsent(action, _ -> new LinkedHashMap<>())
          .merge(right.answer(), right.who(), (a, b) -> a + ", " + b);
    }
    entities.forEach(this::table);
  }

  private void table(String entity, Map<String, Map<String, String>> actions) {
    int action = width(actions.keySet());
    int who =
        actions.values().stream().mapToInt(answers -> width(answers.values())).max().orElse(0);
    var line = "  %-" + action + "s  %-" + who + "s  %s";
    console.out().println(entity);
    actions.forEach(
        (name, answers) -> {
          var shown = name;
          for (var answer : answers.entrySet()) {
            console.out().println(line.formatted(shown, answer.getValue(), answer.getKey()));
            shown = "";
          }
        });
  }

  private static int width(Iterable<String> texts) {
    int width = 1;
    for (var text : texts) {
      width = Math.max(width, text.length());
    }
    return width;
  }

  private int changes(List<Change> changes, boolean json) {
    if (json) {
      print(changes.stream().map(change -> json(change)).toList());
    } else if (changes.isEmpty()) {
      console.out().println("Nobody may do more or less than before.");
    } else {
      changes.forEach(change -> console.out().println(line(change)));
    }
    return changes.stream().allMatch(change -> change.way() == Way.CLOSES) ? 0 : OPENS;
  }

  private static String line(Change change) {
    var right = change.right();
    var place = right.field().isEmpty() ? right.entity() : right.entity() + "." + right.field();
    return "%s %s: %s %s: %s → %s"
        .formatted(
            sign(change.way()),
            right.who(),
            right.action(),
            place,
            change.before(),
            right.answer());
  }

  private static String sign(Way way) {
    return switch (way) {
      case OPENS -> "+";
      case CLOSES -> "-";
      case CHANGES -> "~";
    };
  }

  private void print(List<Json> elements) {
    console.out().println(JsonWriter.text(new Json.Arr(elements)));
  }

  private static Json json(Right right) {
    return new Json.Obj(members(right));
  }

  private static Map<String, Json> members(Right right) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("who", new Json.Text(right.who()));
    members.put("entity", new Json.Text(right.entity()));
    members.put("action", new Json.Text(right.action()));
    if (!right.field().isEmpty()) {
      members.put("field", new Json.Text(right.field()));
    }
    members.put("answer", new Json.Text(right.answer()));
    return members;
  }

  private static Json json(Change change) {
    var members = members(change.right());
    members.put("before", new Json.Text(change.before()));
    members.put("change", new Json.Text(sign(change.way())));
    return new Json.Obj(members);
  }
}
