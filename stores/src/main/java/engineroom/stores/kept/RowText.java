package engineroom.stores.kept;

import engineroom.data.JsonText;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.model.Model;
import engineroom.stores.sql.JsonForm;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of rows as JSON by the names of their fields, as the change log and the trash keep them
/// through every change of the model.
public final class RowText {
  /// Room that most rows need.
  private static final int LENGTH = 512;

  private final Model model;

  public RowText(Model model) {
    this.model = model;
  }

  /// The text of values by the names of their fields.
  public static String json(Map<String, Value> values) {
    var json = new StringBuilder(LENGTH).append('{');
    values.forEach(
        (name, value) -> {
          json.append(json.length() == 1 ? "" : ",");
          JsonText.quote(json, name);
          json.append(':');
          JsonText.append(json, value);
        });
    return json.append('}').toString();
  }

  /// The id that a text shows.
  public Value id(String entity, String text) {
    var type =
        model.findEntity(entity).map(e -> e.field("id").type().type()).orElse(Type.Scalar.TEXT);
    return value(type, type == Type.Scalar.INTEGER ? text : JsonText.of(Value.of(text)));
  }

  /// The values of an entity's row that a text shows.
  public Map<String, Value> values(String entity, String json) {
    var known = model.findEntity(entity).orElse(null);
    var values = new LinkedHashMap<String, Value>();
    JsonForm.members(json)
        .forEach(
            (name, text) ->
                values.put(
                    name,
                    isNull(known, name, text)
                        ? new Value.Json(text)
                        : value(type(known, name), text)));
    return values;
  }

  /// Whether a text is the null of JSON, as a required field can have it, and no missing value.
  private static boolean isNull(@Nullable Entity entity, String name, String text) {
    var field = entity == null ? null : entity.findField(name).orElse(null);
    return field != null
        && field.required()
        && field.type() instanceof FieldType.Json
        && text.equals("null");
  }

  /// A value; as JSON where it was written before its field got another type.
  private static Value value(Type type, String text) {
    try {
      var value = JsonForm.value(type, text);
      return widens(type) || JsonText.of(value).equals(text) ? value : new Value.Json(text);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException _) {
      return new Value.Json(text); // the past stays as it was written
    }
  }

  /// Whether values of other types may be read as ones of this type.
  private static boolean widens(Type type) {
    return type == Type.Scalar.TEXT || type == Type.Scalar.NUMBER || type == Type.Scalar.DECIMAL;
  }

  /// The type of a field's values; JSON for a field that the model has no more.
  private Type type(@Nullable Entity entity, String name) {
    var field = entity == null ? null : entity.findField(name).orElse(null);
    if (field == null) {
      return Type.Scalar.JSON;
    }
    return field.type().type() instanceof Type.RowOf(var target)
        ? model.entity(target).field("id").type().type()
        : field.type().type();
  }
}
