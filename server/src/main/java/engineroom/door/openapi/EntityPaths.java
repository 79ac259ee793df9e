package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The paths of one entity at the REST door, as far as the caller may use them.
final class EntityPaths {
  private static final String JSON = "application/json";

  private final Sight sight;
  private final EntitySchemas schemas;

  EntityPaths(Sight sight, EntitySchemas schemas) {
    this.sight = sight;
    this.schemas = schemas;
  }

  void addTo(Draft paths, Entity entity) {
    var title = OpenApiDocument.title(entity.name());
    var base = "/api/" + entity.plural();
    add(paths, base, all(entity, title));
    add(paths, base + "/{id}", one(entity, title));
    if (!sight.reads(entity.name())) {
      return;
    }
    add(paths, base + "/query", new Draft().put("post", query(entity, title)));
    add(paths, base + "/aggregate", new Draft().put("get", aggregate(entity)));
    for (var list : schemas.lists(entity)) {
      add(paths, base + "/{id}/" + list.name(), new Draft().put("get", list(entity, list)));
    }
  }

  private static void add(Draft paths, String path, Draft item) {
    if (!item.empty()) {
      paths.put(path, item);
    }
  }

  private Draft all(Entity entity, String title) {
    var item = new Draft();
    if (sight.reads(entity.name())) {
      var parameters = shared("limit", "after", "offset", "count", "filter", "ifNoneMatch");
      parameters.addAll(shaping(entity));
      schemas.readable(entity).forEach(field -> parameters.add(filter(field)));
      item.put(
          "get",
          operation(entity, "list", "Rows of " + entity.plural())
              .put("parameters", new Json.Arr(parameters))
              .put("responses", page(title)));
    }
    if (sight.creates(entity.name())) {
      var one = ref("schemas", title + ".create");
      var many = Draft.of("type", "array").put("items", one).put("maxItems", 10_000).json();
      var body = new Draft().put("oneOf", new Json.Arr(List.of(one, many)));
      item.put(
          "post",
          operation(entity, "create", "Create a row, or several: all or none")
              .put("parameters", new Json.Arr(shared("idempotencyKey", "validate")))
              .put("requestBody", body(body.json(), JSON))
              .put("responses", row(entity, title, "201", "The new row, or rows.")));
    }
    return item;
  }

  private Draft one(Entity entity, String title) {
    var item = new Draft();
    var id = id(entity);
    if (sight.reads(entity.name())) {
      var parameters = shared("ifNoneMatch");
      parameters.add(id);
      parameters.addAll(shaping(entity).subList(0, 2));
      item.put(
          "get",
          operation(entity, "read", "One row")
              .put("parameters", new Json.Arr(parameters))
              .put("responses", row(entity, title, "200", "The row.")));
    }
    if (sight.updates(entity.name())) {
      item.put(
          "patch",
          changing(entity, "change", "Change a row; what is not named stays", id)
              .put(
                  "requestBody",
                  body(ref("schemas", title + ".change"), JSON, "application/merge-patch+json"))
              .put("responses", row(entity, title, "200", "The row as it is now.")));
    }
    if (sight.updates(entity.name()) && sight.creates(entity.name())) {
      item.put(
          "put",
          changing(entity, "put", "Create the row of this id, or change it", id)
              .put("requestBody", body(ref("schemas", title + ".create"), JSON))
              .put("responses", row(entity, title, "200", "The row as it is now.")));
    }
    if (sight.deletes(entity.name())) {
      var gone =
          new Draft().put("204", Draft.of("description", "It is gone.")).put("default", problem());
      item.put("delete", changing(entity, "delete", "Delete a row", id).put("responses", gone));
    }
    return item;
  }

  private static Draft changing(Entity entity, String verb, String summary, Json id) {
    var parameters = shared("ifMatch", "idempotencyKey", "validate");
    parameters.add(id);
    return operation(entity, verb, summary).put("parameters", new Json.Arr(parameters));
  }

  private static Draft query(Entity entity, String title) {
    return operation(entity, "query", "Rows of " + entity.plural() + ", asked for in JSON")
        .put("requestBody", body(ref("schemas", "query"), JSON))
        .put("responses", page(title));
  }

