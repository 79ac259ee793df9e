package engineroom.door.graphql.work;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.outcome.Outcome;

/// A row that has another version than the request expects; undoes the work that it is thrown in.
final class Conflicting extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient String entity;
  private final transient Outcome.Conflict conflict;

  Conflicting(String entity, Outcome.Conflict conflict) {
    super("a row has changed", null, false, false);
    this.entity = entity;
    this.conflict = conflict;
  }

  String title() {
    return "The " + entity + " has changed: it is at version " + conflict.version() + ".";
  }

  /// The row as it is now, as far as the caller may see it.
  Json current() {
    return JsonReader.read(conflict.json(), JsonLimits.defaults());
  }
}
