package engineroom.modelfile;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Get;
import engineroom.expression.ExpressionReader;
import engineroom.expression.Rewrite;
import engineroom.model.ComputedParts;
import engineroom.model.Dependencies;
import engineroom.model.Dependency;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.modelfile.EntityReader.EntityDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What can be said of computed fields once all of them are known: circles, cost, what stored ones
/// can't follow, and what open ones tell of closed ones.
final class ComputedChecks {
  /// Parts of a computed value, those of the virtual fields that it names included.
  static final int PARTS_MAX = 500;

  /// Parts of all the values that the virtual fields of an entity compute: whoever asks for its
  /// rows and names no fields gets all of them.
  static final int ENTITY_MAX = 2_000;

  private final Map<String, EntityDraft> drafts;
  private final Model model;
  private final Mistakes mistakes;
  private final Set<Key> inCircles = new HashSet<>();

  ComputedChecks(Map<String, EntityDraft> drafts, Map<String, Entity> entities, Mistakes mistakes) {
    this.drafts = drafts;
    this.model = new Model("", "", Map.of(), entities);
    this.mistakes = mistakes;
  }

  /// A field.
  private record Key(String entity, String field) {
    @Override
    public String toString() {
      return entity + "." + field;
    }
  }

  void check() {
    each(key -> circle(key, List.of(key), new HashSet<>(Set.of(key))));
    each(
        key -> {
          if (inCircles.isEmpty()) {
            cost(key);
            followed(key);
          }
        });
    if (inCircles.isEmpty()) {
      model.entities().values().forEach(this::cost);
    }
  }

  /// A note for each computed field that everybody may read and that is made of fields that not
  /// everybody may read.
  List<String> notes() {
    var notes = new ArrayList<String>();
    each(
        key -> {
          var field = field(key);
          var closed = closed(key);
          if (SecretChecks.open(field) && !closed.isEmpty()) {
            notes.add(
                key
                    + " is computed from "
                    + String.join(", ", closed)
                    + ", which not everybody may read. Who reads the one learns something of the"
                    + " other; narrow it under access.fields, or leave it so if that is meant.");
          }
        });
    return notes;
  }

  private Set<String> closed(Key key) {
    var closed = new TreeSet<String>();
    for (var dependency : dependencies(key)) {
      if (!SecretChecks.open(model.entity(dependency.entity()).field(dependency.field()))) {
        closed.add(dependency.entity() + "." + dependency.field());
      }
    }
    return closed;
  }

  private void each(Consumer<Key> work) {
    for (var entity : model.entities().values()) {
      for (var field : entity.fields().values()) {
        if (field.computed()) {
          work.accept(new Key(entity.name(), field.name()));
        }
      }
    }
  }

  private Field field(Key key) {
    return model.entity(key.entity()).field(key.field());
  }

  private Expression value(Key key) {
    var computed = field(key).filling().computed();
    return computed == null ? Expression.FALSE : computed.value();
  }

  private List<Dependency> dependencies(Key key) {
    return Dependencies.of(model.entities(), key.entity(), value(key));
  }

  private void mistake(Key key, String message, String hint) {
    var draft = drafts.get(key.entity());
    var field = draft == null ? null : draft.fields().get(key.field());
    if (field != null) {
      mistakes.add(field.options().place("compute"), message, hint);
    }
  }

  /// Goes along the fields that a field names, each once, and tells where it comes back to the
  /// first.
  private void circle(Key start, List<Key> way, Set<Key> seen) {
    for (var next : named(value(way.getLast()))) {
      if (next.equals(start) && !inCircles.contains(start)) {
        inCircles.addAll(way);
        var round = new ArrayList<>(way.stream().map(Key::toString).toList());
        round.add(start.toString());
        mistake(
            start,
            start + " depends on itself: " + String.join(" → ", round) + ".",
            "Compute one of them from something else.");
      } else if (seen.add(next)) {
        var further = new ArrayList<>(way);
        further.add(next);
        circle(start, further, seen);
      }
    }
  }

  /// The computed fields that an expression names.
  private Set<Key> named(Expression expression) {
    var named = new LinkedHashSet<Key>();
    if (expression instanceof Get(var row, var field, _)
        && row.type() instanceof Type.RowOf(var entity)
        && model.entity(entity).findField(field).map(Field::computed).orElse(false)) {
      named.add(new Key(entity, field));
    }
    Rewrite.children(expression).forEach(part -> named.addAll(named(part)));
    return named;
  }

  private void cost(Key key) {
    if (!new ComputedParts(model, PARTS_MAX).add(value(key))) {
      mistake(
          key,
          key + " has more than " + PARTS_MAX + " parts with those of the fields that it names.",
          "Store one of them: stored: true.");
    } else if (depth(value(key)) > ExpressionReader.MACROS_MAX) {
      mistake(
          key,
          key
              + " nests lists more than "
              + ExpressionReader.MACROS_MAX
              + " deep with those of the fields that it names.",
          "Store one of them: stored: true.");
    }
  }

  /// Tells of the first field that is too much; one that is too much by itself is told of already.
  private void cost(Entity entity) {
    var shown = new ComputedParts(model, ENTITY_MAX);
    for (var field : entity.fields().values()) {
      var virtual = entity.virtual(field.name());
      if (virtual == null || !new ComputedParts(model, PARTS_MAX).add(virtual)) {
        continue;
      }
      if (!shown.add(virtual)) {
        mistake(
            new Key(entity.name(), field.name()),
            "With "
                + field.name()
                + " the computed fields of "
                + entity.name()
                + " have more than "
                + ENTITY_MAX
                + " parts altogether.",
            "Store some of them: stored: true.");
        return;
      }
    }
  }

  private int depth(Expression expression) {
    var virtual = ComputedParts.virtual(model, expression);
    var deepest = virtual == null ? 0 : depth(virtual);
    for (var part : Rewrite.children(expression)) {
      deepest = Math.max(deepest, depth(part));
    }
    return switch (expression) {
      case Expression.Quantified _, Expression.Count _, Expression.Rollup _ -> deepest + 1;
      case Expression _ -> deepest;
    };
  }

  /// A stored value that is made anew counts up the version of its row, so it can't depend on that.
  private void followed(Key key) {
    if (field(key).virtual()) {
      return;
    }
    for (var dependency : dependencies(key)) {
      if (Set.of("version", "updatedAt").contains(dependency.field())) {
        mistake(
            key,
            key + " can't be stored: it would change " + dependency.field() + ", and that it.",
            "Leave out stored, or follow createdAt or a timestamp of your own.");
        return;
      }
    }
  }
}
