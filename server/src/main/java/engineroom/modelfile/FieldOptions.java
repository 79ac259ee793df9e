package engineroom.modelfile;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.modelfile.EntityReader.EntityDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the options of an entity's fields that go with any type, and the entity's own texts.
final class FieldOptions {
  private final EntityDraft entity;
  private final RuleReader rules;
  private final Mistakes mistakes;

  FieldOptions(EntityDraft entity, RuleReader rules, Mistakes mistakes) {
    this.entity = entity;
    this.rules = rules;
    this.mistakes = mistakes;
  }

  /// @param narrowed the field's own rules, or null
  Field field(String name, @Nullable Part narrowed) {
    var draft = entity.fields().get(name);
    if (draft == null) {
      throw new IllegalArgumentException(entity.name() + "." + name + " is not declared");
    }
    var full = entity.name() + "." + name;
    var options = draft.options();
    var traits =
        new Field.Traits(
            unique(full, draft),
            options.yes("search") && searchable(draft.type()),
            options.yes("readOnly"),
            options.yes("writeOnce"),
            options.yes("hidden"),
            options.yes("personal"));
    slugSource(full, draft);
    if (options.has("set") && draft.type() == FieldType.Plain.SECRET) {
      mistakes.add(options.place("set"), full + ": a secret can't be decided by a rule.", null);
    }
    return new Field(
        name,
        draft.type(),
        draft.required(),
        traits,
        rules.filling(full, draft),
        rules.fieldAccess(entity.name(), narrowed, name),
        new Field.Notes(
            options.text("description"), options.text("label"), was(full, options)));
  }

  private boolean unique(String full, FieldReader.Draft draft) {
    if (!draft.options().yes("unique")) {
      return false;
    }
    if (EntityReader.indexable(draft.type())) {
      return true;
    }
    mistakes.add(
        draft.options().place("unique"),
        full + ": values of this type can't be unique.",
        "Lists, json, bytes, points and secrets can't.");
    return false;
  }

  private static boolean searchable(FieldType type) {
    return type instanceof FieldType.Text;
  }

  private void slugSource(String full, FieldReader.Draft draft) {
    if (!(draft.type() instanceof FieldType.Text text) || text.slugFrom() == null) {
      return;
    }
    var source = entity.fields().get(text.slugFrom());
    if (source == null) {
      mistakes.unknown(
          draft.options().place("from"),
          entity.name() + "." + text.slugFrom() + " does not exist.",
          text.slugFrom(),
          entity.fields().keySet());
    } else if (!(source.type() instanceof FieldType.Text)) {
      mistakes.add(
          draft.options().place("from"), full + ": a slug is made from a text.", null);
    }
  }

  private @Nullable String was(String full, Section options) {
    var was = options.text("was");
    if (was != null && entity.fields().containsKey(was)) {
      mistakes.add(
          options.place("was"),
          full + ": " + was + " is still there, so it was not renamed.",
          "Leave out was, or the field " + was + ".");
    }
    return was;
  }

  Entity.Notes notes() {
    var section = entity.section();
    var label = section.text("label");
    if (label != null && !entity.fields().containsKey(label)) {
      mistakes.unknown(
          section.place("label"),
          entity.name() + "." + label + " does not exist.",
          label,
          entity.fields().keySet());
    }
    return new Entity.Notes(
        section.text("description"), label, section.text("was"), changes(section));
  }

  private boolean changes(Section section) {
    var word = section.text("changes");
    if (word == null || word.equals("on") || word.equals("true")) {
      return true;
    }
    if (word.equals("off") || word.equals("false")) {
      return false;
    }
    mistakes.unknown(
        section.place("changes"),
        entity.name() + ": changes can't be " + word + ".",
        word,
        List.of("on", "off"));
    return true;
  }
}
