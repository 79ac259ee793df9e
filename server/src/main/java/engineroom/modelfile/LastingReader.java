package engineroom.modelfile;

import engineroom.expression.Expression;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Reference;
import engineroom.model.Life.Freeze;
import engineroom.model.Past;
import engineroom.modelfile.EntityReader.EntityDraft;
import engineroom.modelfile.FieldReader.Draft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what stays: rows that are added only, rows that are frozen, and what rows were.
final class LastingReader {
  private static final String KEEP = "keep";
  private static final String DELETED = "deleted";
  private static final String APPEND_ONLY = "appendOnly";
  private static final String FREEZE = "freeze";
  private static final String HISTORY = "history";
  private static final Duration PAST_MIN = Duration.ofDays(1);

  private final Mistakes mistakes;

  LastingReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  static boolean appendOnly(EntityDraft entity) {
    return entity.section().yes(APPEND_ONLY);
  }

  /// Whether versions are kept.
  static boolean history(EntityDraft entity) {
    return entity.section().find(HISTORY).orElse(null) instanceof Part.Mapping
        || entity.section().yes(HISTORY);
  }

  /// How long versions that are over are kept.
  Past past(EntityDraft entity) {
    if (!(entity.section().find(HISTORY).orElse(null) instanceof Part.Mapping part)) {
      return Past.EVER;
    }
    var name = entity.name() + ": " + HISTORY;
    var options = Section.of(name, part, Options.names(Options.HISTORY), mistakes);
    if (options.text(KEEP) == null && options.text(DELETED) == null) {
      mistakes.add(options.place(KEEP), name + " does not say how long.", way(KEEP));
      return Past.EVER;
    }
    var keep = length(name, options, KEEP);
    var deleted = length(name, options, DELETED);
    if (keep != null && deleted != null && deleted.compareTo(keep) > 0) {
      mistakes.add(
          options.place(DELETED),
          name + ": deleted rows can't be known of for longer than versions are kept.",
          "Write a shorter time, or leave out deleted.");
      return Past.EVER;
    }
    return new Past(keep, deleted);
  }

  private @Nullable Duration length(String name, Section options, String option) {
    var text = options.text(option);
    var length = text == null ? null : HeaderReader.length(text);
    if (text != null && (length == null || length.compareTo(PAST_MIN) < 0)) {
      mistakes.add(
          options.place(option), name + ": " + option + " can't be " + text + ".", way(option));
      return null;
    }
    return length;
  }

  private static String way(String option) {
    return "Write " + option + ": and a day or more, as 730d; or history: true for ever.";
  }

  /// From when on a row stays as it is, or null.
  @Nullable Freeze freeze(EntityDraft entity, RuleReader rules) {
    var part = entity.section().find(FREEZE).orElse(null);
    if (part == null) {
      return null;
    }
    if (appendOnly(entity)) {
      mistakes.add(
          entity.section().keyPlace(FREEZE),
          entity.name() + ": appendOnly rows never change, so freeze says nothing new.",
          "Leave out freeze.");
    }
    var name = entity.name() + ": " + FREEZE;
    if (!(part instanceof Part.Mapping)) {
      return new Freeze(rules.ownCondition(name, part, entity.name()), List.of());
    }
    var options = Section.of(name, part, Options.names(Options.FREEZE), mistakes);
    return new Freeze(when(name, entity, options, rules), except(entity, options));
  }

  private Expression when(String name, EntityDraft entity, Section options, RuleReader rules) {
    var when = options.find("when");
    if (when.isEmpty()) {
      mistakes.add(
          options.place(),
          name + " does not say when.",
          "Write when: and a condition in quotes, as \"status == 'paid'\".");
    }
    return when.map(part -> rules.ownCondition(name + ": when", part, entity.name()))
        .orElse(Expression.FALSE);
  }

  private List<String> except(EntityDraft entity, Section options) {
    var except = new ArrayList<String>();
    for (var scalar : options.texts("except")) {
      var name = scalar.text();
      if (name.equals("id") || !entity.fields().containsKey(name)) {
        mistakes.unknown(
            scalar.place(),
            entity.name() + ": except names " + name + ", which is no field that can change.",
            name,
            entity.fields().keySet());
      } else if (except.contains(name)) {
        mistakes.add(
            scalar.place(), entity.name() + ": except has " + name + " twice.", "Leave one out.");
      } else {
        except.add(name);
      }
    }
    return except;
  }

  /// Tells references by which a row that is added only would go or change all the same.
  void references(Map<String, EntityDraft> entities) {
    for (var entity : entities.values()) {
      for (var field : entity.fields().values()) {
        if (field.type() instanceof Reference reference) {
          reference(entity, field, reference, entities.get(reference.entity()));
        }
      }
    }
  }

  private void reference(
      EntityDraft entity, Draft field, Reference reference, @Nullable EntityDraft target) {
    if (target == null) {
      return;
    }
    var full = entity.name() + "." + field.name();
    if (appendOnly(target)) {
      if (reference.owned() && !appendOnly(entity)) {
        mistakes.add(
            field.place(),
            full + ": " + target.name() + " is appendOnly, and what is part of it must be too.",
            "Write appendOnly: true in " + entity.name() + ", or leave out owned.");
      }
      return; // its rows never go
    }
    if (appendOnly(entity) && (reference.owned() || reference.onDelete() != OnDelete.RESTRICT)) {
      mistakes.add(
          field.place(),
          full
              + ": "
              + entity.name()
              + " is appendOnly, and its rows would "
              + (reference.owned() || reference.onDelete() == OnDelete.CASCADE ? "go" : "change")
              + " with the "
              + target.name()
              + ".",
          reference.owned()
              ? "Leave out owned, or write appendOnly: true in " + target.name() + "."
              : "Leave out onDelete.");
    }
  }
}
