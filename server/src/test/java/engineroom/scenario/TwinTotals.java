package engineroom.scenario;

import static java.util.stream.Collectors.joining;

import engineroom.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Totals of REST as GraphQL asks for them, and GraphQL's answer as REST gives it.
final class TwinTotals {
  private static final List<String> MEASURES = List.of("distinct", "sum", "avg", "min", "max");
  private static final Pattern PART = Pattern.compile("(\\w+)\\(([\\w.]+)\\)");

  private final TwinRequest asked;

  TwinTotals(TwinRequest asked) {
    this.asked = asked;
  }

  /// One key of a group: the path of a field and what of its value.
  private record Key(String said, List<String> path, String part) {
    static Key of(String said) {
      var part = PART.matcher(said);
      return part.matches()
          ? new Key(said, Arrays.asList(part.group(2).split("\\.")), part.group(1))
          : new Key(said, Arrays.asList(said.split("\\.")), "value");
    }

    /// `{customer: {city: VALUE}}`.
    Json nested(Json leaf) {
      var json = leaf;
      for (int i = path.size() - 1; i >= 0; i--) {
        json = new Json.Obj(Map.of(path.get(i), json));
      }
      return json;
    }

    Json asked() {
      return nested(Twin.text(part.toUpperCase(Locale.ROOT)));
    }

    boolean timed() {
      return !part.equals("value");
    }

    String shown() {
      var names = new ArrayList<>(path);
      if (timed()) {
        names.add(part);
      }
      return String.join(" { ", names) + " }".repeat(names.size() - 1);
    }

    Json value(Json group) {
      var json = group;
      for (var name : path) {
        json = Twin.at(json, name);
      }
      return timed() ? Twin.at(json, part) : json;
    }
  }

  private List<Key> keys() {
    return asked.list("group").stream().map(Key::of).toList();
  }

  /// The order and the groups.
  void arguments(String type, Twin.Draft draft, List<String> arguments) {
    if (asked.has("group")) {
      var groups = keys().stream().map(Key::asked).toList();
      arguments.add(draft.argument("group", "[" + type + "Group!]", new Json.Arr(groups)));
    }
    var sort = asked.list("sort").stream().map(this::sorted).toList();
    if (!sort.isEmpty()) {
      arguments.add(draft.argument("sort", "[" + type + "SummarySort!]", new Json.Arr(sort)));
    }
    for (var one : asked.parameters()) {
      if (one.getKey().startsWith("having.")) {
        var path = Key.of(one.getKey().substring("having.".length()));
        var having = path.nested(new Json.Num(one.getValue()));
        arguments.add(draft.argument("having", type + "Having", having));
      }
    }
  }

  /// Whether `having` names what is not asked for.
  boolean askUnmeasured() {
    return asked.parameters().stream()
        .map(Map.Entry::getKey)
        .filter(name -> name.startsWith("having."))
        .anyMatch(name -> !asked.has(name.split("\\.", -1)[1]));
  }

  private Json sorted(String said) {
    boolean down = said.startsWith("-");
    var name = down ? said.substring(1) : said;
    var direction = Twin.text(down ? "DESC" : "ASC");
    var key = Key.of(name);
    boolean measured = name.equals("count") || MEASURES.contains(key.path().getFirst());
    if (measured) {
      return key.nested(direction);
    }
    var leaf = key.timed() ? new Json.Obj(Map.of(key.part(), direction)) : direction;
    return new Json.Obj(Map.of("group", key.nested(leaf)));
  }

  /// The selection.
  String shown() {
    var parts = new ArrayList<String>();
    if (asked.has("group")) {
      parts.add(keys().stream().map(Key::shown).collect(joining(" ", "group { ", " }")));
    }
    if (counts()) {
      parts.add("count");
    }
    for (var measure : MEASURES) {
      if (asked.has(measure)) {
        parts.add(asked.list(measure).stream().collect(joining(" ", measure + " { ", " }")));
      }
    }
    return parts.stream().collect(joining(" ", " { ", " }"));
  }

  private boolean counts() {
    return asked.has("count") || MEASURES.stream().noneMatch(asked::has);
  }

  /// GraphQL's groups as REST's.
  Json asRest(Json data) {
    return data instanceof Json.Arr(var rows)
        ? new Json.Arr(rows.stream().map(this::row).toList())
        : data;
  }

  private Json row(Json row) {
    if (!(row instanceof Json.Obj(var members)) || !members.containsKey("group")) {
      return row;
    }
    var group = new LinkedHashMap<String, Json>();
    keys().forEach(key -> group.put(key.said(), key.value(Twin.at(row, "group"))));
    return TwinRequest.with(row, "group", new Json.Obj(group));
  }
}
