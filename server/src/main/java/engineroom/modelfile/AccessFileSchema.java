package engineroom.modelfile;

import static engineroom.modelfile.ModelSchema.anyOf;
import static engineroom.modelfile.ModelSchema.ordered;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema (draft 2020-12) of access tests, `tests/*.yaml`, by which editors complete and
/// check while typing.
public final class AccessFileSchema {
  private static final String DESCRIPTION = "description";
  private static final Map<String, Object> TEXT = ordered("type", "string");
  private static final Map<String, Object> ROW = ordered("type", "object");

  private AccessFileSchema() {}

  /// The schema as JSON text.
  public static String text() {
    var file = new LinkedHashMap<String, Object>();
    file.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    file.put("title", "Engineroom access tests");
    file.put(DESCRIPTION, "tests/*.yaml, run by: engineroom test.");
    file.putAll(
        closed(
            AccessFileReader.KEYS,
            Map.of(
                "users", users(),
                "rows", rows(),
                "tests", ordered("type", "array", "items", test()))));
    return ModelSchema.text(file);
  }

  /// An object with these keys alone.
  private static Map<String, Object> closed(List<String> keys, Map<String, Object> properties) {
    var ordered = new LinkedHashMap<String, Object>();
    keys.forEach(key -> ordered.put(key, properties.get(key)));
    return ordered("type", "object", "additionalProperties", false, "properties", ordered);
  }

  private static Map<String, Object> users() {
    var roles = ordered(DESCRIPTION, "The roles that the user has.");
    roles.putAll(names());
    var user = ordered("type", List.of("object", "null"), "properties", ordered("roles", roles));
    return ordered(
        DESCRIPTION,
        "Users by name, each with roles and fields of its row.",
        "type",
        "object",
        "propertyNames",
        ordered("not", ordered("pattern", "^(guest$|role:)")),
        "additionalProperties",
        user);
  }

  private static Map<String, Object> rows() {
    return ordered(
        DESCRIPTION,
        "Rows by entity: a mapping by names, or a list of rows with a unique value.",
        "type",
        "object",
        "additionalProperties",
        anyOf(
            ordered("type", "array", "items", ROW),
            ordered("type", "object", "additionalProperties", ROW)));
  }

  private static Map<String, Object> test() {
    var test =
        closed(
            AccessTestReader.KEYS,
            Map.of(
                "name", about("What is tested, in words.", ModelSchema.scalar()),
                "as", about("Who asks: guest, role:<name>, or a user of this file.", TEXT),
                "sees", about("The rows that are seen, and no others: names, or all.", byEntity()),
                "shows", about("Fields that have values in all rows that are seen.", byEntity()),
                "hides", about("Fields that have values in none.", byEntity()),
                "may", about("What may be done.", does()),
                "mayNot", about("What may not be done.", does())));
    test.put("required", List.of("name", "as"));
    return test;
  }

  private static Map<String, Object> about(String description, Map<String, Object> schema) {
    var described = ordered(DESCRIPTION, description);
    described.putAll(schema);
    return described;
  }

  private static Map<String, Object> byEntity() {
    return ordered("type", "object", "additionalProperties", names());
  }

  private static Map<String, Object> names() {
    var name = ModelSchema.scalar();
    return anyOf(name, ordered("type", "array", "items", name));
  }

  /// `read product pen`, `create product: { name: Pen }`, `update product pen: { name: Quill }`.
  private static Map<String, Object> does() {
    var row = "(read|update|delete)\\s+\\S+\\s+\\S.*";
    var made = "create\\s+\\S+";
    var words = ordered("pattern", "^\\s*(" + row + "|" + made + ")\\s*$");
    var values =
        ordered(
            "type",
            "object",
            "minProperties",
            1,
            "maxProperties",
            1,
            "propertyNames",
            words,
            "additionalProperties",
            ordered("type", List.of("object", "null")));
    var text = ordered("type", "string");
    text.putAll(words);
    return ordered("type", "array", "items", anyOf(text, values));
  }
}
