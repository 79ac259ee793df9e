package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The parameters of questions for one entity's rows, kept once under `components`.
final class EntityParameters {
  private static final Set<String> LISTS =
      Set.of(
          "limit", "after", "offset", "count", "explain", "fields", "expand", "sort", "filter",
          "asOf");
  private static final List<String> FUNCTIONS = List.of("distinct", "sum", "avg", "min", "max");

  private final EntitySchemas entities;
  private final QuestionSchemas questions;

  EntityParameters(EntitySchemas entities, QuestionSchemas questions) {
    this.entities = entities;
    this.questions = questions;
  }

  /// Adds those of an entity that the caller may read.
  void addTo(Draft parameters, Entity entity) {
    var title = OpenApiDocument.title(entity.name());
    parameters
        .put(title + ".fields", joined("fields", questions.fields(entity), "What to show."))
        .put(title + ".sort", joined("sort", questions.sort(entity), SORT))
        .put(title + ".operators", operators(title));
    if (!questions.expandable(entity).isEmpty()) {
      var expand = joined("expand", questions.expand(entity), "What to show in full.");
      parameters.put(title + ".expand", expand);
    }
    for (var field : filtered(entity, Set.of())) {
      parameters.put(title + ".by." + field.name(), equal(field));
    }
  }

  private static final String SORT = "Order: a minus turns a key around; nulls come last.";

  private static Draft operators(String title) {
    return SharedParts.spread(
        "operators",
        ref("schemas", title + ".operators"),
        "Further conditions, all of which must hold: `<field>.<operator>=value`.");
  }

  private Draft equal(Field field) {
    return Draft.of("name", field.name())
        .put("in", "query")
        .put("description", "Rows where " + field.name() + " is this value.")
        .put("schema", questions.one(field.type(), "eq"));
  }

  private List<Field> filtered(Entity entity, Set<String> taken) {
    return entities.readable(entity).stream()
        .filter(field -> Operators.equality(field.type()))
        .filter(field -> !LISTS.contains(field.name()) && !taken.contains(field.name()))
        .toList();
  }

  /// Of a list of rows.
  List<Json> ofList(Entity entity, Sight sight) {
    var parameters = new ArrayList<Json>();
    for (var name : List.of("limit", "after", "offset", "count", "filter", "arguments")) {
      parameters.add(ref("parameters", name));
    }
    parameters.addAll(shaping(entity));
    parameters.add(of(entity, "sort"));
    if (sight.explains()) {
      parameters.add(ref("parameters", "explain"));
    }
    parameters.addAll(then(entity));
    parameters.addAll(conditions(entity, Set.of()));
    parameters.add(ref("parameters", "ifNoneMatch"));
    return parameters;
  }

  /// Of a write of the rows that a filter finds.
  List<Json> ofFilter(Entity entity) {
    var parameters = new ArrayList<Json>();
    parameters.add(ref("parameters", "filter"));
    parameters.add(ref("parameters", "arguments"));
    parameters.addAll(conditions(entity, Set.of("max", "validate")));
    return parameters;
  }

  /// The unique key that rows are found by, among those that the caller may read.
  Draft key(Entity entity) {
    var seen = entities.readable(entity).stream().map(Field::name).toList();
    var keys = new ArrayList<>(List.of(List.of("id")));
    entity.keys().uniques().stream().filter(seen::containsAll).forEach(keys::add);
    var names = keys.stream().flatMap(List::stream).distinct().toList();
    var known = Draft.of("type", "string").put("enum", Draft.texts(names));
    var spelled = keys.stream().map(key -> "`" + String.join(",", key) + "`").toList();
    var schema = Draft.of("type", "array").put("items", known).json();
    return joined("by", schema, "What rows are found by: " + String.join(", ", spelled) + ".");
  }

  /// What of a row is shown.
  List<Json> shaping(Entity entity) {
    var parameters = new ArrayList<Json>();
    parameters.add(of(entity, "fields"));
    if (!questions.expandable(entity).isEmpty()) {
      parameters.add(of(entity, "expand"));
    }
    if (!entities.lists(entity).isEmpty()) {
      parameters.add(ref("parameters", "expansions"));
    }
    return parameters;
  }

  /// The moment of a read, where versions are kept.
  static List<Json> then(Entity entity) {
    return entity.life().history() ? List.of(ref("parameters", "asOf")) : List.of();
  }

  private List<Json> conditions(Entity entity, Set<String> taken) {
    var parameters = new ArrayList<Json>();
    filtered(entity, taken).forEach(field -> parameters.add(of(entity, "by." + field.name())));
    parameters.add(of(entity, "operators"));
    return parameters;
  }

  private static Json of(Entity entity, String name) {
    return ref("parameters", OpenApiDocument.title(entity.name()) + "." + name);
  }

  /// Of a summary.
  List<Json> ofSummary(Entity entity) {
    var parameters = new ArrayList<Json>();
    parameters.add(joined("group", questions.groups(entity), "What to group by.").json());
    parameters.add(
        joined("count", questions.measured(entity), "Count rows, or the values of fields.")
            .yes("allowEmptyValue")
            .json());
    for (var function : FUNCTIONS) {
      var text = "Fields to take the " + function + " of.";
      parameters.add(joined(function, questions.measured(entity), text).json());
    }
    var keys = Draft.of("type", "array").put("items", Draft.of("type", "string")).json();
    parameters.add(joined("sort", keys, "Groups and measures, as `-sum.total`.").json());
    for (var name : List.of("limit", "offset", "filter", "arguments", "having")) {
      parameters.add(ref("parameters", name));
    }
    var taken = new ArrayList<>(FUNCTIONS);
    taken.add("group");
    parameters.addAll(then(entity));
    parameters.addAll(conditions(entity, Set.copyOf(taken)));
    parameters.add(ref("parameters", "ifNoneMatch"));
    return parameters;
  }

  /// Names in one parameter, separated by commas.
  private static Draft joined(String name, Json schema, String description) {
    return Draft.of("name", name)
        .put("in", "query")
        .put("description", description + " Separated by commas.")
        .put("style", "form")
        .no("explode")
        .put("schema", schema);
  }
}
