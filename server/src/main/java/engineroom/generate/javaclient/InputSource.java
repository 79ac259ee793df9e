package engineroom.generate.javaclient;

import engineroom.generate.Surface;
import engineroom.model.Entity;
import engineroom.model.Entity.InverseList;
import engineroom.model.Field;
import engineroom.model.FieldType;
import java.util.ArrayList;
import java.util.List;

/// The classes of what new rows and changes of an entity take. What a new row must have is asked
/// for step by step, so that a program which leaves one out does not compile.
record InputSource(Surface surface, JavaNames names, JavaTypes types, Entity entity) {

  private String type() {
    return names.type(entity.name());
  }

  /// What a new row takes.
  JavaText create() {
    var name = type() + "Create";
    var needed = needed();
    long outer = needed.stream().filter(this::nestable).count();
    var text = new JavaText();
    opened(text, name, "What a new row of " + entity.plural() + " takes.");
    text.comment("  ", "Begins with what a new row must have.");
    begun(text, name, "with", needed);
    if (outer > 0) {
      text.comment("  ", "Begins a row in the list of another, which it refers to.");
      begun(text, name, "nested", needed.subList((int) outer, needed.size()));
    }
    var id = types.id(entity);
    if (surface.given(entity).stream().noneMatch(field -> field.name().equals("id"))) {
      text.comment("  ", "An id of one's own.");
      setter(text, name, "id", id.type(), id.values() + ".json(value)");
    }
    surface.given(entity).forEach(field -> field(text, name, field));
    surface.written(entity).forEach(list -> list(text, name, list));
    for (int i = 0; i < needed.size(); i++) {
      stage(text, needed.get(i), i + 1 < needed.size() ? stageOf(needed.get(i + 1)) : name);
    }
    return text.line("}");
  }

  /// The fields that a new row must have. References that nesting gives come first.
  private List<Field> needed() {
    var all = new ArrayList<Field>();
    var rest = new ArrayList<Field>();
    for (var field : surface.given(entity)) {
      if (Surface.needed(field)) {
        (nestable(field) ? all : rest).add(field);
      }
    }
    all.addAll(rest);
    return all;
  }

  private boolean nestable(Field field) {
    return field.type() instanceof FieldType.Reference(var to, _, _, _)
        && surface.has(to)
        && surface.written(surface.model().entity(to)).stream()
            .anyMatch(l -> l.entity().equals(entity.name()) && l.field().equals(field.name()));
  }

  private static void opened(JavaText text, String name, String about) {
    text.comment("", about).line("public final class " + name + " extends Input {");
    text.line("  private " + name + "(Json.Object json) {").line("    super(json);").line("  }");
    text.line("");
  }

  private static String stageOf(Field field) {
    return "Needs" + JavaNames.title(field.name());
  }

  private static void begun(JavaText text, String name, String how, List<Field> needed) {
    var first = needed.isEmpty() ? name : stageOf(needed.getFirst());
    text.line("  public static " + first + " " + how + "() {");
    text.line("    return new " + first + "(Json.EMPTY);").line("  }").line("");
  }

  private void stage(JavaText text, Field field, String next) {
    var name = stageOf(field);
    text.comment("  ", "A row that still needs its " + field.name() + ".");
    text.line("  public static final class " + name + " {");
    text.line("    private final Json.Object json;").line("");
    text.line("    private " + name + "(Json.Object json) {").line("      this.json = json;");
    text.line("    }").line("").comment("    ", field.notes().description());
    var member = JavaNames.member(field.name());
    text.line("    public " + next + " " + member + "(" + given(field) + " value) {");
    var quoted = JavaText.quoted(field.name());
    text.line("      return new " + next + "(json.with(" + quoted + ", " + json(field) + "));");
    text.line("    }").line("  }").line("");
  }

