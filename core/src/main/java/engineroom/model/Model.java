package engineroom.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The owner's app as one immutable value. Every change of behaviour is a change of it.
///
/// @param store where rows live: `sqlite:data/shop.db`
/// @param roles by name: the role itself and all that it includes
/// @param terms of the roles that have some, by name
/// @param entities by name, in the order of the files
public record Model(
    String name,
    String store,
    Map<String, Set<String>> roles,
    Map<String, RoleTerms> terms,
    Map<String, Entity> entities) {
  public Model {
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    entities = Collections.unmodifiableMap(new LinkedHashMap<>(entities));
  }

  /// With roles of no terms.
  public Model(
      String name, String store, Map<String, Set<String>> roles, Map<String, Entity> entities) {
    this(name, store, roles, Map.of(), entities);
  }

  /// The entity of this name, or nothing.
  public Optional<Entity> findEntity(String name) {
    return Optional.ofNullable(entities.get(name));
  }

  /// The entity of this name, which must exist.
  public Entity entity(String name) {
    return findEntity(name)
        .orElseThrow(() -> new IllegalArgumentException("entity " + name + " does not exist"));
  }

  /// The entity that a path names by its plural, or nothing.
  public Optional<Entity> findPlural(String plural) {
    for (var entity : entities.values()) {
      if (entity.plural().equals(plural)) {
        return Optional.of(entity);
      }
    }
    return Optional.empty();
  }

  /// The same with those entities alone whose tables are the program's own. Their references to
  /// somebody else's rows are plain values then: no database is asked to hold to them.
  public Model owned() {
    var owned = new LinkedHashMap<>(entities);
    owned.values().removeIf(entity -> entity.adopted() != null);
    if (owned.size() == entities.size()) {
      return this;
    }
    owned.replaceAll((_, entity) -> Apart.from(this, entity));
    return new Model(name, store, roles, terms, owned);
  }
}
