package engineroom.stores.migration;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Entity.Keys;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.model.FieldType.Whole;
import engineroom.model.Life;
import engineroom.model.Model;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Models, entities and rows for migrations, written shortly.
public final class Sketch {
  public static final String THING = "thing";
  private static final Value MOMENT = new Value.Timestamp(Instant.parse("2026-08-01T10:00:00Z"));

  private Sketch() {}

  public static Model model(Entity... entities) {
    var named = new LinkedHashMap<String, Entity>();
    Arrays.stream(entities).forEach(entity -> named.put(entity.name(), entity));
    return new Model("sketch", "sqlite:sketch.db", Map.of(), linked(named));
  }

  /// Puts the inverse lists of references in.
  private static Map<String, Entity> linked(Map<String, Entity> entities) {
    var linked = new LinkedHashMap<String, Entity>();
    for (var entity : entities.values()) {
      var lists = new LinkedHashMap<String, InverseList>();
      entities.values().forEach(other -> lists.putAll(lists(other, entity)));
      linked.put(entity.name(), with(entity, entity.fields(), lists, entity.keys()));
    }
    return linked;
  }

  /// The lists that an entity's references give to another.
  private static Map<String, InverseList> lists(Entity from, Entity to) {
    var lists = new LinkedHashMap<String, InverseList>();
    for (var field : from.fields().values()) {
      if (field.type() instanceof Reference r && r.entity().equals(to.name())) {
        lists.put(r.inverse(), new InverseList(r.inverse(), from.name(), field.name(), false));
      }
    }
    return lists;
  }

  private static Entity with(
      Entity e, Map<String, Field> fields, Map<String, InverseList> lists, Keys keys) {
    return new Entity(e.name(), e.plural(), fields, lists, keys, e.life(), e.access(), e.notes());
  }

  /// An entity with the usual fields and these.
  public static Entity entity(String name, Field... own) {
    var fields = new LinkedHashMap<String, Field>();
    fields.put("id", Field.of("id", Plain.UUID));
    fields.put("version", Field.of("version", new Whole(null, null)));
    fields.put("createdAt", Field.of("createdAt", Plain.TIMESTAMP));
    fields.put("updatedAt", Field.of("updatedAt", Plain.TIMESTAMP));
    Arrays.stream(own).forEach(field -> fields.put(field.name(), field));
    return new Entity(
        name, name + "s", fields, Map.of(), Keys.NONE, Entity.Access.EVERYBODY, Entity.Notes.NONE);
  }

  public static Entity thing(Field... own) {
    return entity(THING, own);
  }

  public static Model things(Field... own) {
    return model(thing(own));
  }

  public static Entity was(Entity entity, String former) {
    var notes = new Entity.Notes(null, null, former, true);
    return new Entity(
        entity.name(),
        entity.plural(),
        entity.fields(),
        entity.lists(),
        entity.keys(),
        entity.life(),
        entity.access(),
        notes);
  }

  /// The same, its versions kept.
  public static Entity kept(Entity entity) {
    return new Entity(
        entity.name(),
        entity.plural(),
        entity.fields(),
        entity.lists(),
        entity.keys(),
        new Life(true, null, false, null),
        entity.access(),
        entity.notes());
  }

  public static Entity unique(Entity entity, String... fields) {
    var keys = entity.keys();
    var uniques = new ArrayList<>(keys.uniques());
    uniques.add(List.of(fields));
    return with(
        entity, entity.fields(), entity.lists(), new Keys(uniques, keys.indexes(), keys.checks()));
  }

  public static Entity indexed(Entity entity, String... fields) {
    var keys = entity.keys();
    var indexes = new ArrayList<>(keys.indexes());
    indexes.add(List.of(fields));
    return with(
        entity, entity.fields(), entity.lists(), new Keys(keys.uniques(), indexes, keys.checks()));
  }

  public static Entity checked(Entity entity, String name, Expression condition) {
    var keys = entity.keys();
    var checks = new ArrayList<>(keys.checks());
    checks.add(new Entity.Check(name, condition, "must meet the check " + name));
    return with(
        entity, entity.fields(), entity.lists(), new Keys(keys.uniques(), keys.indexes(), checks));
  }

  public static Field field(String name, FieldType type) {
    return Field.of(name, type);
  }

  public static Field optional(String name, FieldType type) {
    return required(Field.of(name, type), false);
  }

  private static Field required(Field f, boolean required) {
    return new Field(f.name(), f.type(), required, f.traits(), f.filling(), f.access(), f.notes());
  }

  public static Field was(Field f, @Nullable String former) {
    var notes = new Field.Notes(null, null, former);
    return new Field(f.name(), f.type(), f.required(), f.traits(), f.filling(), f.access(), notes);
  }

  public static Field wasValues(Field f, Map<String, String> values) {
    var notes = new Field.Notes(null, null, null, values, null);
    return new Field(f.name(), f.type(), f.required(), f.traits(), f.filling(), f.access(), notes);
  }

  public static Field backfill(Field f, Expression backfill) {
    var notes = new Field.Notes(null, null, null, Map.of(), backfill);
    return new Field(f.name(), f.type(), f.required(), f.traits(), f.filling(), f.access(), notes);
  }

  public static Field initial(Field f, Value value) {
    var filling = new Field.Filling(new Expression.Literal(value, f.type().type()), null);
    return new Field(f.name(), f.type(), f.required(), f.traits(), filling, f.access(), f.notes());
  }

  public static Field searched(Field f) {
    var traits = new Field.Traits(false, true, false, false, false, false);
    return new Field(f.name(), f.type(), f.required(), traits, f.filling(), f.access(), f.notes());
  }

  public static Reference reference(String entity) {
    return new Reference(entity, "things", OnDelete.RESTRICT, false);
  }

  public static FieldType.Text text(Integer max) {
    return new FieldType.Text(FieldType.Format.PLAIN, null, max, null, false, null);
  }

  public static FieldType.Text ignoringCase() {
    return new FieldType.Text(FieldType.Format.PLAIN, null, null, null, true, null);
  }

  public static FieldType.Choice choice(String... values) {
    return new FieldType.Choice(List.of(values));
  }

  /// A row with the system fields: the version is the number plus 1.
  public static Row row(long number, Map<String, Value> own) {
    var values = new LinkedHashMap<String, Value>();
    values.put("id", Shop.id(number));
    values.put("version", Value.of(number + 1));
    values.put("createdAt", MOMENT);
    values.put("updatedAt", MOMENT);
    values.putAll(own);
    return new Row(values);
  }

  public static Row row(long number, String name, Value value) {
    return row(number, Map.of(name, value));
  }
}
