package engineroom.modelfile;

import engineroom.data.JsonText;
import java.util.Locale;

/// Writes a part of a YAML file as JSON.
final class PartJson {
  private PartJson() {}

  static String text(Part part) {
    var out = new StringBuilder();
    write(out, part);
    return out.toString();
  }

  private static void write(StringBuilder out, Part part) {
    switch (part) {
      case Part.Empty _ -> out.append("null");
      case Part.Scalar scalar -> scalar(out, scalar);
      case Part.Items(var parts, _) -> {
        out.append('[');
        for (int i = 0; i < parts.size(); i++) {
          out.append(i == 0 ? "" : ",");
          write(out, parts.get(i));
        }
        out.append(']');
      }
      case Part.Mapping(var entries, _) -> {
        var comma = "";
        out.append('{');
        for (var entry : entries.values()) {
          out.append(comma);
          JsonText.quote(out, entry.key());
          out.append(':');
          write(out, entry.value());
          comma = ",";
        }
        out.append('}');
      }
    }
  }

  private static void scalar(StringBuilder out, Part.Scalar scalar) {
    var number = scalar.tag().equals("int") || scalar.tag().equals("float");
    if (number && FieldReader.decimal(scalar.text()) != null) {
      out.append(FieldReader.decimal(scalar.text()));
    } else if (scalar.tag().equals("bool")) {
      out.append(scalar.text().toLowerCase(Locale.ROOT));
    } else {
      JsonText.quote(out, scalar.text());
    }
  }
}
