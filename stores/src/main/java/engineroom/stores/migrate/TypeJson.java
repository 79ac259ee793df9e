package engineroom.stores.migrate;

import engineroom.model.FieldType;
import engineroom.model.FieldType.Format;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Plain;

/// The types of fields as JSON.
final class TypeJson {
  private static final String TYPE = "type";

  private TypeJson() {}

  static JsonObject of(FieldType type) {
    var json = new JsonObject();
    switch (type) {
      case FieldType.Text text ->
          json.put(TYPE, "text")
              .put("format", text.format().name())
              .put("min", text.min())
              .put("max", text.max())
              .put("pattern", text.pattern())
              .mark("ignoreCase", text.ignoreCase())
              .put("from", text.slugFrom());
      case FieldType.Whole(var min, var max) ->
          json.put(TYPE, "integer").put("min", min).put("max", max);
      case FieldType.Decimal decimal ->
          json.put(TYPE, "decimal")
              .put("precision", decimal.precision())
              .put("scale", decimal.scale())
              .put("min", decimal.min())
              .put("max", decimal.max());
      case FieldType.Number(var min, var max) ->
          json.put(TYPE, "number").put("min", min).put("max", max);
      case FieldType.Money(var currency, var min, var max) ->
          json.put(TYPE, "money").put("currency", currency).put("min", min).put("max", max);
      case Plain plain -> json.put(TYPE, "plain").put("plain", plain.name());
      case FieldType.Choice(var values) -> json.put(TYPE, "enum").put("values", values);
      case FieldType.Json(var schema) -> json.put(TYPE, "json").put("schema", schema);
      case FieldType.Bytes(var max) -> json.put(TYPE, "bytes").put("max", max);
      case FieldType.Reference(var entity, var inverse, var onDelete, var owned) ->
          json.put(TYPE, "reference")
              .put("entity", entity)
              .put("inverse", inverse)
              .put("onDelete", onDelete.name())
              .mark("owned", owned);
      case FieldType.ListOf(var element) -> json.put(TYPE, "list").put("element", of(element));
    }
    return json;
  }

  static FieldType parse(JsonObject json) {
    return switch (json.word(TYPE)) {
      case "text" ->
          new FieldType.Text(
              Format.valueOf(json.word("format")),
              json.count("min"),
              json.count("max"),
              json.text("pattern"),
              json.marked("ignoreCase"),
              json.text("from"));
      case "integer" -> new FieldType.Whole(json.whole("min"), json.whole("max"));
      case "decimal" ->
          new FieldType.Decimal(
              Integer.parseInt(json.word("precision")),
              Integer.parseInt(json.word("scale")),
              json.decimal("min"),
              json.decimal("max"));
      case "number" -> new FieldType.Number(json.real("min"), json.real("max"));
      case "money" ->
          new FieldType.Money(json.text("currency"), json.whole("min"), json.whole("max"));
      case "plain" -> Plain.valueOf(json.word("plain"));
      case "enum" -> new FieldType.Choice(json.texts("values"));
      case "json" -> new FieldType.Json(json.text("schema"));
      case "bytes" -> new FieldType.Bytes(json.count("max"));
      case "reference" ->
          new FieldType.Reference(
              json.word("entity"),
              json.word("inverse"),
              OnDelete.valueOf(json.word("onDelete")),
              json.marked("owned"));
      case "list" ->
          new FieldType.ListOf(parse(JsonObject.parse(json.members().getOrDefault("element", ""))));
      case String other ->
          throw new IllegalArgumentException("the recorded model has a type " + other);
    };
  }
}
