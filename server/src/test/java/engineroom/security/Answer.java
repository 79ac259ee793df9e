package engineroom.security;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer of a door.
record Answer(int status, Map<String, String> headers, String body) {
  /// A member of the body; empty where it has none, or it is no text.
  String text(String... path) {
    if (!body.startsWith("{")) {
      return "";
    }
    Json json = JsonReader.read(body.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
    for (var name : path) {
      json =
          json instanceof Json.Obj(var members) && members.containsKey(name)
              ? members.get(name)
              : Json.Null.NULL;
    }
    return json instanceof Json.Text(var text) ? text : "";
  }

  /// What kind of problem it tells; empty where it tells none.
  String code() {
    return text("code");
  }
}
