package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.problem.OperationProblem.UnknownField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The model as one caller may see it: a hidden name is not there. Serves one request.
final class Names {
  private final Model model;
  private final Visibility visibility;
  private final Call call;
  private final Map<String, Set<String>> seen = new HashMap<>();

  Names(Model model, Visibility visibility, Call call) {
    this.model = model;
    this.visibility = visibility;
    this.call = call;
  }

  Model model() {
    return model;
  }

  Call call() {
    return call;
  }

  /// The same names for the same caller, with nothing asked yet.
  Names fresh() {
    return new Names(model, visibility, call);
  }

  /// The names asked for so far, by entity: what a result made with them depends on.
  Map<String, Set<String>> seen() {
    return seen;
  }

  /// The fields and lists of an entity.
  Set<String> of(String entity) {
    return seen.computeIfAbsent(entity, e -> visibility.names(call, e));
  }

  /// The fields that may be given values.
  Set<String> writable(Entity entity) {
    return visibility.writable(call, entity.name());
  }

  Optional<Field> findField(Entity entity, String name) {
    return of(entity.name()).contains(name) ? entity.findField(name) : Optional.empty();
  }

  Optional<Entity.InverseList> findList(Entity entity, String name) {
    return of(entity.name()).contains(name) ? entity.findList(name) : Optional.empty();
  }

  /// The entity of a plural; a plural that is near is offered where its entity may be seen.
  @Nullable String nearestPlural(String plural) {
    List<String> plurals = new ArrayList<>();
    for (var entity : model.entities().values()) {
      if (!of(entity.name()).isEmpty()) {
        plurals.add(entity.plural());
      }
    }
    return nearest(plural, plurals);
  }

  /// The refusal of a name that does not exist, as far as the caller may know.
  RuntimeException unknown(Entity entity, String name) {
    return problem(new UnknownField(entity.name(), name, nearest(name, of(entity.name()))));
  }

  /// The candidate most like a name, or null where none is like it.
  static @Nullable String nearest(String name, Collection<String> candidates) {
    @Nullable String best = null;
    int least = Math.max(1, Math.min(name.length(), 64) / 3) + 1;
    if (name.length() > 64) {
      return null;
    }
    for (var candidate : new TreeSet<>(candidates)) {
      int distance = distance(name, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /// `Did you mean x?`, or null.
  static @Nullable String meant(String name, Collection<String> candidates) {
    var near = nearest(name, candidates);
    return near == null ? null : "Did you mean " + near + "?";
  }

  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
