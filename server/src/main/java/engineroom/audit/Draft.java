package engineroom.audit;

import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.outcome.Change;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An entry that has no number and no hash yet.
///
/// @param values of its fields but `id` and `hash`; those without a value are left out
record Draft(Map<String, Value> values) {
  static final String MASKED = "(masked)";

  /// Characters of a value as JSON; of a longer one only the length is kept.
  private static final int VALUE_MAX = 2_000;

  private static final Set<String> OF_EVERY_ROW = Set.of("version", "createdAt", "updatedAt");

  Draft {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static Draft of(Event event) {
    var by = event.by();
    var values = begin(event.kind().text(), event.outcome(), by);
    var about = event.about();
    if (about != null) {
      values.put("entity", Value.of(cut(about.entity(), 200)));
      values.put("rowId", Value.of(cut(about.row(), 1_000)));
    }
    if (!event.detail().isEmpty()) {
      var members = new TreeMap<String, Json>();
      event.detail().forEach((name, value) -> members.put(name, json(value)));
      values.put("detail", value(members));
    }
    return new Draft(values);
  }

  /// @param by who changed it, and how the request came where that is known
  static Draft of(Model model, Change change, Circumstances by) {
    var kind =
        switch (change.kind()) {
          case CREATED -> "created";
          case CHANGED -> "changed";
          case DELETED -> "deleted";
        };
    var values = begin(kind, Event.Outcome.DONE, by);
    var entity = model.findEntity(change.entity()).orElse(null);
    values.put("entity", Value.of(cut(change.entity(), 200)));
    values.put("rowId", Value.of(cut(Circumstances.plain(change.id()), 1_000)));
    var names = new LinkedHashSet<>(change.before().keySet());
    names.addAll(change.after().keySet());
    names.removeAll(OF_EVERY_ROW);
    list(values, "changed", names);
    put(values, "oldValues", entity, change.before());
    put(values, "newValues", entity, change.after());
    values.put("change", Value.of(change.sequence()));
    return new Draft(values);
  }

  private static Map<String, Value> begin(String kind, Event.Outcome outcome, Circumstances by) {
    var values = new LinkedHashMap<String, Value>();
    values.put("time", new Value.Timestamp(by.time()));
    values.put("kind", Value.of(kind));
    values.put("outcome", Value.of(outcome.text()));
    values.put("who", Value.of(cut(by.caller(), 200)));
    text(values, "impersonator", by.impersonator(), 200);
    list(values, "roles", by.roles());
    text(values, "session", by.session(), 200);
    var way = by.way();
    if (way != null) {
      text(values, "door", way.door(), 40);
      text(values, "method", way.method(), 10);
      text(values, "path", way.path(), 300);
      text(values, "address", way.address(), 60);
      text(values, "agent", way.agent().isEmpty() ? null : way.agent(), 200);
    }
    values.put("requestId", Value.of(cut(by.requestId(), 200)));
    return values;
  }

  private static void text(Map<String, Value> values, String name, @Nullable String text, int max) {
    if (text != null) {
      values.put(name, Value.of(cut(text, max)));
    }
  }

  private static String cut(String text, int max) {
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max));
  }

  private static void list(Map<String, Value> values, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      values.put(name, new Value.ListOf(texts.stream().map(Value::of).toList()));
    }
  }

  private static void put(
      Map<String, Value> values, String name, @Nullable Entity entity, Map<String, Value> row) {
    var members = new LinkedHashMap<String, Json>();
    row.forEach(
        (field, value) -> {
          if (!OF_EVERY_ROW.contains(field)) {
            members.put(field, told(entity, field, value));
          }
        });
    if (!members.isEmpty()) {
      values.put(name, value(members));
    }
  }

  /// What nobody should learn from this log is masked; a hash could be guessed.
  private static Json told(@Nullable Entity entity, String name, Value value) {
    var field = entity == null ? null : entity.findField(name).orElse(null);
    if (value == Value.NULL) {
      return Json.Null.NULL;
    }
    if (field == null
        || field.secret()
        || field.traits().personal()
        || field.traits().hidden()
        || field.traits().internal()) {
      return new Json.Text(MASKED);
    }
    return json(value);
  }

  private static Json json(Value value) {
    var text = JsonText.of(value);
    return text.length() > VALUE_MAX
        ? new Json.Text("(" + text.length() + " characters)")
        : JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
  }

  private static Value value(Map<String, Json> members) {
    return new Value.Json(JsonWriter.text(new Json.Obj(members)));
  }
}
