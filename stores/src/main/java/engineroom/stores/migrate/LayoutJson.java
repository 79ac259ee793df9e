package engineroom.stores.migrate;

import engineroom.migrate.Layout;
import engineroom.migrate.Layout.EntityLayout;
import engineroom.migrate.Layout.FieldLayout;
import java.util.LinkedHashMap;

/// The layout of a database as JSON, as it is recorded in it.
public final class LayoutJson {
  private LayoutJson() {}

  public static String text(Layout layout) {
    var entities = new JsonObject();
    layout.entities().values().forEach(entity -> entities.put(entity.name(), entity(entity)));
    return new JsonObject().put("next", layout.next()).put("entities", entities).json();
  }

  private static JsonObject entity(EntityLayout entity) {
    var fields = new JsonObject();
    entity.fields().values().forEach(field -> fields.put(field.name(), field(field)));
    var checks = new JsonObject();
    entity.checks().forEach(checks::put);
    return new JsonObject()
        .put("id", entity.id())
        .put("fields", fields)
        .putLists("unique", entity.uniques())
        .putLists("indexes", entity.indexes())
        .put("checks", checks);
  }

  private static JsonObject field(FieldLayout field) {
    var json =
        new JsonObject()
            .put("id", field.id())
            .put("type", TypeJson.of(field.type()))
            .mark("required", field.required())
            .mark("search", field.search())
            .put("default", field.initial())
            .put("compute", field.computed());
    var per = field.per();
    return per == null ? json : json.put("per", per);
  }

  public static Layout parse(String json) {
    var whole = JsonObject.parse(json);
    var entities = new LinkedHashMap<String, EntityLayout>();
    whole
        .inner("entities")
        .forEach((name, text) -> entities.put(name, entity(name, JsonObject.parse(text))));
    return new Layout(Long.parseLong(whole.word("next")), entities);
  }

  private static EntityLayout entity(String name, JsonObject json) {
    var fields = new LinkedHashMap<String, FieldLayout>();
    json.inner("fields")
        .forEach((field, text) -> fields.put(field, field(field, JsonObject.parse(text))));
    var conditions = JsonObject.parse(json.members().getOrDefault("checks", "{}"));
    var checks = new LinkedHashMap<String, String>();
    conditions.members().keySet().forEach(check -> checks.put(check, conditions.word(check)));
    return new EntityLayout(
        Long.parseLong(json.word("id")),
        name,
        fields,
        json.lists("unique"),
        json.lists("indexes"),
        checks);
  }

  private static FieldLayout field(String name, JsonObject json) {
    return new FieldLayout(
        Long.parseLong(json.word("id")),
        name,
        TypeJson.parse(JsonObject.parse(json.members().getOrDefault("type", "{}"))),
        json.marked("required"),
        json.marked("search"),
        json.word("default"),
        json.marked("per") ? json.texts("per") : null,
        json.members().containsKey("compute") ? json.word("compute") : "");
  }
}
