package engineroom.door.query;

import engineroom.json.Json;

/// A value as a request spells it.
sealed interface Spelled {
  /// As a parameter has it.
  record Plain(String text) implements Spelled {}

  /// As JSON has it.
  record Body(Json json) implements Spelled {}
}
