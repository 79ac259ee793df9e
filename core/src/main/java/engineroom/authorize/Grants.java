package engineroom.authorize;

import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All rights of the callers for whom every caller-only condition of the model comes out the same. One object for all of
/// them, so that plans are shared; equal only to itself.
public final class Grants {
  private final Model model;
  private final Function<Entity, Rights> decide;
  private final Map<String, Rights> rights = new ConcurrentHashMap<>();

  Grants(Model model, Function<Entity, Rights> decide) {
    this.model = model;
    this.decide = decide;
  }

  /// The rights on an entity.
  public Rights on(String entity) {
    var known = rights.get(entity);
    return known != null
        ? known
        : rights.computeIfAbsent(entity, name -> decide.apply(model.entity(name)));
  }

  /// The names of fields and lists of an entity that these callers may know of.
  public Set<String> names(String entity) {
    if (!on(entity).reads()) {
      return Set.of();
    }
    var names =
        model.entity(entity).lists().values().stream()
            .filter(list -> on(list.entity()).reads())
            .filter(list -> on(list.entity()).fieldRead().containsKey(list.field()))
            .map(Entity.InverseList::name)
            .collect(Collectors.toSet());
    names.addAll(on(entity).fieldRead().keySet());
    return names;
  }
}
