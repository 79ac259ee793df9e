package engineroom.account.key;

import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Ceiling;
import engineroom.problem.Nearest;
import engineroom.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What scopes mean: `product:read`, `product:write`, and `*` for every entity.
public final class Scopes {
  private static final String PATH = "scopes";
  private static final String ALL = "*";
  private static final String READ = "read";
  private static final String WRITE = "write";

  private final Model model;

  public Scopes(Model model) {
    this.model = model;
  }

  /// What is wrong with scopes; empty where they are good.
  public List<Violation> violations(List<String> scopes) {
    var violations = new ArrayList<Violation>();
    if (scopes.isEmpty()) {
      var message = "must name a scope at least; leave it out for all that the user may";
      violations.add(new Violation(PATH, "required", message));
    }
    for (var scope : scopes) {
      var wrong = wrong(scope);
      if (wrong != null) {
        violations.add(new Violation(PATH, "scope", wrong));
      }
    }
    return violations;
  }

  private @Nullable String wrong(String scope) {
    int colon = scope.indexOf(':');
    var action = scope.substring(colon + 1);
    if (colon < 0 || !(action.equals(READ) || action.equals(WRITE))) {
      return "must be like product:read, product:write or *:read, was \"" + scope + "\"";
    }
    var name = scope.substring(0, colon);
    if (name.equals(ALL) || known().contains(name)) {
      return null;
    }
    var near = Nearest.of(name, known());
    return "names no entity: " + name + (near == null ? "" : ". Did you mean " + near + "?");
  }

  /// The most that scopes are good for. What the model no longer knows is nothing.
  public Ceiling ceiling(List<String> scopes) {
    return new Ceiling.Only(named(scopes, READ), named(scopes, WRITE));
  }

  private Set<String> named(List<String> scopes, String action) {
    var known = known();
    if (scopes.contains(ALL + ":" + action)) {
      return known;
    }
    var named = new HashSet<String>();
    known.stream().filter(name -> scopes.contains(name + ":" + action)).forEach(named::add);
    return named;
  }

  private Set<String> known() {
    var known = new TreeSet<String>();
    model.entities().values().stream()
        .filter(entity -> entity.access().whose() != Entity.Access.Whose.PROGRAM)
        .map(Entity::name)
        .forEach(known::add);
    return known;
  }
}
