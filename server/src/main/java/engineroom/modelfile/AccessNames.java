package engineroom.modelfile;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Reference;
import engineroom.model.Model;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The names that a file of access tests gives to rows, and the ids that stand for them.
final class AccessNames {
  private final Model model;
  private final Map<String, Map<String, Json>> ids = new LinkedHashMap<>();

  AccessNames(Model model) {
    this.model = model;
  }

  /// Names a row; its id is the one given, or follows from its name.
  @Nullable Json name(Entity entity, String name, @Nullable Json given) {
    var id = given != null ? given : made(entity, name);
    if (id != null) {
      ids.computeIfAbsent(entity.name(), _ -> new LinkedHashMap<>()).put(name, id);
    }
    return id;
  }

  private static @Nullable Json made(Entity entity, String name) {
    var text = (entity.name() + "/" + name).getBytes(StandardCharsets.UTF_8);
    return entity.field("id").type() == FieldType.Plain.UUID
        ? new Json.Text(UUID.nameUUIDFromBytes(text).toString())
        : null;
  }

  /// The rows of an entity by name.
  Map<String, Json> of(String entity) {
    return ids.getOrDefault(entity, Map.of());
  }

  /// Values in which references name rows of the file, with the ids of those.
  Json.Obj resolved(String entity, Json.Obj values) {
    var resolved = new LinkedHashMap<String, Json>();
    values.members().forEach((name, value) -> resolved.put(name, resolved(entity, name, value)));
    return new Json.Obj(resolved);
  }

  private Json resolved(String entity, String name, Json value) {
    return value instanceof Json.Text(var text)
            && model.entity(entity).findField(name).map(f -> f.type()).orElse(null)
                instanceof Reference(var target, _, _, _)
        ? of(target).getOrDefault(text, value)
        : value;
  }
}
