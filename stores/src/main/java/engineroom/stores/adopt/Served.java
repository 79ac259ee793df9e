package engineroom.stores.adopt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// As what a column can be served.
public sealed interface Served {
  /// As a field of a type.
  ///
  /// @param type in the model's words: `text`
  /// @param options of the field besides: `max: 80`
  record As(String type, Map<String, Object> options) implements Served {
    public As {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    public As(String type) {
      this(type, Map.of());
    }
  }

  /// Not at all.
  ///
  /// @param reason continues "The column is left out: "
  record Not(String reason) implements Served {}
}
