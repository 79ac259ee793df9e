package engineroom.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One mistake in what was sent.
///
/// @param path where: `lines[1].quantity`
/// @param code stable, without the stage: `min`, `required`, `type/date`
/// @param message continues the path's name: `must be at least 1`
/// @param params what the message was made of: texts, numbers, lists of texts
public record Violation(String path, String code, String message, Map<String, Object> params) {
  public Violation {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  public Violation(String path, String code, String message) {
    this(path, code, message, Map.of());
  }

  /// The same mistake, seen from further out.
  public Violation under(String prefix) {
    if (prefix.isEmpty()) {
      return this;
    }
    return new Violation(
        path.startsWith("[") || path.isEmpty() ? prefix + path : prefix + "." + path,
        code,
        message,
        params);
  }
}
