package engineroom.generate.javaclient;

import engineroom.generate.Surface;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;

/// What fields hold, as Java: their types, and how those are read and written.
record JavaTypes(Surface surface, JavaNames names) {

  /// A type, and the constant that reads and writes it.
  record Kind(String type, String values) {
    Kind listed() {
      return new Kind("List<" + type + ">", values + ".listed()");
    }
  }

  /// What a field holds. References are their ids.
  Kind of(Entity entity, Field field) {
    return field.name().equals("id") ? id(entity) : of(field.type(), names.choices(entity, field));
  }

  private Kind of(FieldType type, String choices) {
    return switch (type) {
      case FieldType.Text _, FieldType.Bytes _ -> new Kind("String", "Values.TEXT");
      case FieldType.Whole _ -> new Kind("Long", "Values.WHOLE");
      case FieldType.Number _ -> new Kind("Double", "Values.NUMBER");
      case FieldType.Decimal _ -> new Kind("BigDecimal", "Values.DECIMAL");
      case FieldType.Money _ -> new Kind("Money", "Values.MONEY");
      case FieldType.Plain plain -> plain(plain);
      case FieldType.Choice _ -> new Kind(choices, choices + ".VALUES");
      case FieldType.Json _ -> new Kind("Json", "Values.JSON");
      case FieldType.Reference(var to, _, _, _) -> id(surface.model().entity(to));
      case FieldType.ListOf(var element) -> of(element, choices).listed();
    };
  }

  private static Kind plain(FieldType.Plain plain) {
    return switch (plain) {
      case BOOLEAN -> new Kind("Boolean", "Values.TRUTH");
      case TIMESTAMP -> new Kind("Instant", "Values.MOMENT");
      case DATE -> new Kind("LocalDate", "Values.DAY");
      case TIME -> new Kind("LocalTime", "Values.TIME");
      case DURATION -> new Kind("Duration", "Values.SPAN");
      case UUID -> new Kind("UUID", "Values.UUIDS");
      case POINT -> new Kind("Point", "Values.POINT");
      case SECRET -> new Kind("String", "Values.TEXT");
    };
  }

  /// The ids of an entity. UUIDs are texts, so that references of a batch can stand for them.
  Kind id(Entity entity) {
    var kind = of(entity.field("id").type(), "String");
    return kind.type().equals("UUID") ? new Kind("String", "Values.TEXT") : kind;
  }

  /// Whether a field refers to a row of the app.
  boolean refers(Field field) {
    return field.type() instanceof FieldType.Reference(var to, _, _, _) && surface.has(to);
  }

  /// The type of what a field refers to: `Customer`.
  String referred(Field field) {
    return field.type() instanceof FieldType.Reference(var to, _, _, _) ? names.type(to) : "";
  }
}
