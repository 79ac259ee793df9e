package engineroom.stores.migration;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Models that come one from another by random changes, and rows for them.
public final class RandomModels {
  private static final List<FieldType> TYPES =
      List.of(
          Text.PLAIN,
          Sketch.text(12),
          Sketch.ignoringCase(),
          new Whole(null, null),
          new Whole(0L, 1_000L),
          new FieldType.Decimal(9, 2, null, null),
          new FieldType.Decimal(12, 4, null, null),
          new FieldType.Number(null, null),
          new FieldType.Money("EUR", null, null),
          new FieldType.Money(null, null, null),
          new FieldType.Choice(List.of("red", "green")),
          new FieldType.Choice(List.of("red", "green", "blue")),
          Plain.BOOLEAN,
          Plain.DATE,
          Plain.TIMESTAMP,
          Plain.POINT,
          new FieldType.Json(null),
          new FieldType.ListOf(Text.PLAIN),
          new FieldType.ListOf(new Whole(null, null)));

  private final Random random;
  private int names;

  public RandomModels(Random random) {
    this.random = random;
  }

  /// An entity that is being changed.
  private static final class Draft {
    String name;
    @Nullable String was;
    boolean history;
    final List<Field> fields = new ArrayList<>();
    final List<List<String>> uniques = new ArrayList<>();
    final List<List<String>> indexes = new ArrayList<>();

    Draft(String name) {
      this.name = name;
    }
  }

  /// A model that differs from another by a few changes.
  public Model next(Model before) {
    var drafts = new ArrayList<Draft>();
    before.entities().values().forEach(entity -> drafts.add(draft(entity)));
    for (var changes = random.nextInt(1, 4); changes > 0; changes--) {
      change(drafts);
    }
    drafts.forEach(draft -> tidy(draft, drafts));
    return Sketch.model(drafts.stream().map(RandomModels::entity).toArray(Entity[]::new));
  }

  private static Draft draft(Entity entity) {
    var draft = new Draft(entity.name());
    entity.fields().values().stream()
        .filter(field -> !Entity.SYSTEM.contains(field.name()))
        .map(field -> field.notes().was() == null ? field : Sketch.was(field, null))
        .forEach(draft.fields::add);
    draft.history = entity.life().history();
    draft.uniques.addAll(entity.keys().uniques());
    draft.indexes.addAll(entity.keys().indexes());
    return draft;
  }

  private void change(List<Draft> drafts) {
    var kind = random.nextInt(26);
    if (drafts.isEmpty() || (kind == 0 && drafts.size() < 4)) {
      drafts.add(new Draft("e" + names++));
      return;
    }
    var draft = drafts.get(random.nextInt(drafts.size()));
    switch (kind) {
      case 1 -> drafts.remove(draft);
      case 24, 25 -> draft.history = !draft.history;
      case 2 -> rename(draft, drafts);
      case 3, 4 -> key(draft, draft.indexes);
      case 5 -> key(draft, draft.uniques);
      case 6, 7 -> refer(draft, drafts);
      case 8, 9, 10, 11, 12, 13 -> add(draft);
      default -> field(draft, kind);
    }
  }

  private void rename(Draft draft, List<Draft> drafts) {
    if (draft.was != null) {
      return;
    }
    draft.was = draft.name;
    draft.name = "e" + names++;
    for (var other : drafts) {
      other.fields.replaceAll(
          field ->
              field.type() instanceof Reference r && r.entity().equals(draft.was)
                  ? typed(field, reference(draft.name, r.inverse()))
                  : field);
    }
  }

  private static Reference reference(String entity, String inverse) {
    return new Reference(entity, inverse, FieldType.OnDelete.RESTRICT, false);
  }

  private void refer(Draft draft, List<Draft> drafts) {
    var target = drafts.get(random.nextInt(drafts.size())).name;
    var name = "f" + names++;
    draft.fields.add(Sketch.optional(name, reference(target, name + "Of")));
  }

  private void add(Draft draft) {
    var type = TYPES.get(random.nextInt(TYPES.size()));
    var name = "f" + names++;
    var value = value(type, 0);
    var field =
        random.nextBoolean() || type instanceof FieldType.ListOf
            ? Sketch.optional(name, type)
            : Sketch.initial(Sketch.field(name, type), value);
    var searched = type == Text.PLAIN && random.nextInt(3) == 0;
    draft.fields.add(
        random.nextInt(draft.fields.size() + 1), searched ? Sketch.searched(field) : field);
  }

  private void field(Draft draft, int kind) {
    if (draft.fields.isEmpty()) {
      return;
    }
    var at = random.nextInt(draft.fields.size());
    var field = draft.fields.get(at);
    switch (kind) {
      case 14, 15 -> draft.fields.remove(at);
      case 16, 17 -> {
        if (field.notes().was() == null) {
          var named = named(field, "f" + names++);
          draft.fields.set(at, Sketch.was(named, field.name()));
          draft.uniques.replaceAll(key -> replaced(key, field.name(), named.name()));
          draft.indexes.replaceAll(key -> replaced(key, field.name(), named.name()));
        }
      }
      case 18 -> draft.fields.set(at, required(field, !field.required()));
      default -> {
        if (!(field.type() instanceof Reference)) {
          draft.fields.set(at, typed(field, TYPES.get(random.nextInt(TYPES.size()))));
        }
      }
    }
  }

