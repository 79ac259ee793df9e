package engineroom.door.openapi;

import static engineroom.door.openapi.Draft.ref;
import static engineroom.door.openapi.EntityParts.JSON;
import static engineroom.door.openapi.EntityParts.body;
import static engineroom.door.openapi.EntityParts.operation;
import static engineroom.door.openapi.EntityParts.writing;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import java.util.ArrayList;
import java.util.List;

/// The paths of one entity at the REST door, as far as the caller may use them.
final class EntityPaths {
  private static final String NOW = "The row as it is now.";

  private final Sight sight;
  private final EntitySchemas schemas;
  private final EntityParameters parameters;
  private final EntityParts parts;
  private final ManyPaths many;
  private final TransferPaths transfer;
  private final TrashPaths trash;

  EntityPaths(Sight sight, EntitySchemas schemas, EntityParameters parameters, Limits limits) {
    this.sight = sight;
    this.schemas = schemas;
    this.parameters = parameters;
    this.parts = new EntityParts(sight, schemas, parameters);
    this.trash = new TrashPaths(sight, schemas, parts);
    this.transfer = new TransferPaths(sight, parameters);
    this.many = new ManyPaths(sight, parts, parameters, limits);
  }

  void addTo(Draft paths, Entity entity) {
    var title = OpenApiDocument.title(entity.name());
    var base = "/api/" + entity.plural();
    add(paths, base, explained(all(entity, title), entity));
    add(paths, base + "/{id}", explained(one(entity, title), entity));
    transfer.addTo(paths, entity);
    trash.addTo(paths, entity);
    if (!sight.reads(entity.name())) {
      return;
    }
    add(paths, base + "/query", new Draft().put("post", query(entity, title)));
    add(paths, base + "/aggregate", new Draft().put("get", aggregate(entity)));
    if (entity.life().history()) {
      var history = new HistoryPaths(sight, parts, schemas);
      paths.put(base + "/{id}/history", history.list(entity, id("id", entity)));
      add(
          paths,
          base + "/{id}/history/{version}/restore",
          history.restore(entity, id("id", entity)));
    }
    for (var list : schemas.lists(entity)) {
      var path = base + "/{id}/" + list.name();
      add(paths, path, list(entity, list));
      add(paths, path + "/{child}", child(entity, list));
    }
  }

  private Draft explained(Draft item, Entity entity) {
    return sight.explains() ? AccessParts.explained(item, entity) : item;
  }

  private static void add(Draft paths, String path, Draft item) {
    if (!item.empty()) {
      paths.put(path, item);
    }
  }

  private Draft all(Entity entity, String title) {
    var item = new Draft();
    if (sight.reads(entity.name())) {
      item.put(
          "get",
          operation(entity, "list", "Rows of " + entity.plural())
              .put("parameters", new Json.Arr(parameters.ofList(entity, sight)))
              .put("responses", page(title).reading()));
    }
    many.addTo(item, entity);
    return item;
  }

  private Draft one(Entity entity, String title) {
    var item = new Draft();
    var id = id("id", entity);
    if (sight.reads(entity.name())) {
      var asked = new ArrayList<Json>(List.of(id));
      asked.addAll(parameters.shaping(entity));
      asked.addAll(EntityParameters.then(entity));
      asked.add(ref("parameters", "ifNoneMatch"));
      item.put(
          "get",
          operation(entity, "read", "One row")
              .put("parameters", new Json.Arr(asked))
              .put("responses", parts.row(entity, "The row.").reading()));
    }
    if (sight.updates(entity.name())) {
      item.put(
          "patch",
          changing(entity, "change", "Change a row; what is not named stays", id)
              .put("requestBody", body(ref("schemas", title + ".change"), EntityParts.ROW))
              .put("responses", parts.written(entity, NOW).changing()));
    }
    if (sight.updates(entity.name()) || sight.creates(entity.name())) {
      item.put("put", put(entity, title, id));
    }
    if (sight.deletes(entity.name())) {
      item.put(
          "delete",
          operation(entity, "delete", "Delete a row")
              .put("parameters", writing(List.of(id, ref("parameters", "ifMatch"))))
              .put("responses", Replies.nothing("It is gone.").changing()));
    }
    return item;
  }

