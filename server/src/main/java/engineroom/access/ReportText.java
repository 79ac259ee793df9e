package engineroom.access;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows to people why something may be done or not, as the door explains it.
final class ReportText {
  private ReportText() {}

  /// A member of an object; null where there is none.
  static @Nullable Json member(@Nullable Json json, String name) {
    return json instanceof Json.Obj(var members) ? members.get(name) : null;
  }

  /// A text member; empty where there is none.
  static String text(@Nullable Json json, String name) {
    return member(json, name) instanceof Json.Text(var text) ? text : "";
  }

  static List<Json> elements(@Nullable Json json, String name) {
    return member(json, name) instanceof Json.Arr(var elements) ? elements : List.of();
  }

  /// Whether the report allows it.
  static boolean allowed(Json report) {
    return member(member(report, "verdict"), "allowed") instanceof Json.Bool(var allowed)
        && allowed;
  }

  /// One line that says what came of it.
  static String verdict(Json report) {
    if (allowed(report)) {
      return "allowed";
    }
    var verdict = member(report, "verdict");
    var line = new StringBuilder("refused");
    line.append(" (").append(text(verdict, "stage")).append("): ").append(text(verdict, "title"));
    for (var error : elements(verdict, "errors")) {
      line.append(" ").append((text(error, "path") + " " + text(error, "message")).strip());
      line.append(".");
    }
    return line.toString();
  }

  /// The rules that decided, part by part.
  static List<String> rules(Json report) {
    boolean allowed = allowed(report);
    var lines = new ArrayList<String>();
    for (var rule : elements(report, "rules")) {
      boolean holds = member(rule, "holds") instanceof Json.Bool(var held) && held;
      if (holds == allowed && !(holds && text(rule, "rule").equals("check"))) {
        var name = text(rule, "name");
        var state = text(rule, "state");
        lines.add(
            text(rule, "rule")
                + " "
                + text(rule, "entity")
                + (name.isEmpty() ? "" : " (" + name + ")")
                + (state.isEmpty() || state.equals("row") ? "" : ", " + state + " row"));
        trace(member(rule, "trace"), "  ", lines);
      }
    }
    return lines;
  }

  /// One rule, part by part.
  static void trace(@Nullable Json trace, String indent, List<String> lines) {
    var value = member(trace, "value");
    var shown = value == null ? text(trace, "asked") : JsonWriter.text(value);
    lines.add(indent + "%-6s %s".formatted(shown, text(trace, "text")));
    elements(trace, "parts").forEach(part -> trace(part, indent + "  ", lines));
  }
}
