package engineroom.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes small documents of ours, such as problems, health reports and log lines, as UTF-8 JSON.
public final class JsonOut {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonOut() {}

  /// An object of texts, numbers, truth values, lists, maps and JSON; anything else is written as
  /// its text. Members that are null are left out.
  public static byte[] bytes(Map<String, ? extends @Nullable Object> members) {
    var out = new ByteArrayOutputStream(256);
    try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      object(json, members);
    }
    return out.toByteArray();
  }

  private static void object(JsonGenerator json, Map<?, ? extends @Nullable Object> members) {
    json.writeStartObject();
    members.forEach(
        (name, value) -> {
          if (value != null) {
            json.writeName(name.toString());
            value(json, value);
          }
        });
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, Object value) {
    switch (value) {
      case Map<?, ?> map -> object(json, map);
      case Iterable<?> list -> {
        json.writeStartArray();
        list.forEach(element -> value(json, element));
        json.writeEndArray();
      }
      case Json whole -> json.writeRawValue(JsonWriter.text(whole));
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      default -> json.writeString(value.toString());
    }
  }
}
