package engineroom.door.graphql.schema;

import engineroom.model.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schemas asked for last. Callers who may do the same get the same one, made once.
public final class Schemas {
  /// Schemas kept; beyond it the one asked for longest ago is forgotten and made again.
  static final int KEPT_MAX = 32;

  private final Model model;
  private final TypeNames names;
  private final Map<Sight, ReadySchema> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sight, ReadySchema> eldest) {
          return size() > KEPT_MAX;
        }
      };

  public Schemas(Model model, TypeNames names) {
    this.model = model;
    this.names = names;
  }

  /// The schema of a caller.
  public ReadySchema of(Sight sight) {
    var known = find(sight);
    if (known != null) {
      return known;
    }
    var made = ReadySchema.of(SchemaText.of(model, sight, names));
    synchronized (kept) {
      kept.put(sight, made);
    }
    return made;
  }

  private @Nullable ReadySchema find(Sight sight) {
    synchronized (kept) {
      return kept.get(sight);
    }
  }
}
