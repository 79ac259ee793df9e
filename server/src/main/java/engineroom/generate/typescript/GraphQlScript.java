package engineroom.generate.typescript;

import java.util.Map;
import java.util.regex.Pattern;

/// The types of the GraphQL schema, as TypeScript: objects, inputs and enums by their names.
final class GraphQlScript {
  private static final Map<String, String> SCALARS =
      Map.ofEntries(
          Map.entry("ID", "string"),
          Map.entry("String", "string"),
          Map.entry("Int", "number"),
          Map.entry("Float", "number"),
          Map.entry("Boolean", "boolean"),
          Map.entry("Long", "number"),
          Map.entry("Decimal", "string"),
          Map.entry("JSON", "unknown"));

  private static final Pattern BLOCK = Pattern.compile("(type|input|enum) (\\w+) \\{");
  private static final Pattern SCALAR = Pattern.compile("scalar (\\w+)");
  private static final Pattern MEMBER = Pattern.compile("  (\\w+)(\\(.*\\))?: ([\\w\\[\\]!]+)");
  private static final Pattern COMMENT = Pattern.compile("( *)\"(.*)\"");

  private final ScriptText text = new ScriptText();
  private String kind = "";

  private GraphQlScript() {}

  /// @param schema as the GraphQL door shows it: a definition or a member on each line
  static String of(String schema) {
    var script = new GraphQlScript();
    schema.lines().forEach(script::line);
    return script.text.toString();
  }

  private void line(String line) {
    var comment = COMMENT.matcher(line);
    var block = BLOCK.matcher(line);
    var member = MEMBER.matcher(line);
    var scalar = SCALAR.matcher(line);
    if (comment.matches()) {
      var said = comment.group(2).replace("\\\"", "\"").replace("\\\\", "\\");
      text.comment(comment.group(1), said);
    } else if (block.matches()) {
      kind = block.group(1);
      boolean choice = kind.equals("enum");
      text.line(choice ? "export type " + block.group(2) + " =" : opened(block.group(2)));
    } else if (scalar.matches()) {
      var type = SCALARS.getOrDefault(scalar.group(1), "string");
      text.line("export type " + scalar.group(1) + " = " + type + ";");
    } else if (member.matches()) {
      text.line("  readonly " + member.group(1) + type(member.group(3)) + ";");
    } else if (line.equals("}")) {
      text.line(kind.equals("enum") ? "  never;" : "}");
    } else {
      text.line(line.isBlank() ? "" : "  " + ScriptTypes.quoted(line.strip()) + " |");
    }
  }

  private static String opened(String name) {
    return "export interface " + name + " {";
  }

  /// What stands behind a member's name. Inputs may leave out what may be null.
  private String type(String written) {
    boolean must = written.endsWith("!");
    var type = value(must ? written.substring(0, written.length() - 1) : written);
    var mark = !must && kind.equals("input") ? "?: " : ": ";
    return mark + type + (must ? "" : " | null");
  }

  private String value(String type) {
    if (!type.startsWith("[")) {
      return switch (type) {
        case "ID", "String" -> "string";
        case "Int", "Float" -> "number";
        case "Boolean" -> "boolean";
        case String named -> named;
      };
    }
    var inner = type.substring(1, type.length() - 1);
    boolean must = inner.endsWith("!");
    var element = value(must ? inner.substring(0, inner.length() - 1) : inner);
    return "readonly " + (must ? element : "(" + element + " | null)") + "[]";
  }
}
