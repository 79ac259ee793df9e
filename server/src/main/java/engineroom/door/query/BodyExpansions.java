package engineroom.door.query;

import engineroom.door.query.SelectionReader.Node;
import engineroom.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `expand` of a JSON query: paths, or an object that says more of each: `{"lines": {"limit":
/// 3, "sort": ["-quantity"], "where": {…}, "expand": ["product"]}}`.
final class BodyExpansions {
  private final SelectionReader selections;
  private final BodyFilters conditions;

  BodyExpansions(SelectionReader selections, BodyFilters conditions) {
    this.selections = selections;
    this.conditions = conditions;
  }

  void read(Node node, @Nullable Json json) {
    if (json instanceof Json.Obj(var members)) {
      members.forEach(
          (name, options) -> options(selections.expand(node, Parameters.path(name)), options));
      return;
    }
    ListReader.texts(json, "expand")
        .forEach(path -> selections.expand(node, Parameters.path(path)));
  }

  private void options(Node node, Json json) {
    if (json instanceof Json.Bool(var wanted) && wanted) {
      return;
    }
    if (!(json instanceof Json.Obj(var members))) {
      throw Parameters.bad("An expansion is not an object of options.", "Write {} or true.");
    }
    members.forEach((name, value) -> option(node, name, value));
  }

  private void option(Node node, String name, Json value) {
    switch (name) {
      case "limit" -> selections.limit(node, ListReader.scalar(name, value));
      case "sort" -> selections.sort(node, ListReader.texts(value, name));
      case "where" -> selections.filter(node, conditions.where(Place.row(node.entity()), value));
      case "fields" ->
          ListReader.texts(value, name)
              .forEach(path -> selections.field(node, Parameters.path(path)));
      case "expand" -> read(node, value);
      default ->
          throw Parameters.unknown(name, List.of("limit", "sort", "where", "fields", "expand"));
    }
  }
}
