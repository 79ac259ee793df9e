package engineroom.stores.sqlite.backup;

import engineroom.data.JsonText;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.stores.sql.JsonForm;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a backup says of itself.
///
/// @param app the name of the app
/// @param time when it was made
/// @param sequence of the last change that is in it
/// @param model a checksum of the tables' shape
/// @param contents what the database held when it was made
/// @param parts by name, in the order of the file: `database`
public record Manifest(
    String app,
    Instant time,
    long sequence,
    String model,
    Contents contents,
    Map<String, Part> parts) {
  /// The version of the format; a reader refuses a newer one.
  static final int FORMAT = 1;

  static final String DATABASE = "database";

  public Manifest {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /// A run of bytes in the file: what it holds, compressed.
  ///
  /// @param offset of its first byte
  /// @param length in the file
  /// @param size of what it holds
  /// @param sha256 of its bytes in the file
  public record Part(long offset, long length, long size, String sha256) {
    public Part {
      if (offset < 0 || length < 0 || size < 0) {
        throw new IllegalArgumentException("a part begins at 0 or later, and has 0 bytes or more");
      }
    }
  }

  /// The same with its one part.
  Manifest with(Part database) {
    return new Manifest(app, time, sequence, model, contents, Map.of(DATABASE, database));
  }

  String json() {
    var json = new StringBuilder("{\"format\":").append(FORMAT);
    text(json, "app", app);
    text(json, "time", time.toString());
    json.append(",\"sequence\":").append(sequence);
    text(json, "model", model);
    json.append(",\"contents\":{");
    contents.tables().forEach((name, table) -> table(json, name, table));
    json.append("},\"parts\":{");
    parts.forEach((name, part) -> part(json, name, part));
    return json.append("}}").toString();
  }

  private static void text(StringBuilder json, String name, String text) {
    json.append(",\"").append(name).append("\":");
    JsonText.quote(json, text);
  }

  private static void begin(StringBuilder json, String name) {
    if (json.charAt(json.length() - 1) != '{') {
      json.append(',');
    }
    JsonText.quote(json, name);
    json.append(":{");
  }

  private static void table(StringBuilder json, String name, Contents.Table table) {
    begin(json, name);
    json.append("\"rows\":").append(table.rows());
    text(json, "sha256", table.sha256());
    json.append('}');
  }

  private static void part(StringBuilder json, String name, Part part) {
    begin(json, name);
    json.append("\"offset\":").append(part.offset());
    json.append(",\"length\":").append(part.length());
    json.append(",\"size\":").append(part.size());
    text(json, "sha256", part.sha256());
    text(json, "compression", "deflate");
    json.append('}');
  }

  /// Reads what [#json] has written; anything else is an exception of some kind.
  static Manifest read(String json) {
    var members = JsonForm.members(json);
    var tables = new LinkedHashMap<String, Contents.Table>();
    JsonForm.members(raw(members, "contents"))
        .forEach((name, text) -> tables.put(name, table(JsonForm.members(text))));
    var parts = new LinkedHashMap<String, Part>();
    JsonForm.members(raw(members, "parts"))
        .forEach((name, text) -> parts.put(name, part(JsonForm.members(text))));
    return new Manifest(
        text(members, "app"),
        Instant.parse(text(members, "time")),
        number(members, "sequence"),
        text(members, "model"),
        new Contents(tables),
        parts);
  }

  private static Contents.Table table(Map<String, String> members) {
    return new Contents.Table(number(members, "rows"), text(members, "sha256"));
  }

  private static Part part(Map<String, String> members) {
    if (!text(members, "compression").equals("deflate")) {
      throw new IllegalArgumentException("no such compression");
    }
    return new Part(
        number(members, "offset"),
        number(members, "length"),
        number(members, "size"),
        text(members, "sha256"));
  }

  private static String raw(Map<String, String> members, String name) {
    var text = members.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  private static long number(Map<String, String> members, String name) {
    return Long.parseLong(raw(members, name));
  }

  private static String text(Map<String, String> members, String name) {
    if (JsonForm.value(Type.Scalar.TEXT, raw(members, name)) instanceof Value.Text(var text)) {
      return text;
    }
    throw new IllegalArgumentException(name + " is no text");
  }
}
