package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.List;

/// The schemas of one entity: its row, its page, and what creates and changes it.
final class EntitySchemas {
  private final Model model;
  private final Sight sight;
  private final FieldSchemas fields;

  EntitySchemas(Model model, Sight sight) {
    this.model = model;
    this.sight = sight;
    this.fields = new FieldSchemas(model, sight);
  }

  /// Adds all that the caller may use.
  void addTo(Draft schemas, Entity entity) {
    var title = OpenApiDocument.title(entity.name());
    if (sight.reads(entity.name())) {
      schemas.put(title, row(entity)).put(title + ".page", page(title));
    }
    if (sight.creates(entity.name())) {
      schemas.put(title + ".create", create(entity, ""));
    }
    if (sight.updates(entity.name())) {
      schemas.put(title + ".change", change(entity));
    }
    owned(entity).forEach(list -> schemas.put(title + "." + list.name(), part(list)));
  }

  private Json part(InverseList list) {
    return create(model.entity(list.entity()), list.field());
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
    return FieldSchemas.object(
            new Draft()
                .put("data", rows)
                .put("page", Draft.ref("schemas", "page"))
                .put("count", Draft.of("type", "integer").put("format", "int64")))
        .put("required", Draft.texts(List.of("data", "page")))
        .json();
  }

  private Json create(Entity entity, String without) {
    var properties = new Draft();
    var required = new ArrayList<String>();
    var example = new Draft();
    properties.put("id", fields.value(entity.field("id").type()));
    for (var field : writable(entity)) {
      if (field.name().equals(without)) {
        continue;
      }
      properties.put(field.name(), fields.given(field));
      if (needed(field)) {
        required.add(field.name());
        example.put(field.name(), fields.sample(field.type()));
      }
    }
    for (var list : owned(entity)) {
      var name = OpenApiDocument.title(entity.name()) + "." + list.name();
      properties.put(
          list.name(), Draft.of("type", "array").put("items", Draft.ref("schemas", name)));
    }
    return FieldSchemas.object(properties)
        .put("required", required.isEmpty() ? null : Draft.texts(required))
        .put("examples", new Json.Arr(List.of(example.json())))
        .json();
  }

  private Json change(Entity entity) {
    var properties = new Draft();
    writable(entity).stream()
        .filter(field -> !field.traits().writeOnce())
        .forEach(field -> properties.put(field.name(), fields.changed(field)));
    return FieldSchemas.object(properties).json();
  }

  private static boolean needed(Field field) {
    boolean derived = field.type() instanceof FieldType.Text text && text.slugFrom() != null;
    return field.required() && field.filling().initial() == null && !derived;
  }

  /// The fields that the caller may read, in the model's order.
  List<Field> readable(Entity entity) {
    var names = sight.readable(entity.name());
    return entity.fields().values().stream()
        .filter(field -> names.contains(field.name()) && !field.secret())
        .toList();
  }

  /// The lists that the caller may read and whose rows they may read.
  List<InverseList> lists(Entity entity) {
    var names = sight.readable(entity.name());
    return entity.lists().values().stream()
        .filter(list -> names.contains(list.name()) && sight.reads(list.entity()))
        .toList();
  }

  private List<InverseList> owned(Entity entity) {
    return entity.lists().values().stream()
        .filter(
            list -> list.owned() && sight.creates(list.entity()) && sight.creates(entity.name()))
        .toList();
  }

  private List<Field> writable(Entity entity) {
    var names = sight.writable(entity.name());
    return entity.fields().values().stream()
        .filter(field -> names.contains(field.name()) && !Entity.SYSTEM.contains(field.name()))
        .filter(field -> !field.traits().readOnly() && field.filling().preset() == null)
        .toList();
  }
}
