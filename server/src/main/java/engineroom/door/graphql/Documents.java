package engineroom.door.graphql;

import engineroom.door.graphql.compiled.Compiler;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.document.DocumentLimits;
import engineroom.door.graphql.document.Prepared;
import engineroom.door.graphql.document.Prepared.Wanted;
import engineroom.door.graphql.schema.Schemas;
import engineroom.door.graphql.schema.Sight;
import engineroom.door.graphql.work.Tools;
import engineroom.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Documents that were asked last, prepared and compiled once for callers with the same rights.
final class Documents {
  /// Documents kept; beyond it the one asked for longest ago is forgotten.
  static final int KEPT_MAX = 512;

  /// Longer ones are prepared each time.
  static final int CHARACTERS_MAX = 16_384;

  private final Tools tools;
  private final Schemas schemas;
  private final DocumentLimits limits;
  private final Recent<Key, Prepared> prepared = new Recent<>(KEPT_MAX);
  private final Recent<Chosen, List<RootField>> compiled = new Recent<>(KEPT_MAX);

  private record Key(String text, Sight sight) {}

  /// @param truths the variables that decide which fields are wanted
  private record Chosen(Key key, String operation, Map<String, Json> truths) {}

  /// The values asked for last.
  private static final class Recent<K, V> {
    private final Map<K, V> kept;

    Recent(int size) {
      kept =
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
              return size() > size;
            }
          };
    }

    V of(K key, Supplier<V> making) {
      var known = find(key);
      if (known != null) {
        return known;
      }
      var made = making.get();
      synchronized (kept) {
        kept.put(key, made);
      }
      return made;
    }

    private @Nullable V find(K key) {
      synchronized (kept) {
        return kept.get(key);
      }
    }
  }

  Documents(Tools tools, Schemas schemas, DocumentLimits limits) {
    this.tools = tools;
    this.schemas = schemas;
    this.limits = limits;
  }

  /// A document for callers with the same rights.
  Prepared prepared(String text, Sight sight) {
    Supplier<Prepared> making = () -> Prepared.of(text, schemas.of(sight), limits);
    return text.length() > CHARACTERS_MAX
        ? making.get()
        : prepared.of(new Key(text, sight), making);
  }

  /// The root fields of one of its operations.
  List<RootField> compiled(String text, Sight sight, Prepared document, Wanted wanted) {
    Supplier<List<RootField>> making =
        () -> Compiler.compile(tools.model(), tools.names(), sight, document, wanted);
    if (text.length() > CHARACTERS_MAX) {
      return making.get();
    }
    var name = wanted.definition().getName();
    var chosen = new Chosen(new Key(text, sight), name == null ? "" : name, wanted.truths());
    return compiled.of(chosen, making);
  }
}
