package engineroom.modelfile;

import engineroom.data.JsonText;
import engineroom.modelfile.Options.Kind;
import engineroom.modelfile.Options.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema (draft 2020-12) of the model files, by which editors complete and check while
/// typing. Made from the same table of keys that the reader refuses all others by.
public final class ModelSchema {
  private static final Map<String, Object> NAME =
      ordered("pattern", Words.NAME.pattern().replace("\\z", "$"));

  private static final Map<String, Object> OFF = ordered("enum", List.of("off", false));

  private ModelSchema() {}

  /// The schema as JSON text.
  public static String text() {
    return text(schema());
  }

  /// A schema as JSON text.
  static String text(Map<String, Object> schema) {
    var out = new StringBuilder();
    write(out, schema, "");
    return out.append('\n').toString();
  }

  private static Map<String, Object> schema() {
    var file = new LinkedHashMap<String, Object>();
    file.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    file.put("title", "Engineroom model");
    file.put("description", "engineroom.yaml and model/*.yaml, version 1 of the language.");
    file.putAll(object(Options.TOP));
    file.put(
        "$defs",
        ordered(
            "entity", object(Options.ENTITY),
            "field", anyOf(ordered("type", "string"), object(Options.FIELD)),
            "check", object(Options.CHECK),
            "access", object(Options.ACCESS),
            "fieldAccess", object(Options.FIELD_ACCESS),
            "role", nullable(object(Options.ROLE)),
            "settings", object(Options.SETTINGS)));
    return file;
  }

  private static Map<String, Object> object(Map<String, Option> table) {
    var properties = new LinkedHashMap<String, Object>();
    table
        .values()
        .forEach(
            option -> {
              var property = new LinkedHashMap<String, Object>();
              property.put("description", option.description());
              property.putAll(kind(option.kind()));
              properties.put(option.name(), property);
            });
    return ordered("type", "object", "additionalProperties", false, "properties", properties);
  }

  private static Map<String, Object> kind(Kind kind) {
    return switch (kind) {
      case TEXT -> ordered("type", List.of("string", "number", "boolean"));
      case EXPRESSION -> ordered("type", List.of("string", "boolean"));
      case BOOLEAN -> ordered("type", "boolean");
      case WHOLE -> ordered("type", "integer");
      case NUMBER -> ordered("type", "number");
      case TEXTS -> ordered("type", List.of("array", "string"), "items", scalar());
      case KEYS ->
          ordered(
              "type",
              "array",
              "items",
              anyOf(ordered("type", "string"), ordered("type", "array", "items", scalar())));
      case ANY -> ordered();
      case RENAMES -> ordered("type", "object", "additionalProperties", scalar());
      case ROLES -> named("role");
      case ENTITIES -> named("entity");
      case FIELDS -> named("field");
      case CHECKS ->
          anyOf(
              ordered("type", "array", "items", reference("check")),
              ordered("type", "object", "additionalProperties", kind(Kind.EXPRESSION)));
      case ACCESS -> reference("access");
      case FIELD_ACCESS -> named("fieldAccess");
      case SETTINGS -> reference("settings");
      case ON_DELETE -> ordered("enum", List.of("restrict", "cascade", "clear"));
      case CHANGES -> ordered("enum", List.of("on", "off", true, false));
      case SEQUENCE -> anyOf(ordered("type", "boolean"), object(Options.SEQUENCE));
      case FREEZE -> anyOf(kind(Kind.EXPRESSION), object(Options.FREEZE));
      case HISTORY -> anyOf(kind(Kind.BOOLEAN), object(Options.HISTORY));
      case LENGTH -> length();
      case LENGTH_OR_OFF -> anyOf(OFF, length());
      case CORS -> object(Options.CORS);
      case LIMITS -> object(Options.LIMITS);
      case ACCOUNTS -> object(Options.ACCOUNTS);
      case SIGN_UP -> ordered("enum", List.of("open", "invited", "closed"));
      case SIGNATURE -> ordered("enum", List.of("ES256", "EdDSA", "RS256", "HS256"));
      case CONFIRM -> ordered("enum", List.of("optional", "required"));
      case RUSH -> ordered("enum", List.of("wait", "share"));
      case MAIL -> object(Options.MAIL);
      case BACKUPS -> anyOf(OFF, object(Options.BACKUPS));
      case RATES -> anyOf(OFF, object(Options.RATES));
      case RATE -> anyOf(OFF, rate());
      case ROUTES -> routes();
      case AUDIT -> object(Options.AUDIT);
      case GRAPHQL -> object(Options.GRAPHQL);
      case GRAPHIQL -> anyOf(ordered("type", "boolean"), kind(Kind.TEXTS));
    };
  }

  private static Map<String, Object> length() {
    return ordered("type", "string", "pattern", HeaderReader.LENGTH.pattern());
  }

  private static Map<String, Object> routes() {
    return ordered(
        "type",
        "object",
        "propertyNames",
        ordered("pattern", GuardReader.ROUTE.pattern()),
        "additionalProperties",
        rate());
  }

  private static Map<String, Object> rate() {
    return ordered("type", "string", "pattern", GuardReader.RATE.pattern());
  }

  static Map<String, Object> scalar() {
    return ordered("type", List.of("string", "number", "boolean"));
  }

  private static Map<String, Object> named(String definition) {
    return ordered(
        "type", "object", "propertyNames", NAME, "additionalProperties", reference(definition));
  }

  private static Map<String, Object> reference(String definition) {
    return ordered("$ref", "#/$defs/" + definition);
  }

  private static Map<String, Object> nullable(Map<String, Object> schema) {
    return anyOf(ordered("type", "null"), schema);
  }

  static Map<String, Object> anyOf(Object... schemas) {
    return ordered("anyOf", List.of(schemas));
  }

  static Map<String, Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }

  private static void write(StringBuilder out, Object value, String indent) {
    switch (value) {
      case Map<?, ?> map -> {
        var lines = new ArrayList<String>();
        map.forEach(
            (key, inner) -> {
              var line = new StringBuilder(indent).append("  ");
              JsonText.quote(line, String.valueOf(key));
              line.append(": ");
              write(line, inner, indent + "  ");
              lines.add(line.toString());
            });
        out.append(
            lines.isEmpty() ? "{}" : "{\n" + String.join(",\n", lines) + "\n" + indent + "}");
      }
      case List<?> list -> {
        var items = new ArrayList<String>();
        for (var item : list) {
          var text = new StringBuilder();
          write(text, item, indent + "  ");
          items.add(text.toString());
        }
        out.append('[').append(String.join(", ", items)).append(']');
      }
      case String text -> JsonText.quote(out, text);
      default -> out.append(value); // numbers and truth values
    }
  }
}
