package engineroom.door.openapi;

import engineroom.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object in the making. What is put in as null is left out.
final class Draft {
  private final Map<String, Json> members = new LinkedHashMap<>();

  /// An object with one text.
  static Draft of(String name, String text) {
    return new Draft().put(name, text);
  }

  /// A place elsewhere in the document.
  static Json ref(String kind, String name) {
    return of("$ref", "#/components/" + kind + "/" + name).json();
  }

  /// An array of texts.
  static Json texts(List<String> texts) {
    return new Json.Arr(texts.stream().<Json>map(Json.Text::new).toList());
  }

  Draft put(String name, @Nullable String text) {
    return put(name, text == null ? null : new Json.Text(text));
  }

  Draft put(String name, @Nullable Number number) {
    return put(name, number == null ? null : new Json.Num(number.toString()));
  }

  Draft put(String name, Draft draft) {
    return put(name, draft.json());
  }

  Draft put(String name, @Nullable Json json) {
    if (json != null) {
      members.put(name, json);
    }
    return this;
  }

  /// With all members of another.
  Draft with(Draft other) {
    members.putAll(other.members);
    return this;
  }

  Draft yes(String name) {
    return put(name, new Json.Bool(true));
  }

  Draft no(String name) {
    return put(name, new Json.Bool(false));
  }

  boolean empty() {
    return members.isEmpty();
  }

  /// One member that was put in.
  Json json(String name) {
    var json = members.get(name);
    if (json == null) {
      throw new IllegalArgumentException("there is no " + name + " among " + members.keySet());
    }
    return json;
  }

  Json json() {
    return new Json.Obj(members);
  }
}
