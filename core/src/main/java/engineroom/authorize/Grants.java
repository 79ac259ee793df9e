package engineroom.authorize;

import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.model.Model;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// All rights of the callers for whom every caller-only condition of the model comes out the same.
/// One object for all of them, so that plans are shared; equal only to itself.
public final class Grants {
  private final Model model;
  private final Function<Entity, Rights> decide;
  private final Map<String, Rights> rights = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> names = new ConcurrentHashMap<>();

  Grants(Model model, Function<Entity, Rights> decide) {
    this.model = model;
    this.decide = decide;
  }

  /// The rights on an entity; those on its versions are the same.
  public Rights on(String name) {
    var entity = History.present(name);
    var known = rights.get(entity);
    return known != null
        ? known
        : rights.computeIfAbsent(entity, e -> decide.apply(model.entity(e)));
  }

  /// The names of fields and lists of an entity that these callers may know of. The same set each
  /// time.
  public Set<String> names(String name) {
    var entity = History.present(name);
    var known = names.get(entity);
    return known != null ? known : names.computeIfAbsent(entity, this::knownNames);
  }

  /// The names of an entity's fields that these callers may give values for. The same set each
  /// time.
  public Set<String> writable(String entity) {
    return on(entity).fieldWrite().keySet();
  }

  private Set<String> knownNames(String entity) {
    if (!on(entity).reads()) {
      return Set.of();
    }
    var known = new TreeSet<>(on(entity).fieldRead().keySet());
    for (var list : model.entity(entity).lists().values()) {
      var rows = on(list.entity());
      if (rows.reads() && rows.fieldRead().containsKey(list.field())) {
        known.add(list.name());
      }
    }
    return Collections.unmodifiableSet(known);
  }
}
