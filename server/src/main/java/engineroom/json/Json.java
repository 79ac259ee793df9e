package engineroom.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value (RFC 8259). Numbers keep their text, so that nothing is rounded before its type is
/// known.
public sealed interface Json {
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  record Arr(List<Json> elements) implements Json {
    public Arr {
      elements = List.copyOf(elements);
    }
  }

  record Text(String text) implements Json {}

  /// A number.
  ///
  /// @param text as it was written: `1e3`
  record Num(String text) implements Json {}

  record Bool(boolean truth) implements Json {}

  enum Null implements Json {
    NULL
  }
}
