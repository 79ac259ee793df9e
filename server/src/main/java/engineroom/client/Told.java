package engineroom.client;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a server says, read for people.
public final class Told {
  private static final JsonLimits OWN = JsonLimits.defaults();

  private Told() {}

  /// The members of a JSON answer; none where it is something else.
  public static Map<String, Json> members(Api.Reply reply) throws IOException {
    var out = new ByteArrayOutputStream();
    reply.content().writeTo(out);
    try {
      return JsonReader.read(out.toByteArray(), OWN) instanceof Json.Obj(var members)
          ? members
          : Map.of();
    } catch (ProblemException _) {
      var text = out.toString(StandardCharsets.UTF_8).strip(); // of a proxy, say
      return text.isEmpty() ? Map.of() : Map.of("title", new Json.Text(text));
    }
  }

  /// A problem as lines: its title, every mistake, and the way out.
  public static List<String> problem(Api.Reply reply) throws IOException {
    var members = members(reply);
    var lines = new ArrayList<String>();
    var title = text(members, "title");
    lines.add(title.isEmpty() ? "The server answered " + reply.status() + "." : title);
    for (var error : objects(members, "errors")) {
      lines.add("  " + (text(error, "path") + " " + text(error, "message")).strip());
    }
    var hint = text(members, "hint");
    if (!hint.isEmpty()) {
      lines.add(hint);
    }
    return lines;
  }

  /// The objects of a list; none where there is no list.
  public static List<Map<String, Json>> objects(Map<String, Json> members, String name) {
    var objects = new ArrayList<Map<String, Json>>();
    if (members.get(name) instanceof Json.Arr(var elements)) {
      for (var element : elements) {
        if (element instanceof Json.Obj(var inner)) {
          objects.add(inner);
        }
      }
    }
    return objects;
  }

  /// A text or a number; empty where there is none.
  public static String text(Map<String, Json> members, String name) {
    return switch (members.get(name)) {
      case Json.Text(var text) -> text;
      case Json.Num(var text) -> text;
      case null, default -> "";
    };
  }
}
