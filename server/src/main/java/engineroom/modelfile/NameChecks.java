package engineroom.modelfile;

import engineroom.model.FieldType.Reference;
import engineroom.modelfile.EntityReader.EntityDraft;
import engineroom.modelfile.FieldReader.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Tells what is right in each entity and wrong between them: names that a store can't tell apart,
/// former names, plurals, and references in a circle.
final class NameChecks {
  private final Map<String, EntityDraft> entities;
  private final Mistakes mistakes;

  NameChecks(Map<String, EntityDraft> entities, Mistakes mistakes) {
    this.entities = entities;
    this.mistakes = mistakes;
  }

  void check() {
    plurals();
    entities();
    entities.values().forEach(this::fields);
    circles();
  }

  private void plurals() {
    var seen = new HashMap<String, EntityDraft>();
    for (var draft : entities.values()) {
      var before = seen.putIfAbsent(draft.plural(), draft);
      if (before != null) {
        mistakes.add(
            draft.place(),
            draft.name()
                + " and "
                + before.name()
                + " have the same plural "
                + draft.plural()
                + ".",
            "Give one of them another with plural.");
      }
    }
  }

  private void entities() {
    var seen = new HashMap<String, EntityDraft>();
    var former = new HashMap<String, String>();
    for (var draft : entities.values()) {
      var before = seen.putIfAbsent(draft.name().toLowerCase(Locale.ROOT), draft);
      if (before != null) {
        mistakes.add(
            draft.place(),
            "The entities " + before.name() + " and " + draft.name() + " differ in case only.",
            "Databases can't tell them apart: rename one.");
      }
      var was = draft.section().text("was");
      if (was != null) {
        was(draft.section(), draft.name(), was, entities.keySet());
        once(draft.section(), draft.name(), was, former);
      }
    }
  }

  private void fields(EntityDraft draft) {
    var seen = new HashMap<String, Draft>();
    var former = new HashMap<String, String>();
    for (var field : draft.fields().values()) {
      var before = seen.putIfAbsent(field.name().toLowerCase(Locale.ROOT), field);
      if (before != null) {
        mistakes.add(
            field.place(),
            draft.name() + ": " + before.name() + " and " + field.name() + " differ in case only.",
            "Databases can't tell them apart: rename one.");
      }
      var was = field.options().text("was");
      if (was != null) {
        var full = draft.name() + "." + field.name();
        was(field.options(), full, was, draft.fields().keySet());
        once(field.options(), full, was, former);
      }
    }
  }

  private void was(Section section, String full, String was, Set<String> there) {
    if (there.contains(was)) {
      mistakes.add(
          section.place("was"),
          full + ": " + was + " is still there, so it was not renamed.",
          "Leave out was, or " + was + ".");
    } else if (!Words.NAME.matcher(was).matches()) {
      mistakes.add(
          section.place("was"), full + ": " + was + " was never a name.", "Write the former name.");
    }
  }

  private void once(Section section, String full, String was, Map<String, String> former) {
    var before = former.putIfAbsent(was, full);
    if (before != null) {
      mistakes.add(
          section.place("was"),
          full + " and " + before + " can't both have been " + was + ".",
          "Leave out was in one of them.");
    }
  }

  /// Required references in a circle over several entities: no row could be the first.
  private void circles() {
    var told = new HashSet<String>();
    for (var entity : entities.values()) {
      if (!told.contains(entity.name())) {
        var circle = circle(entity, entity.name(), new ArrayList<>(), new HashSet<>());
        if (circle.size() > 1) {
          told.addAll(circle.stream().map(step -> step.entity().name()).toList());
          tell(circle);
        }
      }
    }
  }

  private record Step(EntityDraft entity, Draft field) {}

  private List<Step> circle(EntityDraft from, String goal, List<Step> path, Set<String> seen) {
    for (var field : from.fields().values()) {
      if (!field.required()
          || AdoptedReader.adopted(from)
          || !(field.type() instanceof Reference reference)
          || reference.entity().equals(from.name())) {
        continue;
      }
      var target = entities.get(reference.entity());
      var longer = new ArrayList<>(path);
      longer.add(new Step(from, field));
      if (reference.entity().equals(goal)) {
        return longer;
      }
      if (target != null && seen.add(reference.entity())) {
        var found = circle(target, goal, longer, seen);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    return List.of();
  }

  private void tell(List<Step> circle) {
    var names = circle.stream().map(step -> step.entity().name() + "." + step.field().name());
    mistakes.add(
        circle.getFirst().field().place(),
        "No row could be the first, for each needs another: "
            + String.join(", ", names.toList())
            + ".",
        "Make one of these references optional with ?.");
  }
}
