package engineroom.door.query;

import static engineroom.problem.ProblemException.problem;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.problem.Nearest;
import engineroom.problem.OperationProblem.UnknownField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The model as one caller may see it: a hidden name is not there. Serves one request.
public final class Names {
  private final Model model;
  private final Visibility visibility;
  private final Call call;
  private final Map<String, Set<String>> seen = new HashMap<>();

  public Names(Model model, Visibility visibility, Call call) {
    this.model = model;
    this.visibility = visibility;
    this.call = call;
  }

  public Model model() {
    return model;
  }

  Call call() {
    return call;
  }

  /// The same names for the same caller, with nothing asked yet.
  Names fresh() {
    return new Names(model, visibility, call);
  }

  /// The names that another call may use.
  public Names by(Call other) {
    return new Names(model, visibility, other);
  }

  /// The names asked for so far, by entity: what a result made with them depends on.
  Map<String, Set<String>> seen() {
    return seen;
  }

  /// The fields and lists of an entity.
  public Set<String> of(String entity) {
    return seen.computeIfAbsent(entity, e -> visibility.names(call, e));
  }

  /// The fields that may be given values.
  public Set<String> writable(Entity entity) {
    return visibility.writable(call, entity.name());
  }

  public Optional<Field> findField(Entity entity, String name) {
    return of(entity.name()).contains(name) ? entity.findField(name) : Optional.empty();
  }

  public Optional<Entity.InverseList> findList(Entity entity, String name) {
    return of(entity.name()).contains(name) ? entity.findList(name) : Optional.empty();
  }

  /// The entity of a plural; a plural that is near is offered where its entity may be seen.
  public @Nullable String nearestPlural(String plural) {
    List<String> plurals = new ArrayList<>();
    for (var entity : model.entities().values()) {
      if (!of(entity.name()).isEmpty()) {
        plurals.add(entity.plural());
      }
    }
    return nearest(plural, plurals);
  }

  /// The refusal of a name that does not exist, as far as the caller may know.
  public RuntimeException unknown(Entity entity, String name) {
    return problem(new UnknownField(entity.name(), name, nearest(name, of(entity.name()))));
  }

  /// The candidate most like a name, or null where none is like it.
  static @Nullable String nearest(String name, Collection<String> candidates) {
    return Nearest.of(name, candidates);
  }

  /// `Did you mean x?`, or null.
  public static @Nullable String meant(String name, Collection<String> candidates) {
    var near = nearest(name, candidates);
    return near == null ? null : "Did you mean " + near + "?";
  }
}
