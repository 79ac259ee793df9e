package engineroom.seed;

import engineroom.data.IdParts;
import engineroom.data.Value;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.rows.Known;
import engineroom.rows.RowValues;
import engineroom.rows.Unfit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns rows of JSON into inputs with typed values, and remembers their unique fields so that
/// later rows can refer to them by those. What it remembers grows with the rows that others may
/// refer to, and with nothing else.
final class RowReader {
  private record Key(String entity, String field, Value value) {}

  private final RowValues values;
  private final Supplier<UUID> ids;
  private final Map<Key, Value> seen = new HashMap<>();

  /// A seed names whatever it likes, the rows before included.
  private record Everything(RowReader reader, Known store) implements RowValues.Sight {
    @Override
    public Set<String> names(Entity entity) {
      return entity.fields().keySet();
    }

    @Override
    public Known known() {
      return (entity, field, value) -> {
        var id = reader.seen.get(new Key(entity, field, value));
        return id != null ? Optional.of(id) : store.findId(entity, field, value);
      };
    }
  }

  /// @param ids for rows that have none
  RowReader(Model model, Known known, Supplier<UUID> ids) {
    this.values = new RowValues(model, new Everything(this, known));
    this.ids = ids;
  }

  /// @param mistakes takes the field and what is wrong with it
  Input read(Entity entity, Json.Obj row, BiConsumer<String, String> mistakes) {
    var assignments = new LinkedHashMap<String, Assignment>();
    row.members().forEach((name, json) -> assign(entity, name, json, assignments, mistakes));
    var id = id(entity, assignments);
    if (id == null) {
      mistakes.accept("id", "must be given, since ids of " + entity.name() + " are not made here");
      return new Input(assignments);
    }
    assignments.putIfAbsent("id", new Assignment.To(id));
    remember(entity, id, assignments);
    return new Input(assignments);
  }

  private void assign(
      Entity entity,
      String name,
      Json json,
      Map<String, Assignment> assignments,
      BiConsumer<String, String> mistakes) {
    var field = entity.findField(name);
    if (field.isEmpty()) {
      mistakes.accept(name, Names.absent(entity, name));
      return;
    }
    try {
      assignments.put(name, new Assignment.To(values.value(field.get(), json)));
    } catch (FieldReader.Unfit unfit) {
      mistakes.accept(name, unfit.text());
    } catch (Unfit unfit) {
      mistakes.accept(name, unfit.text());
    }
  }

  private @Nullable Value id(Entity entity, Map<String, Assignment> assignments) {
    if (assignments.get("id") instanceof Assignment.To(var id) && !id.equals(Value.NULL)) {
      return id;
    }
    var parts = entity.idParts();
    if (!parts.isEmpty()) {
      var id = IdParts.join(parts.stream().map(part -> given(assignments, part)).toList());
      return id.equals(Value.NULL) ? null : id;
    }
    boolean made = entity.field("id").type() == FieldType.Plain.UUID;
    return made ? new Value.Uuid(ids.get()) : null;
  }

  private static Value given(Map<String, Assignment> assignments, String field) {
    return assignments.get(field) instanceof Assignment.To(var value) ? value : Value.NULL;
  }

  private void remember(Entity entity, Value id, Map<String, Assignment> assignments) {
    if (entity.lists().isEmpty()) {
      return;
    }
    for (var unique : entity.keys().uniques()) {
      if (unique.size() == 1
          && assignments.get(unique.getFirst()) instanceof Assignment.To(var value)) {
        seen.put(new Key(entity.name(), unique.getFirst(), value), id);
      }
    }
  }
}
