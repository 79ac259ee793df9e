package engineroom.modelfile;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The entities that the program brings along.
final class BuiltIn {
  static final String USER = "user";

  private static final Part.Place HERE = new Part.Place(Path.of("(built in)"), 1, 1);

  private BuiltIn() {}

  /// Adds the entity `user` with its own fields; the owner may declare it to add others.
  static void user(Map<String, Part.Entry> entries) {
    var declared = entries.get(USER);
    if (declared != null && !(declared.value() instanceof Part.Mapping)) {
      return;
    }
    var options = new LinkedHashMap<String, Part.Entry>();
    var fields = new LinkedHashMap<String, Part.Entry>();
    fields.put("email", email());
    fields.put("name", entry("name", scalar("text?", "str")));
    if (declared != null && declared.value() instanceof Part.Mapping(var own, var place)) {
      options.putAll(own);
      var ownFields = own.get("fields");
      if (ownFields != null && ownFields.value() instanceof Part.Mapping(var more, _)) {
        fields.putAll(more);
      }
      options.put("fields", entry("fields", new Part.Mapping(fields, place)));
      entries.put(USER, new Part.Entry(USER, declared.place(), new Part.Mapping(options, place)));
      return;
    }
    options.put("fields", entry("fields", new Part.Mapping(fields, HERE)));
    entries.put(USER, entry(USER, new Part.Mapping(options, HERE)));
  }

  private static Part.Entry email() {
    var options = new LinkedHashMap<String, Part.Entry>();
    options.put("type", entry("type", scalar("email?", "str")));
    options.put("unique", entry("unique", scalar("true", "bool")));
    options.put("ignoreCase", entry("ignoreCase", scalar("true", "bool")));
    options.put("personal", entry("personal", scalar("true", "bool")));
    return entry("email", new Part.Mapping(options, HERE));
  }

  private static Part scalar(String text, String tag) {
    return new Part.Scalar(text, tag, _ -> HERE, HERE);
  }

  private static Part.Entry entry(String key, Part value) {
    return new Part.Entry(key, HERE, value);
  }
}
