package engineroom.door.graphql.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The definitions of a schema as text, in the order in which they were first needed. The only
/// writer of the schema language.
final class Definitions {
  /// A field of a type, or a member of an input.
  ///
  /// @param arguments with their parentheses, or empty
  record Member(String name, String arguments, String type, @Nullable String description) {
    Member(String name, String type) {
      this(name, "", type, null);
    }

    Member(String name, String type, @Nullable String description) {
      this(name, "", type, description);
    }
  }

  private final Map<String, String> texts = new LinkedHashMap<>();

  /// Defines a name where nobody has yet; definitions may need each other.
  String need(String name, Supplier<String> definition) {
    if (!texts.containsKey(name)) {
      texts.put(name, "");
      texts.put(name, definition.get());
    }
    return name;
  }

  /// Something whose values are leaves.
  String scalar(String name, String description) {
    return need(name, () -> described(description, "") + "scalar " + name + "\n");
  }

  /// `type` or `input` with members.
  static String block(
      String kind, String name, @Nullable String description, List<Member> members) {
    var out = new StringBuilder(described(description, ""));
    out.append(kind).append(' ').append(name).append(" {\n");
    for (var member : members) {
      out.append(described(member.description(), "  "))
          .append("  ")
          .append(member.name())
          .append(member.arguments())
          .append(": ")
          .append(member.type())
          .append('\n');
    }
    return out.append("}\n").toString();
  }

  /// An enum of names.
  static String choice(String name, @Nullable String description, List<String> values) {
    return described(description, "")
        + "enum "
        + name
        + " {\n  "
        + String.join("\n  ", values)
        + "\n}\n";
  }

  private static String described(@Nullable String text, String indent) {
    if (text == null || text.isBlank()) {
      return "";
    }
    var safe = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return indent + '"' + safe.replaceAll("\\s*\\R\\s*", " ").strip() + "\"\n";
  }

  /// All of them.
  String text() {
    return String.join("\n", texts.values());
  }
}
