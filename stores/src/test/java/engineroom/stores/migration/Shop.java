package engineroom.stores.migration;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Entity.Access;
import engineroom.model.Entity.InverseList;
import engineroom.model.Entity.Keys;
import engineroom.model.Field;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.model.FieldType.Text;
import engineroom.model.FieldType.Whole;
import engineroom.model.Model;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A small model that tests change: a product of a category.
public final class Shop {
  public static final Entity CATEGORY =
      entity(
          "category",
          List.of(Field.of("name", Text.PLAIN)),
          List.of(new InverseList("products", "product", "category", false)),
          new Keys(List.of(List.of("name")), List.of(), List.of()));
  public static final Entity PRODUCT = product(Field.of("stock", new Whole(0L, 100L)));
  public static final Model MODEL = model(CATEGORY, PRODUCT);

  private Shop() {}

  public static Entity product(Field... more) {
    var fields = new java.util.ArrayList<Field>();
    fields.add(Field.of("name", Text.PLAIN));
    fields.add(
        optional("category", new Reference("category", "products", OnDelete.RESTRICT, false)));
    fields.addAll(List.of(more));
    return entity(
        "product", fields, List.of(), new Keys(List.of(), List.of(List.of("name")), List.of()));
  }

  public static Field optional(String name, engineroom.model.FieldType type) {
    var field = Field.of(name, type);
    return new Field(
        name, type, false, field.traits(), field.filling(), field.access(), field.notes());
  }

  public static Model model(Entity... entities) {
    var named = new LinkedHashMap<String, Entity>();
    for (var entity : entities) {
      named.put(entity.name(), entity);
    }
    return new Model("shop", "sqlite:shop.db", Map.of(), named);
  }

  private static Entity entity(String name, List<Field> own, List<InverseList> lists, Keys keys) {
    var fields = new LinkedHashMap<String, Field>();
    fields.put("id", Field.of("id", Plain.UUID));
    fields.put("version", Field.of("version", new Whole(null, null)));
    fields.put("createdAt", Field.of("createdAt", Plain.TIMESTAMP));
    fields.put("updatedAt", Field.of("updatedAt", Plain.TIMESTAMP));
    own.forEach(field -> fields.put(field.name(), field));
    var inverse = new LinkedHashMap<String, InverseList>();
    lists.forEach(list -> inverse.put(list.name(), list));
    return new Entity(name, name + "s", fields, inverse, keys, Access.EVERYBODY, Entity.Notes.NONE);
  }

  public static Value id(long number) {
    return new Value.Uuid(new UUID(0x0198_0000_0000_7000L, 0x8000_0000_0000_0000L + number));
  }

  public static Row category(long number, String name) {
    return row(number).with("name", Value.of(name));
  }

  public static Row product(long number, String name) {
    return row(number).with("name", Value.of(name)).with("stock", Value.of(1));
  }

  private static Row row(long number) {
    var moment = new Value.Timestamp(Instant.parse("2026-08-01T10:00:00Z"));
    return new Row(
        Map.of("id", id(number), "version", Value.of(1), "createdAt", moment, "updatedAt", moment));
  }
}