  private Draft put(Entity entity, String title, Json id) {
    return changing(entity, "put", "Create the row of this id, or replace it", id)
        .put("requestBody", body(ref("schemas", title + ".put"), List.of(JSON)))
        .put("responses", parts.written(entity, NOW).or(parts.made(entity), "201").changing());
  }

  private Draft changing(Entity entity, String verb, String summary, Json... ids) {
    var all = new ArrayList<Json>(List.of(ids));
    all.addAll(parts.shown(entity));
    all.add(ref("parameters", "ifMatch"));
    return operation(entity, verb, summary).put("parameters", writing(all));
  }

  private Draft query(Entity entity, String title) {
    var asked = new ArrayList<>(EntityParameters.then(entity));
    asked.add(ref("parameters", "ifNoneMatch"));
    return operation(entity, "query", "Rows of " + entity.plural() + ", asked for in JSON")
        .put("parameters", new Json.Arr(asked))
        .put("requestBody", body(ref("schemas", title + ".query"), List.of(JSON)))
        .put("responses", page(title).asking());
  }

  private Draft aggregate(Entity entity) {
    var answer = Replies.well("200", "The groups.", ref("schemas", "groups"), List.of("ETag"));
    return operation(entity, "aggregate", "Counts, sums and averages")
        .put("parameters", new Json.Arr(parameters.ofSummary(entity)))
        .put("responses", answer.reading());
  }

  private Draft list(Entity entity, InverseList list) {
    var of = schemas.rowsOf(list);
    var title = OpenApiDocument.title(of.name());
    var asked = new ArrayList<Json>(List.of(id("id", entity)));
    asked.addAll(parameters.ofList(of, sight));
    var item =
        new Draft()
            .put(
                "get",
                operation(entity, "list." + list.name(), "The " + list.name() + " of a row")
                    .put("parameters", new Json.Arr(asked))
                    .put("responses", page(title).reading()));
    var bodies = new ArrayList<Json>();
    if (sight.creates(of.name())) {
      bodies.add(ref("schemas", title + "." + list.field() + ".add"));
    }
    if (sight.updates(of.name())) {
      var id = schemas.fields().id(of.name());
      bodies.add(FieldSchemas.closed(new Draft().put("id", id), List.of("id")));
    }
    if (!bodies.isEmpty()) {
      item.put("post", add(entity, list, bodies));
    }
    return item;
  }

  private Draft add(Entity entity, InverseList list, List<Json> bodies) {
    var of = schemas.rowsOf(list);
    var all = new ArrayList<Json>(List.of(id("id", entity)));
    all.addAll(parts.shown(of));
    all.add(ref("parameters", "ifMatch"));
    var body = bodies.size() == 1 ? bodies.getFirst() : FieldSchemas.anyOf(bodies);
    return operation(entity, "add." + list.name(), "Create a row in the list, or add one by its id")
        .put("parameters", writing(all))
        .put("requestBody", body(body, List.of(JSON)))
        .put("responses", parts.made(of).or(parts.written(of, "The row added."), "200").changing());
  }

  private Draft child(Entity entity, InverseList list) {
    var of = schemas.rowsOf(list);
    boolean may = list.owned() ? sight.deletes(of.name()) : sight.updates(of.name());
    if (!may) {
      return new Draft();
    }
    var all = List.of(id("id", entity), id("child", of), ref("parameters", "ifMatch"));
    return new Draft()
        .put(
            "delete",
            operation(entity, "remove." + list.name(), "Take a row out of the list")
                .put("parameters", writing(all))
                .put("responses", Replies.nothing("It is not in the list now.").changing()));
  }

  private Json id(String name, Entity entity) {
    return Draft.of("name", name)
        .put("in", "path")
        .yes("required")
        .put("description", "The id of a row of " + entity.plural() + ".")
        .put("schema", schemas.fields().id(entity.name()))
        .json();
  }

  private Replies page(String title) {
    var page = ref("schemas", title + ".page");
    return Replies.rows(sight.explains() ? FieldSchemas.anyOf(page, ref("schemas", "plan")) : page);
  }
}
