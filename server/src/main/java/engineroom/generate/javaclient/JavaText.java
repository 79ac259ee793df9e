package engineroom.generate.javaclient;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Java under way: one file of a package.
final class JavaText {
  /// The first line of everything that is made.
  static final String NOTE =
      "// Made by `engineroom generate client`. Make it again when the model has changed.\n";

  private static final List<String> IMPORTS =
      List.of(
          "java.math.BigDecimal",
          "java.time.Duration",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.util.List",
          "java.util.Optional",
          "java.util.UUID",
          "java.util.function.UnaryOperator");

  private static final List<String> SHARED =
      List.of(
          "Accounts",
          "Batch",
          "Connection",
          "GraphQl",
          "Imports",
          "Input",
          "Json",
          "ListChange",
          "ListField",
          "Listed",
          "Money",
          "NumberField",
          "OrderedField",
          "PlainField",
          "Point",
          "Reference",
          "ReferenceField",
          "Rows",
          "TextField",
          "TimeField",
          "UniqueKey",
          "ValueField",
          "Values",
          "ValuesField");

  private final StringBuilder body = new StringBuilder();

  /// A comment of documentation.
  JavaText comment(String indent, @Nullable String comment) {
    if (comment != null && !comment.isBlank()) {
      line(indent + "/** " + told(comment) + " */");
    }
    return this;
  }

  /// A text as a comment can hold it.
  static String told(String comment) {
    return comment
        .replaceAll("\\s*\\R\\s*", " ")
        .strip()
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("*/", "*&#47;")
        .replace("@", "&#64;")
        .replace("\\", "&#92;");
  }

  JavaText line(String line) {
    body.append(line).append('\n');
    return this;
  }

  /// The file, with the imports that its text needs.
  String in(String packageName) {
    var text = body.toString();
    var imports = new StringBuilder();
    SHARED.stream()
        .filter(name -> uses(text, name))
        .forEach(n -> imports.append("import %s.client.%s;\n".formatted(packageName, n)));
    IMPORTS.stream()
        .filter(name -> uses(text, name.substring(name.lastIndexOf('.') + 1)))
        .forEach(name -> imports.append("import ").append(name).append(";\n"));
    var head = NOTE + "package " + packageName + ";\n\n";
    return head + imports + (imports.isEmpty() ? "" : "\n") + text;
  }

  private static boolean uses(String text, String name) {
    var code = text.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "").replaceAll("/\\*\\*.*?\\*/", "");
    return code.matches("(?s).*(?<![\\w.])" + name + "\\b.*");
  }

  /// A text as a literal.
  static String quoted(String text) {
    var json = new String(JsonWriter.write(new Json.Text(text)), StandardCharsets.UTF_8);
    return json.replace("\\/", "/");
  }
}