  /// What a change takes.
  JavaText change() {
    var name = type() + "Change";
    var text = new JavaText();
    var about = "What a change of " + entity.plural() + " takes: all that is not named stays.";
    opened(text, name, about);
    text.comment("  ", "A change of nothing yet.");
    text.line("  public static " + name + " with() {");
    text.line("    return new " + name + "(Json.EMPTY);").line("  }").line("");
    if (!entity.life().appendOnly()) {
      surface.changed(entity).forEach(field -> changed(text, name, field));
      surface.written(entity).forEach(list -> list(text, name, list));
    }
    return text.line("}");
  }

  private void changed(JavaText text, String name, Field field) {
    field(text, name, field);
    var title = JavaNames.title(field.name());
    var type = given(field);
    switch (field.type()) {
      case FieldType.Whole _, FieldType.Number _, FieldType.Decimal _, FieldType.Money _ -> {
        text.comment("  ", "Adds to what is there, whatever that is by then.");
        edit(text, name, "addTo" + title, new Edit(type, field, "$add"));
      }
      case FieldType.ListOf _ -> {
        text.comment("  ", "Adds elements to the list that is there.");
        edit(text, name, "appendTo" + title, new Edit(type, field, "$append"));
        text.comment("  ", "Takes elements out of the list that is there.");
        edit(text, name, "removeFrom" + title, new Edit(type, field, "$remove"));
      }
      case FieldType.Text _,
          FieldType.Plain _,
          FieldType.Choice _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.Reference _ -> {
        // nothing but a value
      }
    }
  }

  /// What is done to the value that is there: `$add`.
  private record Edit(String type, Field field, String how) {}

  private void edit(JavaText text, String name, String method, Edit edit) {
    var quoted = JavaText.quoted(edit.field().name());
    text.line("  public " + name + " " + method + "(" + edit.type() + " value) {");
    text.line("    var edit = json().at(" + quoted + ").object();");
    var with = "edit.with(" + JavaText.quoted(edit.how()) + ", " + json(edit.field()) + ")";
    text.line("    return new " + name + "(json().with(" + quoted + ", " + with + "));");
    text.line("  }").line("");
  }

  private void field(JavaText text, String name, Field field) {
    text.comment("  ", field.notes().description());
    setter(text, name, field.name(), given(field), json(field));
  }

  private static void setter(JavaText text, String name, String field, String type, String json) {
    var quoted = JavaText.quoted(field);
    text.line("  public " + name + " " + JavaNames.member(field) + "(" + type + " value) {");
    text.line("    return new " + name + "(json().with(" + quoted + ", " + json + "));");
    text.line("  }").line("");
  }

  private String given(Field field) {
    return types.refers(field) ? types.referred(field) + "Ref" : types.of(entity, field).type();
  }

  private String json(Field field) {
    return types.refers(field)
        ? types.referred(field) + "Ref.json(value)"
        : types.of(entity, field).values() + ".json(value)";
  }

  private void list(JavaText text, String name, InverseList list) {
    var of = names.type(list.entity());
    var id = types.id(surface.model().entity(list.entity()));
    var quoted = JavaText.quoted(list.name());
    var member = JavaNames.member(list.name());
    text.comment("  ", "New rows of the list: `" + of + "Create.nested()…`.");
    text.line("  public " + name + " " + member + "(List<" + of + "Create> rows) {");
    text.line("    var all = Json.of(rows.stream().map(Input::json).toList());");
    text.line("    return new " + name + "(json().with(" + quoted + ", all));");
    text.line("  }").line("");
    text.comment("  ", "What becomes of the rows of the list.");
    var change = "ListChange<" + id.type() + ", " + of + "Create, " + of + "Change>";
    text.line("  public " + name + " " + member + "(UnaryOperator<" + change + "> change) {");
    text.line("    var all = change.apply(new ListChange<>(" + id.values() + ")).json();");
    text.line("    return new " + name + "(json().with(" + quoted + ", all));");
    text.line("  }").line("");
  }
}
