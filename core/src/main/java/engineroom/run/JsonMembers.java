package engineroom.run;

import java.util.LinkedHashMap;
import java.util.Map;

/// The members of a JSON object that a store wrote, each with its text. No reader of JSON: what is
/// read was written by us, without spaces and with names that need no escapes.
final class JsonMembers {
  private final String json;
  private int at = 1;

  private JsonMembers(String json) {
    this.json = json;
  }

  static Map<String, String> of(String json) {
    return new JsonMembers(json).read();
  }

  private Map<String, String> read() {
    var members = new LinkedHashMap<String, String>();
    while (at < json.length() - 1) {
      var name = json.substring(at + 1, json.indexOf('"', at + 1));
      at += name.length() + 3; // quotes and colon
      var from = at;
      pass();
      members.put(name, json.substring(from, at));
      at++;
    }
    return members;
  }

  /// Goes to the end of a value: the comma or bracket that stands in no brackets and no text.
  private void pass() {
    var depth = 0;
    var text = false;
    for (; at < json.length(); at++) {
      var c = json.charAt(at);
      if (text) {
        at += c == '\\' ? 1 : 0;
        text = c != '"';
      } else if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
        return;
      } else {
        text = c == '"';
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
    }
  }
}