  private Draft aggregate(Entity entity) {
    var parameters = new ArrayList<Json>();
    parameters.add(parameter("group", "Fields to group by, as `customer.city,month(placedAt)`."));
    parameters.add(parameter("count", "Count the rows of each group."));
    for (var function : List.of("sum", "avg", "min", "max")) {
      parameters.add(parameter(function, "Fields to take the " + function + " of."));
    }
    parameters.add(parameter("sort", "As `-sum.total`."));
    schemas.readable(entity).stream()
        .filter(f -> !taken(f))
        .forEach(f -> parameters.add(filter(f)));
    var groups = Draft.of("type", "array").put("items", Draft.of("type", "object").json());
    var answer = Draft.of("type", "object").put("properties", new Draft().put("data", groups));
    return operation(entity, "aggregate", "Counts, sums and averages")
        .put("parameters", new Json.Arr(parameters))
        .put("responses", answer("200", "The groups.", answer.json()));
  }

  private static boolean taken(Field field) {
    return List.of("group", "count", "sum", "avg", "min", "max", "sort").contains(field.name());
  }

  private static Draft list(Entity entity, Entity.InverseList list) {
    var parameters = shared("limit", "after");
    parameters.add(id(entity));
    return operation(entity, "list." + list.name(), "The " + list.name() + " of a row")
        .put("parameters", new Json.Arr(parameters))
        .put("responses", page(OpenApiDocument.title(list.entity())));
  }

  private static Draft operation(Entity entity, String verb, String summary) {
    return Draft.of("operationId", entity.name() + "." + verb)
        .put("summary", summary)
        .put("tags", Draft.texts(List.of(entity.plural())));
  }

  /// `fields`, `expand` and `sort`, in this order.
  private List<Json> shaping(Entity entity) {
    var names = schemas.readable(entity).stream().map(Field::name).toList();
    var paths =
        new ArrayList<>(
            schemas.readable(entity).stream()
                .filter(f -> f.type() instanceof FieldType.Reference)
                .map(Field::name)
                .toList());
    schemas.lists(entity).forEach(list -> paths.add(list.name()));
    var expandable = paths.isEmpty() ? "nothing here" : String.join(", ", paths);
    return List.of(
        parameter("fields", "What to show, separated by commas: " + String.join(", ", names) + "."),
        parameter("expand", "What to show in full, separated by commas: " + expandable + "."),
        parameter("sort", "Order, as `-createdAt,id`; a minus turns it around; nulls come last."));
  }

  private static Json filter(Field field) {
    return parameter(
        field.name(),
        "Rows where it is this value. Other operators as `%s.<operator>`: %s."
            .formatted(field.name(), Operators.of(field.type())));
  }

  private static Json parameter(String name, String description) {
    return Draft.of("name", name)
        .put("in", "query")
        .put("description", description)
        .put("schema", Draft.of("type", "string"))
        .json();
  }

  private static Json id(Entity entity) {
    return Draft.of("name", "id")
        .put("in", "path")
        .yes("required")
        .put("description", "The id of a row of " + entity.plural() + ".")
        .put("schema", Draft.of("type", "string"))
        .json();
  }

  private static List<Json> shared(String... names) {
    return List.of(names).stream()
        .map(name -> ref("parameters", name))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Json body(Json schema, String... types) {
    var content = new Draft();
    for (var type : types) {
      content.put(type, new Draft().put("schema", schema));
    }
    return new Draft().yes("required").put("content", content).json();
  }

  private static Draft page(String title) {
    return answer("200", "A page of rows.", ref("schemas", title + ".page"));
  }

  private Draft row(Entity entity, String title, String status, String description) {
    var any = Draft.of("type", "object").json();
    var schema = sight.reads(entity.name()) ? ref("schemas", title) : any;
    return status.equals("201")
        ? answer(status, description, either(schema))
        : answer(status, description, schema);
  }

  private static Json either(Json row) {
    var rows = Draft.of("type", "array").put("items", row).json();
    return new Draft().put("anyOf", new Json.Arr(List.of(row, rows))).json();
  }

  private static Draft answer(String status, String description, Json schema) {
    var headers = new Draft().put("ETag", ref("headers", "ETag"));
    var content = new Draft().put(JSON, new Draft().put("schema", schema));
    return new Draft()
        .put(
            status,
            Draft.of("description", description).put("headers", headers).put("content", content))
        .put("default", problem());
  }

  private static Json problem() {
    return ref("responses", "problem");
  }
}
