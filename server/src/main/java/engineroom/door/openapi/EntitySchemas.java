package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The schemas of one entity: its row, its page, and what creates and changes it.
final class EntitySchemas {
  private final Model model;
  private final Sight sight;
  private final FieldSchemas fields;
  private final NestedSchemas nested;

  EntitySchemas(Model model, Sight sight) {
    this.model = model;
    this.sight = sight;
    this.fields = new FieldSchemas(model, sight);
    this.nested = new NestedSchemas(this, sight);
  }

  /// Adds all that the caller may use.
  void addTo(Draft schemas, Entity entity) {
    var title = OpenApiDocument.title(entity.name());
    if (sight.reads(entity.name())) {
      schemas.put(title, row(entity)).put(title + ".page", page(title));
    }
    boolean creates = sight.creates(entity.name());
    if (creates) {
      schemas.put(title + ".create", create(entity, ""));
      references(entity).keySet().stream()
          .forEach(name -> schemas.put(title + "." + name + ".add", create(entity, name)));
    }
    if (creates || sight.updates(entity.name())) {
      schemas
          .put(
              title + ".put",
              creates ? Draft.ref("schemas", title + ".create") : create(entity, ""))
          .put(title + ".written", written(entity))
          .put(title + ".each", each(entity));
      nested.addTo(schemas, entity);
    }
    if (sight.updates(entity.name())) {
      var id = Draft.texts(List.of("id"));
      schemas
          .put(title + ".change", FieldSchemas.object(changed(entity)))
          .put(title + ".update", FieldSchemas.object(update(entity)).put("required", id))
          .put(title + ".found", FieldSchemas.object(given(entity, "")));
    }
  }

  /// One row as a write answers it: those who may not read it learn its id.
  Json answer(Entity entity) {
    if (sight.reads(entity.name())) {
      return Draft.ref("schemas", OpenApiDocument.title(entity.name()));
    }
    var id = new Draft().put("id", fields.id(entity.name()));
    return FieldSchemas.closed(id, List.of("id"));
  }

  /// One row, or several.
  private Json written(Entity entity) {
    var row = answer(entity);
    var rows = Draft.of("type", "array").put("items", row);
    return FieldSchemas.anyOf(
        row, FieldSchemas.closed(new Draft().put("data", rows), List.of("data")));
  }

  /// What became of each row.
  private Json each(Entity entity) {
    var status = Draft.of("type", "integer").json();
    var good = new Draft().put("status", status).put("row", answer(entity));
    var problem = Draft.ref("schemas", "problem");
    var bad = new Draft().put("status", status).put("problem", problem);
    var one =
        FieldSchemas.anyOf(
            FieldSchemas.closed(good, List.of("status", "row")),
            FieldSchemas.closed(bad, List.of("status", "problem")));
    return FieldSchemas.closed(
        new Draft()
            .put("data", Draft.of("type", "array").put("items", one))
            .put("written", Draft.of("type", "integer"))
            .put("refused", Draft.of("type", "integer")),
        List.of("data", "written", "refused"));
  }

  /// No field is required: a request may ask for some of them only.
  private Json row(Entity entity) {
    var properties = new Draft();
    readable(entity).forEach(field -> properties.put(field.name(), fields.shown(field)));
    for (var list : lists(entity)) {
      var rows = Draft.ref("schemas", OpenApiDocument.title(list.entity()));
      properties.put(
          list.name(),
          Draft.of("type", "array").put("items", rows).put("description", "Only where expanded."));
    }
    return FieldSchemas.object(properties).put("description", entity.notes().description()).json();
  }

  private static Json page(String title) {
    var rows = Draft.of("type", "array").put("items", Draft.ref("schemas", title));
    return FieldSchemas.closed(
        new Draft()
            .put("data", rows)
            .put("page", Draft.ref("schemas", "page"))
            .put("count", Draft.of("type", "integer").put("format", "int64").put("minimum", 0)),
        List.of("data", "page"));
  }

  /// @param given the field that the path gives, or nothing
  private Json create(Entity entity, String given) {
    var required = new ArrayList<String>();
    var example = new Draft();
    for (var field : writable(entity)) {
      if (needed(field) && !field.name().equals(given)) {
        required.add(field.name());
        example.put(field.name(), fields.sample(field.type()));
      }
    }
    return FieldSchemas.object(given(entity, given))
        .put("required", required.isEmpty() ? null : Draft.texts(required))
        .put("examples", new Json.Arr(List.of(example.json())))
        .json();
  }

  private Draft given(Entity entity, String given) {
    var properties = new Draft();
    properties.put("id", fields.value(entity.field("id").type()));
    writable(entity).stream()
        .filter(field -> !field.name().equals(given))
        .forEach(field -> properties.put(field.name(), fields.given(field)));
    return properties.with(nested.properties(entity));
  }

  /// A change of a row in a list.
  private Draft update(Entity entity) {
    return new Draft().put("id", fields.id(entity.name())).with(changed(entity));
  }

  private Draft changed(Entity entity) {
    var properties = new Draft();
    writable(entity).stream()
        .filter(field -> !field.traits().writeOnce() && field.filling().sequence() == null)
        .forEach(field -> properties.put(field.name(), fields.changed(field)));
    return properties.with(nested.properties(entity));
  }

  private static boolean needed(Field field) {
    boolean derived = field.type() instanceof FieldType.Text text && text.slugFrom() != null;
    var filling = field.filling();
    return field.required()
        && filling.initial() == null
        && filling.preset() == null
        && filling.sequence() == null
        && !derived;
  }

  /// The fields that the caller may read, in the model's order.
  List<Field> readable(Entity entity) {
    var names = sight.readable(entity.name());
    return entity.fields().values().stream()
        .filter(field -> names.contains(field.name()) && !field.secret())
        .toList();
  }

  /// The entities that references lead to, by the names of the references.
  Map<String, Entity> references(Entity entity) {
    var led = new LinkedHashMap<String, Entity>();
    for (var field : readable(entity)) {
      if (field.type() instanceof FieldType.Reference(var to, _, _, _) && sight.reads(to)) {
        led.put(field.name(), model.entity(to));
      }
    }
    return led;
  }

  /// The entity of a list's rows.
  Entity rowsOf(InverseList list) {
    return model.entity(list.entity());
  }

  /// Whether a search of its rows looks into anything.
  boolean searchable(Entity entity) {
    return readable(entity).stream().anyMatch(field -> field.traits().search());
  }

  /// What fields hold, as JSON Schema.
  FieldSchemas fields() {
    return fields;
  }

  /// The lists that the caller may read and whose rows they may read.
  List<InverseList> lists(Entity entity) {
    var names = sight.readable(entity.name());
    return entity.lists().values().stream()
        .filter(list -> names.contains(list.name()) && sight.reads(list.entity()))
        .toList();
  }

  private List<Field> writable(Entity entity) {
    var names = sight.writable(entity.name());
    return entity.fields().values().stream()
        .filter(field -> names.contains(field.name()) && !Entity.SYSTEM.contains(field.name()))
        .toList();
  }
}
