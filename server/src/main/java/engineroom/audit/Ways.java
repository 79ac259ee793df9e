package engineroom.audit;

import engineroom.data.Times;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import engineroom.outcome.Change;
import engineroom.problem.ProblemException;
import engineroom.stores.SharedNotes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How requests came to other processes that serve the app: each leaves notes of those whose
/// changes are for the log, for the one that takes them.
public final class Ways {
  /// After which a change is taken without a note: its process has left it, or is gone.
  static final Duration WAIT = Duration.ofSeconds(1);

  private static final Duration KEPT = Duration.ofMinutes(1);

  /// Notes left between two times when old ones are forgotten.
  private static final int FORGET_EVERY = 100;

  private final SharedNotes notes;
  private final InstantSource clock;
  private final Map<String, Circumstances> known = new HashMap<>();
  private int left;

  public Ways(SharedNotes notes, InstantSource clock) {
    this.notes = notes;
    this.clock = clock;
  }

  /// Leaves notes of the requests that began here.
  void tell(RecentRequests own) {
    var texts = new LinkedHashMap<String, String>();
    own.untold().forEach(by -> texts.put(name(by.requestId(), by.time()), text(by)));
    if (!texts.isEmpty()) {
      notes.leave(texts);
    }
    if (left++ % FORGET_EVERY == 0) {
      notes.forget(KEPT);
    }
  }

  /// The changes at the beginning of which it is known how they came, or will not be.
  List<Change> settled(List<Change> changes, RecentRequests own) {
    known.clear();
    var foreign = changes.stream().map(Change::origin).filter(by -> !isOwn(by, own));
    var names = foreign.map(by -> name(by.requestId(), by.time())).distinct().toList();
    if (!names.isEmpty()) {
      notes.read(names).forEach((name, text) -> read(text).ifPresent(by -> known.put(name, by)));
    }
    var late = clock.instant().minus(WAIT);
    for (int i = 0; i < changes.size(); i++) {
      var by = changes.get(i).origin();
      if (by.time().isAfter(late) && !isOwn(by, own) && find(by).isEmpty()) {
        return changes.subList(0, i);
      }
    }
    return changes;
  }

  private static boolean isOwn(Change.Origin by, RecentRequests own) {
    return by.caller().equals("program") || own.find(by.requestId(), by.time()).isPresent();
  }

  /// How a change came that was settled last.
  Optional<Circumstances> find(Change.Origin by) {
    return Optional.ofNullable(known.get(name(by.requestId(), by.time())));
  }

  private static String name(String requestId, Instant time) {
    return requestId + " " + Times.microseconds(time);
  }

  private static String text(Circumstances by) {
    var members = new LinkedHashMap<String, Json>();
    members.put("time", new Json.Text(by.time().toString()));
    members.put("requestId", new Json.Text(by.requestId()));
    members.put("caller", new Json.Text(by.caller()));
    put(members, "impersonator", by.impersonator());
    members.put("roles", new Json.Text(String.join(" ", by.roles())));
    put(members, "session", by.session());
    var way = by.way();
    if (way != null) {
      members.put("door", new Json.Text(way.door()));
      members.put("method", new Json.Text(way.method()));
      members.put("path", new Json.Text(way.path()));
      members.put("address", new Json.Text(way.address()));
      members.put("agent", new Json.Text(way.agent()));
    }
    return JsonWriter.text(new Json.Obj(members));
  }

  private static void put(Map<String, Json> members, String name, @Nullable String text) {
    if (text != null) {
      members.put(name, new Json.Text(text));
    }
  }

  private static Optional<Circumstances> read(String text) {
    try {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      return JsonReader.read(bytes, JsonLimits.defaults()) instanceof Json.Obj(var members)
          ? Optional.of(read(members))
          : Optional.empty();
    } catch (ProblemException _) {
      return Optional.empty(); // as if nobody had left it
    }
  }

  private static Circumstances read(Map<String, Json> members) {
    var roles = word(members, "roles");
    var way =
        new Circumstances.Way(
            word(members, "door"),
            word(members, "method"),
            word(members, "path"),
            word(members, "address"),
            word(members, "agent"));
    return new Circumstances(
        Instant.parse(word(members, "time")),
        word(members, "requestId"),
        word(members, "caller"),
        find(members, "impersonator"),
        roles.isEmpty() ? List.of() : List.of(roles.split(" ")),
        find(members, "session"),
        members.containsKey("door") ? way : null);
  }

  private static String word(Map<String, Json> members, String name) {
    var found = find(members, name);
    return found == null ? "" : found;
  }

  private static @Nullable String find(Map<String, Json> members, String name) {
    return members.get(name) instanceof Json.Text(var text) ? text : null;
  }
}
