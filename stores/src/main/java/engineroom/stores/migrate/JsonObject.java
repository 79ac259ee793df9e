package engineroom.stores.migrate;

import engineroom.data.JsonText;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.stores.sql.JsonForm;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object of ours, each as JSON text.
///
/// @param members by name; absent ones were null
record JsonObject(Map<String, String> members) {
  JsonObject() {
    this(new LinkedHashMap<>());
  }

  static JsonObject parse(String json) {
    return new JsonObject(JsonForm.members(json));
  }

  /// Adds a text, unless it is null.
  JsonObject put(String name, @Nullable String text) {
    if (text != null) {
      members.put(name, JsonText.of(Value.of(text)));
    }
    return this;
  }

  /// Adds a number, unless it is null.
  JsonObject put(String name, @Nullable Number number) {
    return put(name, number == null ? null : number.toString());
  }

  /// Adds yes, and nothing for no.
  JsonObject mark(String name, boolean yes) {
    return yes ? put(name, "yes") : this;
  }

  JsonObject put(String name, List<String> texts) {
    members.put(name, JsonText.of(texts(texts)));
    return this;
  }

  JsonObject putLists(String name, List<List<String>> lists) {
    members.put(
        name, JsonText.of(new Value.ListOf(lists.stream().map(JsonObject::texts).toList())));
    return this;
  }

  private static Value texts(List<String> texts) {
    return new Value.ListOf(texts.stream().map(Value::of).toList());
  }

  JsonObject put(String name, JsonObject object) {
    members.put(name, object.json());
    return this;
  }

  String json() {
    return members.entrySet().stream()
        .map(e -> JsonText.of(Value.of(e.getKey())) + ":" + e.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Nullable String text(String name) {
    var json = members.get(name);
    return json != null && JsonForm.value(Type.Scalar.TEXT, json) instanceof Value.Text(var text)
        ? text
        : null;
  }

  String word(String name) {
    var text = text(name);
    if (text == null) {
      throw new IllegalArgumentException("the recorded model has no " + name);
    }
    return text;
  }

  boolean marked(String name) {
    return members.containsKey(name);
  }

  @Nullable Long whole(String name) {
    var text = text(name);
    return text == null ? null : Long.valueOf(text);
  }

  @Nullable Integer count(String name) {
    var text = text(name);
    return text == null ? null : Integer.valueOf(text);
  }

  @Nullable Double real(String name) {
    var text = text(name);
    return text == null ? null : Double.valueOf(text);
  }

  @Nullable BigDecimal decimal(String name) {
    var text = text(name);
    return text == null ? null : new BigDecimal(text);
  }

  List<String> texts(String name) {
    var value = JsonForm.value(new Type.ListOf(Type.Scalar.TEXT), members.getOrDefault(name, "[]"));
    return ((Value.ListOf) value).elements().stream().map(e -> ((Value.Text) e).text()).toList();
  }

  List<List<String>> lists(String name) {
    var type = new Type.ListOf(new Type.ListOf(Type.Scalar.TEXT));
    var value = (Value.ListOf) JsonForm.value(type, members.getOrDefault(name, "[]"));
    return value.elements().stream()
        .map(list -> ((Value.ListOf) list).elements())
        .map(list -> list.stream().map(e -> ((Value.Text) e).text()).toList())
        .toList();
  }

  /// The members of an object within.
  Map<String, String> inner(String name) {
    return JsonForm.members(members.getOrDefault(name, "{}"));
  }
}
