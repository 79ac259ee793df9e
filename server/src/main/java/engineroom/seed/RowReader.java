package engineroom.seed;

import engineroom.data.Value;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns rows of JSON into inputs with typed values, and remembers their unique fields so that
/// later rows can refer to them by those. What it remembers grows with the rows that others may
/// refer to, and with nothing else.
final class RowReader {
  private record Key(String entity, String field, Value value) {}

  private final Model model;
  private final FieldReader values;
  private final Known known;
  private final Supplier<UUID> ids;
  private final Map<Key, Value> seen = new HashMap<>();

  /// @param ids for rows that have none
  RowReader(Model model, Known known, Supplier<UUID> ids) {
    this.model = model;
    this.values = new FieldReader(model);
    this.known = known;
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
      assignments.put(name, new Assignment.To(value(field.get(), json)));
    } catch (FieldReader.Unfit unfit) {
      mistakes.accept(name, unfit.text());
    } catch (Unfit unfit) {
      mistakes.accept(name, unfit.text());
    }
  }

  private Value value(Field field, Json json) {
    if (json == Json.Null.NULL) {
      return Value.NULL;
    }
    if (field.type() instanceof FieldType.Reference(var target, _, _, _)
        && json instanceof Json.Obj(var members)
        && !members.containsKey("id")) {
      return reference(model.entity(target), members);
    }
    if (field.type() instanceof FieldType.Money money) {
      return values.json(money, money(money, json));
    }
    return values.json(field.type(), json);
  }

  /// An amount without a currency is enough where the model fixes it.
  private static Json money(FieldType.Money money, Json json) {
    return money.currency() != null
            && json instanceof Json.Obj(var members)
            && members.size() == 1
            && members.containsKey("amount")
        ? members.get("amount")
        : json;
  }

  private Value reference(Entity target, Map<String, Json> members) {
    if (members.size() != 1) {
      throw new Unfit("must name one unique field of " + target.name() + ", or its id");
    }
    var member = members.entrySet().iterator().next();
    var field = target.findField(member.getKey());
    if (field.isEmpty()) {
      throw new Unfit("can't be found: " + Names.absent(target, member.getKey()));
    }
    if (!unique(target, field.get())) {
      throw new Unfit("can't be found by " + member.getKey() + ", which is not unique");
    }
    var value = unique(field.get().type(), member.getValue());
    return find(target, field.get(), value)
        .orElseThrow(
            () ->
                new Unfit(
                    "refers to no "
                        + target.name()
                        + " whose "
                        + member.getKey()
                        + " is "
                        + shown(member.getValue())));
  }

  /// Cells of CSV are texts, whatever the unique field is.
  private Value unique(FieldType type, Json json) {
    return json instanceof Json.Text(var text) ? values.text(type, text) : values.json(type, json);
  }

  private Optional<Value> find(Entity target, Field field, Value value) {
    var id = seen.get(new Key(target.name(), field.name(), value));
    return id != null ? Optional.of(id) : known.findId(target.name(), field.name(), value);
  }

  private @Nullable Value id(Entity entity, Map<String, Assignment> assignments) {
    if (assignments.get("id") instanceof Assignment.To(var id) && !id.equals(Value.NULL)) {
      return id;
    }
    boolean made = entity.field("id").type() == FieldType.Plain.UUID;
    return made ? new Value.Uuid(ids.get()) : null;
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

  private static boolean unique(Entity entity, Field field) {
    return entity.keys().uniques().stream()
        .anyMatch(unique -> unique.size() == 1 && unique.getFirst().equals(field.name()));
  }

  private static String shown(Json json) {
    return switch (json) {
      case Json.Text(var text) -> text;
      case Json.Num(var text) -> text;
      case Json.Bool(var truth) -> String.valueOf(truth);
      case Json.Obj _, Json.Arr _, Json.Null _ -> "that";
    };
  }
}
