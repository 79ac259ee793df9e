package engineroom.transfer;

import engineroom.data.Times;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonOut;
import engineroom.json.JsonReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One import as it is remembered.
///
/// @param id a UUIDv7
/// @param caller who made it: the id of a user, `administrator` or `guest`
/// @param undone when, or null
public record Imported(
    String id,
    String entity,
    String file,
    String caller,
    Instant time,
    Tally tally,
    @Nullable Instant undone) {
  /// The request id of its changes: no client can send one with a slash.
  String requestId() {
    return "import/" + id;
  }

  /// The same with more done.
  Imported with(Tally more) {
    return new Imported(id, entity, file, caller, time, tally.and(more), undone);
  }

  /// The same, undone.
  Imported undoneAt(Instant moment) {
    return new Imported(id, entity, file, caller, time, tally, moment);
  }

  /// As JSON, for those who may know of it.
  public Map<String, @Nullable Object> shown() {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("id", id);
    members.put("entity", entity);
    members.put("file", file);
    members.put("time", Times.text(time));
    members.put("created", tally.created());
    members.put("changed", tally.changed());
    members.put("unchanged", tally.unchanged());
    members.put("refused", tally.refused());
    members.put("undone", undone == null ? null : Times.text(undone));
    return members;
  }

  byte[] written() {
    var members = new LinkedHashMap<>(shown());
    members.put("caller", caller);
    members.put("first", tally.first());
    members.put("last", tally.last());
    members.put("logged", tally.logged());
    return JsonOut.bytes(members);
  }

  static Imported read(byte[] json) {
    if (!(JsonReader.read(json, JsonLimits.defaults()) instanceof Json.Obj(var members))) {
      throw new IllegalStateException("an import is kept as an object");
    }
    var undone = members.get("undone");
    return new Imported(
        text(members, "id"),
        text(members, "entity"),
        text(members, "file"),
        text(members, "caller"),
        Instant.parse(text(members, "time")),
        new Tally(
            number(members, "created"),
            number(members, "changed"),
            number(members, "unchanged"),
            number(members, "refused"),
            number(members, "first"),
            number(members, "last"),
            number(members, "logged")),
        undone instanceof Json.Text(var moment) ? Instant.parse(moment) : null);
  }

  private static String text(Map<String, Json> members, String name) {
    if (members.get(name) instanceof Json.Text(var text)) {
      return text;
    }
    throw new IllegalStateException("an import is kept with its " + name);
  }

  private static long number(Map<String, Json> members, String name) {
    if (members.get(name) instanceof Json.Num(var text)) {
      return Long.parseLong(text);
    }
    throw new IllegalStateException("an import is kept with its " + name);
  }
}
