package engineroom.generate.javaclient;

import static java.util.stream.Collectors.joining;

import engineroom.generate.Surface;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The record of an entity's rows, that of references to them, and the choices of their fields.
record RowSource(Surface surface, JavaNames names, JavaTypes types, Entity entity) {

  /// A component of the record.
  private record Component(String name, String type, String read, @Nullable String comment) {}

  private String type() {
    return names.type(entity.name());
  }

  /// The record of rows.
  JavaText row() {
    var components = components();
    var text = new JavaText();
    var about = entity.notes().description();
    text.line("/**");
    text.line(" * " + JavaText.told(about == null ? "A row of " + entity.plural() + "." : about));
    text.line(" * What answers do not show is null: no value, or none for this caller.");
    text.line(" *");
    components.stream()
        .filter(component -> component.comment() != null)
        .forEach(c -> text.line(" * @param " + c.name() + " " + told(c.comment())));
    text.line(" */");
    var list = components.stream().map(c -> "    " + c.type() + " " + c.name());
    text.line("public record " + type() + "(").line(list.collect(joining(",\n")) + ") {");
    text.comment("  ", "Reads a row as answers have it.");
    text.line("  public static " + type() + " read(Json json) {");
    text.line("    var row = json.object();");
    text.line("    return new " + type() + "(");
    var reads = components.stream().map(component -> "        " + component.read());
    return text.line(reads.collect(joining(",\n")) + ");").line("  }").line("}");
  }

  private static String told(@Nullable String comment) {
    return comment == null ? "" : JavaText.told(comment);
  }

  private List<Component> components() {
    var all = new ArrayList<Component>();
    for (var field : surface.shown(entity)) {
      all.add(component(field));
    }
    for (var list : surface.lists(entity)) {
      var of = names.type(list.entity());
      var read = "Listed.read(row, " + JavaText.quoted(list.name()) + ", " + of + "::read)";
      all.add(new Component(JavaNames.member(list.name()), "Listed<" + of + ">", read, null));
    }
    return all;
  }

  private Component component(Field field) {
    var at = "row.at(" + JavaText.quoted(field.name()) + ")";
    var name = JavaNames.member(field.name());
    var comment = field.notes().description();
    if (types.refers(field)) {
      var of = types.referred(field) + "Ref";
      return new Component(name, of, of + ".read(" + at + ")", comment);
    }
    var kind = types.of(entity, field);
    var value = field.type() instanceof FieldType.Reference ? at + ".object().at(\"id\")" : at;
    return new Component(name, kind.type(), kind.values() + ".read(" + value + ")", comment);
  }

  /// The record of references.
  JavaText reference() {
    var id = types.id(entity);
    var source =
        """
        /** A row of {{plural}} that another one refers to. */
        public record {{type}}Ref({{id}} id, Optional<{{type}}> row)
            implements Reference<{{id}}, {{type}}> {
          /** The row of an id. */
          public static {{type}}Ref of({{id}} id) {
            return new {{type}}Ref(id, Optional.empty());
          }

          /** A row that is there. */
          public static {{type}}Ref of({{type}} row) {
            return new {{type}}Ref(row.id(), Optional.of(row));
          }

          static {{type}}Ref read(Json json) {
            if (json == Json.Null.NULL) {
              return null;
            }
            var members = json.object();
            boolean whole = members.members().size() > 1;
            var row = whole ? Optional.of({{type}}.read(json)) : Optional.<{{type}}>empty();
            return new {{type}}Ref({{values}}.read(members.at("id")), row);
          }

          static Json json({{type}}Ref reference) {
            return reference == null ? Json.Null.NULL : {{values}}.json(reference.id());
          }
        }
        """;
    return new JavaText()
        .line(
            source
                .replace("{{plural}}", entity.plural())
                .replace("{{type}}", type())
                .replace("{{id}}", id.type())
                .replace("{{values}}", id.values())
                .stripTrailing());
  }

  /// The choices of a field.
  JavaText choices(Field field) {
    var name = names.choices(entity, field);
    var values =
        field.type() instanceof FieldType.Choice(var all)
            ? all
            : field.type() instanceof FieldType.ListOf(FieldType.Choice(var several))
                ? several
                : List.<String>of();
    var taken = new ArrayList<String>();
    var constants = new ArrayList<String>();
    for (var value : values) {
      var constant = JavaNames.constant(value);
      while (taken.contains(constant)) {
        constant += "_";
      }
      taken.add(constant);
      constants.add("  " + constant + "(" + JavaText.quoted(value) + ")");
    }
    var source =
        """
        /** What {{field}} of {{plural}} can be. */
        public enum {{name}} implements Values.Choice {
        {{constants}};

          /** How they are read and written. */
          public static final Values<{{name}}> VALUES = Values.choices(values());

          private final String value;

          {{name}}(String value) {
            this.value = value;
          }

          @Override
          public String value() {
            return value;
          }
        }
        """;
    return new JavaText()
        .line(
            source
                .replace("{{field}}", field.name())
                .replace("{{plural}}", entity.plural())
                .replace("{{name}}", name)
                .replace("{{constants}}", String.join(",\n", constants))
                .stripTrailing());
  }
}
