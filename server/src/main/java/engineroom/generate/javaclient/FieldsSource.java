package engineroom.generate.javaclient;

import engineroom.generate.Surface;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The class of an entity's fields, as constants that conditions, orders and totals are made of.
final class FieldsSource {
  private final Surface surface;
  private final JavaNames names;
  private final JavaTypes types;
  private final Entity entity;
  private final Set<String> taken = new HashSet<>();
  private final JavaText text = new JavaText();

  FieldsSource(Surface surface, JavaNames names, JavaTypes types, Entity entity) {
    this.surface = surface;
    this.names = names;
    this.types = types;
    this.entity = entity;
  }

  private String row() {
    return names.type(entity.name());
  }

  /// The class.
  JavaText source() {
    var name = row() + "Fields";
    text.comment("", "The fields of " + entity.plural() + ", to ask for their rows by.");
    text.line("public final class " + name + " {");
    surface.shown(entity).forEach(this::field);
    for (var list : surface.lists(entity)) {
      var of = names.type(list.entity());
      var made = "new ListField<>(" + JavaText.quoted(list.name()) + ")";
      constant(list.name(), "ListField<" + row() + ", " + of + ">", made);
    }
    Stream.concat(Stream.of(List.of("id")), entity.keys().uniques().stream()).forEach(this::key);
    text.line("  private " + name + "() {}");
    return text.line("}");
  }

  private void key(List<String> fields) {
    var type = "UniqueKey<" + row() + ">";
    var made = "new UniqueKey<>(" + JavaText.quoted(String.join(",", fields)) + ")";
    constant("by_" + String.join("_and_", fields), type, made);
  }

  private void field(Field field) {
    switch (field.type()) {
      case FieldType.Text _ -> text(field.name(), List.of(field.name()));
      case FieldType.Whole _, FieldType.Number _, FieldType.Decimal _ ->
          typed("NumberField", field);
      case FieldType.Money(var currency, _, _) -> money(field, currency != null);
      case FieldType.Plain plain -> plain(plain, field);
      case FieldType.Choice _ -> typed("OrderedField", field);
      case FieldType.Reference _ -> reference(field);
      case FieldType.ListOf(var element) -> list(field, element);
      case FieldType.Json _, FieldType.Bytes _ -> untyped(field);
    }
  }

  private void plain(FieldType.Plain plain, Field field) {
    switch (plain) {
      case BOOLEAN, UUID -> typed("ValueField", field);
      case TIMESTAMP, DATE -> typed("TimeField", field);
      case TIME, DURATION -> typed("OrderedField", field);
      case SECRET -> untyped(field);
      case POINT -> {
        untyped(field);
        part(field, "latitude", "NumberField", "Double", "Values.NUMBER");
        part(field, "longitude", "NumberField", "Double", "Values.NUMBER");
      }
    }
  }

  /// Money of one currency is asked for in minor units.
  private void money(Field field, boolean single) {
    if (single) {
      var made = "new NumberField<>(Values.WHOLE, " + JavaText.quoted(field.name()) + ")";
      constant(field.name(), "NumberField<" + row() + ", Long>", made);
    } else {
      untyped(field);
    }
    part(field, "amount", "NumberField", "Long", "Values.WHOLE");
    text(field.name() + "_currency", List.of(field.name(), "currency"));
  }

  private void reference(Field field) {
    if (!types.refers(field)) {
      typed("ValueField", field);
      return;
    }
    var id = types.of(entity, field);
    var type = "ReferenceField<%s, %s, %s>".formatted(row(), types.referred(field), id.type());
    var made = "new ReferenceField<>(%s, %s)".formatted(id.values(), JavaText.quoted(field.name()));
    constant(field.name(), type, made);
  }

  private void list(Field field, FieldType element) {
    var kind = types.of(entity, field);
    var one = kind.type().substring("List<".length(), kind.type().length() - 1);
    var values = kind.values().substring(0, kind.values().length() - ".listed()".length());
    var made = "new ValuesField<>(" + values + ", " + JavaText.quoted(field.name()) + ")";
    boolean nested = element instanceof FieldType.ListOf;
    if (nested) {
      untyped(field);
    } else {
      constant(field.name(), "ValuesField<" + row() + ", " + one + ">", made);
    }
  }

  private void typed(String of, Field field) {
    var kind = types.of(entity, field);
    var made = "new " + of + "<>(" + kind.values() + ", " + JavaText.quoted(field.name()) + ")";
    constant(field.name(), of + "<" + row() + ", " + kind.type() + ">", made);
  }

  private void untyped(Field field) {
    var made = "new PlainField<>(" + JavaText.quoted(field.name()) + ")";
    constant(field.name(), "PlainField<" + row() + ">", made);
  }

  private void text(String name, List<String> path) {
    var quoted = path.stream().map(JavaText::quoted).toList();
    var made = "new TextField<>(" + String.join(", ", quoted) + ")";
    constant(name, "TextField<" + row() + ">", made);
  }

  private void part(Field field, String part, String of, String type, String values) {
    var path = JavaText.quoted(field.name()) + ", " + JavaText.quoted(part);
    var made = "new " + of + "<>(" + values + ", " + path + ")";
    constant(field.name() + "_" + part, of + "<" + row() + ", " + type + ">", made);
  }

  private void constant(String name, String type, String made) {
    var constant = JavaNames.constant(name);
    while (!taken.add(constant)) {
      constant += "_";
    }
    text.line("  public static final " + type + " " + constant + " = " + made + ";").line("");
  }
}
