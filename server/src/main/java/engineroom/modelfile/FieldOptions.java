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
            searched(full, draft),
            options.yes("readOnly"),
            options.yes("writeOnce"),
            options.yes("hidden"),
            options.yes("personal"),
            options.yes(BuiltIn.INTERNAL));
    slugSource(full, draft);
    if (options.has("set") && draft.type() == FieldType.Plain.SECRET) {
      mistakes.add(
          options.keyPlace("set"),
          full + ": a secret can't be decided by a rule.",
          "Leave out set.");
    }
    contradictions(full, draft);
    unwritten(full, draft, narrowed);
    return new Field(
        name,
        draft.type(),
        draft.required(),
        traits,
        filling(full, draft),
        rules.fieldAccess(entity.name(), narrowed, name),
        new Field.Notes(
            options.text("description"),
            options.text("label"),
            options.text("was"),
            new FormerValues(full, draft, mistakes).read(),
            rules.backfill(full, entity.name(), draft)));
  }

  private Field.Filling filling(String full, FieldReader.Draft draft) {
    var said = rules.filling(full, draft);
    var sequence = new SequenceReader(entity, rules, mistakes).read(full, draft);
    return new Field.Filling(said.initial(), said.preset(), said.computed(), sequence);
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

  private boolean searched(String full, FieldReader.Draft draft) {
    if (!draft.options().yes("search")) {
      return false;
    }
    if (draft.type() instanceof FieldType.ListOf) {
      mistakes.add(
          draft.options().place("search"),
          full + ": search does not look into lists.",
          "Leave out search.");
    }
    return draft.type() instanceof FieldType.Text;
  }

  /// Options that say what another says, or the opposite.
  private void contradictions(String full, FieldReader.Draft draft) {
    var options = draft.options();
    if (options.yes("readOnly") && options.yes("writeOnce")) {
      mistakes.add(
          options.keyPlace("writeOnce"),
          full + ": readOnly fields are not written once either.",
          "Leave out writeOnce.");
    }
    for (var option : List.of("readOnly", "writeOnce")) {
      if (options.has("set") && options.yes(option)) {
        mistakes.add(
            options.keyPlace(option),
            full + ": set decides, so " + option + " says nothing new.",
            "Leave out " + option + ".");
      }
    }
    if (options.has("default") && draft.type() == FieldType.Plain.SECRET) {
      mistakes.add(
          options.keyPlace("default"),
          full + ": a secret must not stand in a file.",
          "Leave out default.");
    }
  }

  /// A rule for writing what nobody writes.
  private void unwritten(String full, FieldReader.Draft draft, @Nullable Part narrowed) {
    if (ComputedReader.computed(draft)
        && narrowed instanceof Part.Mapping(var entries, _)
        && entries.containsKey("write")) {
      mistakes.add(
          narrowed.place(),
          full + ": nobody writes what is computed.",
          "Leave out write under access.fields.");
    }
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
    } else if (source == draft) {
      mistakes.add(
          draft.options().place("from"),
          full + ": a slug can't be made from itself.",
          "Name another field.");
    } else if (ComputedReader.computed(source)) {
      mistakes.add(
          draft.options().place("from"),
          full + ": a slug is made before " + source.name() + " is computed.",
          "Name a field that is given.");
    } else if (!(source.type() instanceof FieldType.Text)) {
      mistakes.add(
          draft.options().place("from"),
          full + ": a slug is made from a text, and " + source.name() + " is none.",
          "Name a field of type text.");
    }
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
    } else if (label != null && !showable(entity.fields().get(label))) {
      mistakes.add(
          section.place("label"),
          entity.name() + "." + label + " can't be the label: it shows nothing short.",
          "Secrets, hidden fields, lists, json, bytes and points can't.");
    }
    return new Entity.Notes(
        section.text("description"), label, section.text("was"), changes(section));
  }

  /// What becomes of the rows in the course of time.
  private static boolean showable(FieldReader.@Nullable Draft draft) {
    return draft != null && EntityReader.indexable(draft.type()) && !draft.options().yes("hidden");
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
