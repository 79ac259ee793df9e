package engineroom.door.rest;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.door.query.Parameters;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.json.FieldReader;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.operation.Caller;
import engineroom.operation.Operation.Fetch;
import engineroom.operation.Selection;
import engineroom.outcome.Outcome;
import engineroom.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads about whom an administrator asks: `as=guest`, `as=<user id>`, `as=role:staff`.
final class ExplainedCaller {
  private static final String GUEST = "guest";
  private static final String ROLE = "role:";
  private static final String USER = "user";
  private static final String WAY =
      "Write as=guest, as=role:<name> or as=<id of a user>; as may be repeated for roles.";

  /// Somebody who has only roles.
  private static final Value NOBODY_KNOWN = new Value.Uuid(new UUID(0, 0));

  private final Ask ask;

  /// @param ask by an administrator
  ExplainedCaller(Ask ask) {
    this.ask = ask;
  }

  /// Whether a word names a role, and nobody.
  static boolean isRole(String word) {
    return word.startsWith(ROLE);
  }

  Caller read(List<String> as) {
    if (as.isEmpty()) {
      throw Parameters.bad("explain=access does not say of whom.", WAY);
    }
    if (as.contains(GUEST)) {
      if (as.size() > 1) {
        throw Parameters.bad("A guest has no roles and is no user.", WAY);
      }
      return Caller.Guest.GUEST;
    }
    var roles = new LinkedHashSet<String>();
    var ids = new ArrayList<String>();
    for (var word : as) {
      if (isRole(word)) {
        roles.add(role(word.substring(ROLE.length())));
      } else {
        ids.add(word);
      }
    }
    if (ids.size() > 1) {
      throw Parameters.bad("as names " + ids.size() + " users.", "Ask of one at a time.");
    }
    return ids.isEmpty() ? ofRoles(roles) : user(ids.getFirst(), roles);
  }

  private String role(String name) {
    var known = ask.names().model().roles().keySet();
    if (!known.contains(name)) {
      var near = Nearest.of(name, known);
      throw Parameters.bad(
          "There is no role " + name + ".",
          near == null ? "Declare it under roles." : "Did you mean " + near + "?");
    }
    return name;
  }

  private static Caller ofRoles(Set<String> roles) {
    var row = new Row(Map.of("id", NOBODY_KNOWN));
    return new Caller.User(NOBODY_KNOWN, roles, Map.of(), row);
  }

  private Caller user(String text, Set<String> roles) {
    var entity = ask.names().model().findEntity(USER);
    var row = entity.map(found -> row(found, text)).orElse(null);
    if (row == null) {
      throw Parameters.bad("There is no user " + text + ".", WAY);
    }
    return new Caller.User(row.id(), roles.isEmpty() ? roles(row) : roles, Map.of(), row);
  }

  private @Nullable Row row(Entity entity, String text) {
    try {
      var id = ask.reader().text(ask.reader().idType(USER), text);
      var fetch = new Fetch(USER, id, Selection.ALL);
      return ask.runner().run(fetch, ask.request().call()) instanceof Outcome.Found(var json, _)
          ? row(entity, JsonReader.read(json, JsonLimits.defaults()))
          : null;
    } catch (FieldReader.Unfit _) {
      return null; // no id at all is the id of nobody
    }
  }

  private Row row(Entity entity, Json json) {
    var values = new LinkedHashMap<String, Value>();
    if (json instanceof Json.Obj(var members)) {
      members.forEach(
          (name, shown) ->
              entity.findField(name).ifPresent(field -> values.put(name, value(field, shown))));
    }
    return new Row(values);
  }

  private Value value(Field field, Json shown) {
    return shown == Json.Null.NULL ? Value.NULL : ask.reader().json(field.type(), id(shown));
  }

  /// A reference is shown as `{"id": …}`.
  private static Json id(Json json) {
    return json instanceof Json.Obj(var members) && members.keySet().equals(Set.of("id"))
        ? members.getOrDefault("id", Json.Null.NULL)
        : json;
  }

  /// The roles that a user's own row lists.
  private static Set<String> roles(Row row) {
    var roles = new LinkedHashSet<String>();
    if (row.value("roles") instanceof Value.ListOf(var elements)) {
      for (var element : elements) {
        if (element instanceof Value.Text(var name)) {
          roles.add(name);
        }
      }
    }
    return roles;
  }
}
