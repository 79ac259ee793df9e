package engineroom.door.graphql.schema;

import engineroom.model.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The schemas asked for last. Callers who may do the same get the same one, made once.
public final class Schemas {
  /// Schemas kept; beyond it the one asked for longest ago is forgotten and made again.
  static final int KEPT_MAX = 32;

  private final Model model;
  private final TypeNames names;
  private final Map<Sight, Lazy> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sight, Lazy> eldest) {
          return size() > KEPT_MAX;
        }
      };

  public Schemas(Model model, TypeNames names) {
    this.model = model;
    this.names = names;
  }

  /// One schema, made by whoever asks first, while the others wait: making one takes longer than
  /// anything else here, and after a start many ask at once.
  private static final class Lazy {
    private final Supplier<ReadySchema> making;
    private @Nullable ReadySchema made;

    Lazy(Supplier<ReadySchema> making) {
      this.making = making;
    }

    synchronized ReadySchema schema() {
      var known = made;
      if (known == null) {
        known = making.get();
        made = known;
      }
      return known;
    }
  }

  /// The schema of a caller.
  public ReadySchema of(Sight sight) {
    Lazy lazy;
    synchronized (kept) {
      lazy =
          kept.computeIfAbsent(
              sight, s -> new Lazy(() -> ReadySchema.of(SchemaText.of(model, s, names))));
    }
    return lazy.schema();
  }
}