  private static List<String> replaced(List<String> key, String before, String after) {
    return key.stream().map(name -> name.equals(before) ? after : name).toList();
  }

  private static Field named(Field f, String name) {
    return new Field(name, f.type(), f.required(), f.traits(), f.filling(), f.access(), f.notes());
  }

  private static Field typed(Field f, FieldType type) {
    var searched = f.traits().search() && type instanceof Text;
    var traits = new Field.Traits(false, searched, false, false, false, false);
    var required = f.required();
    return new Field(f.name(), type, required, traits, Field.Filling.NONE, f.access(), f.notes());
  }

  private static Field required(Field f, boolean required) {
    return new Field(f.name(), f.type(), required, f.traits(), f.filling(), f.access(), f.notes());
  }

  private void key(Draft draft, List<List<String>> keys) {
    if (!keys.isEmpty() && random.nextBoolean()) {
      keys.removeFirst();
    } else if (!draft.fields.isEmpty()) {
      keys.add(List.of(draft.fields.get(random.nextInt(draft.fields.size())).name()));
    }
  }

  /// Takes out what can't be: keys of fields that are gone, references to entities that are.
  private static void tidy(Draft draft, List<Draft> drafts) {
    draft.fields.removeIf(
        field ->
            field.type() instanceof Reference r
                && drafts.stream().noneMatch(other -> other.name.equals(r.entity())));
    for (var keys : List.of(draft.uniques, draft.indexes)) {
      keys.removeIf(key -> !key.stream().allMatch(name -> indexable(draft, name)));
      var once = keys.stream().distinct().toList();
      keys.clear();
      keys.addAll(once);
    }
  }

  private static boolean indexable(Draft draft, String name) {
    return draft.fields.stream()
        .filter(field -> field.name().equals(name))
        .anyMatch(
            field ->
                !(field.type() instanceof FieldType.ListOf
                    || field.type() instanceof FieldType.Json
                    || field.type() == Plain.POINT));
  }

  private static Entity entity(Draft draft) {
    var entity = Sketch.entity(draft.name, draft.fields.toArray(Field[]::new));
    for (var key : draft.uniques) {
      entity = Sketch.unique(entity, key.toArray(String[]::new));
    }
    for (var key : draft.indexes) {
      entity = Sketch.indexed(entity, key.toArray(String[]::new));
    }
    var kept = draft.history ? Sketch.kept(entity) : entity;
    return draft.was == null ? kept : Sketch.was(kept, draft.was);
  }

  /// A row of an entity.
  ///
  /// @param present the ids that references may lead to, by entity
  public Row row(Entity entity, long number, Map<String, List<Value>> present) {
    var values = new LinkedHashMap<String, Value>();
    for (var field : entity.fields().values()) {
      if (field.type() instanceof Reference(var target, _, _, _)) {
        var ids = present.getOrDefault(target, List.of());
        if (!ids.isEmpty()) {
          values.put(field.name(), ids.get(random.nextInt(ids.size())));
        }
      } else if (!Entity.SYSTEM.contains(field.name())) {
        var absent = !field.required() && random.nextInt(4) == 0;
        values.put(field.name(), absent ? Value.NULL : value(field.type(), number));
      }
    }
    return Sketch.row(number, new HashMap<>(values));
  }

  private Value value(FieldType type, long number) {
    return switch (type) {
      case Text _ -> Value.of(random.nextInt(3) == 0 ? "" + number : "Text " + number);
      case Whole _ -> Value.of(number % 1_000);
      case FieldType.Decimal(_, var scale, _, _) ->
          new Value.Decimal(BigDecimal.valueOf(number * 100).movePointLeft(2).setScale(scale));
      case FieldType.Number _ -> new Value.Number(number / 2.0);
      case FieldType.Money _ -> new Value.Money(number, "EUR");
      case FieldType.Choice(var values) -> Value.of(values.get((int) (number % values.size())));
      case FieldType.Json _ -> new Value.Json("{\"n\":" + number + "}");
      case FieldType.ListOf(var element) ->
          new Value.ListOf(List.of(value(element, number), value(element, number + 1)));
      case Plain plain -> plain(plain, number);
      case FieldType.Bytes _, Reference _ -> Value.NULL;
    };
  }

  private static Value plain(Plain type, long number) {
    return switch (type) {
      case BOOLEAN -> Value.of(number % 2 == 0);
      case DATE -> new Value.Date(LocalDate.of(2026, 1, 1).plusDays(number % 300));
      case TIMESTAMP ->
          new Value.Timestamp(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number));
      case POINT -> new Value.Point(number % 90, number % 180);
      case TIME, DURATION, UUID, SECRET -> Value.NULL;
    };
  }

  /// The fields of an entity by the names that they had before.
  public static Map<String, Field> byFormerName(Entity entity, Entity before) {
    var fields = new LinkedHashMap<String, Field>();
    for (var field : entity.fields().values()) {
      var was = field.notes().was();
      var former = was != null && before.findField(was).isPresent() ? was : field.name();
      before.findField(former).ifPresent(_ -> fields.put(former, field));
    }
    return fields;
  }
}
