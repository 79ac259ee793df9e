package engineroom.migrate;

import engineroom.model.FieldType;
import java.util.Locale;

/// What types are called in the owner's files.
final class TypeWords {
  private TypeWords() {}

  static String of(FieldType type) {
    return switch (type) {
      case FieldType.Text text ->
          text.format() == FieldType.Format.PLAIN
              ? "text"
              : text.format().name().toLowerCase(Locale.ROOT);
      case FieldType.Whole _ -> "integer";
      case FieldType.Decimal _ -> "decimal";
      case FieldType.Number _ -> "number";
      case FieldType.Money _ -> "money";
      case FieldType.Plain plain -> plain.name().toLowerCase(Locale.ROOT);
      case FieldType.Choice _ -> "enum";
      case FieldType.Json _ -> "json";
      case FieldType.Bytes _ -> "bytes";
      case FieldType.Reference reference -> "reference to " + reference.entity();
      case FieldType.ListOf(var element) -> of(element) + "[]";
    };
  }
}
