package engineroom.transfer;

import engineroom.Runner.Session;
import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.outcome.KeptAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The imports of the last ninety days, the latest hundred of them in a list. Each is kept in the
/// transactions that did it, so what a crash leaves behind can be undone too.
final class ImportLog {
  static final Duration KEPT = Duration.ofDays(90);
  static final int LISTED_MAX = 100;

  private static final String LIST = "imports";
  private static final byte[] NO_REQUEST = {};

  private ImportLog() {}

  private static String key(String id) {
    return "import " + id;
  }

  static Optional<Imported> find(Session session, String id, Call call) {
    return session.answer(key(id), call).map(kept -> Imported.read(kept.answer()));
  }

  /// Keeps an import as it is now.
  static void keep(Session session, Imported imported, Call call) {
    keep(session, key(imported.id()), imported.written(), call);
  }

  /// Adds a new import to the list.
  static void list(Session session, Imported imported, Call call) {
    var ids = new ArrayList<String>();
    ids.add(imported.id());
    ids.addAll(ids(session, call));
    var some = ids.subList(0, Math.min(ids.size(), LISTED_MAX));
    var json = new Json.Arr(some.stream().map(id -> (Json) new Json.Text(id)).toList());
    keep(session, LIST, JsonWriter.write(json), call);
  }

  private static void keep(Session session, String key, byte[] answer, Call call) {
    session.keep(new KeptAnswer(key, NO_REQUEST, answer, call.time().plus(KEPT)), call);
  }

  /// The imports that the caller may know of, the latest first.
  static List<Imported> all(Session session, Call call) {
    return ids(session, call).stream()
        .flatMap(id -> find(session, id, call).stream())
        .filter(imported -> concerns(imported, call.caller()))
        .toList();
  }

  private static List<String> ids(Session session, Call call) {
    var ids = new ArrayList<String>();
    session
        .answer(LIST, call)
        .map(kept -> JsonReader.read(kept.answer(), JsonLimits.defaults()))
        .ifPresent(
            json -> {
              if (json instanceof Json.Arr(var elements)) {
                elements.forEach(
                    element -> {
                      if (element instanceof Json.Text(var id)) {
                        ids.add(id);
                      }
                    });
              }
            });
    return ids;
  }

  /// Whoever made an import may know of it, and an administrator.
  static boolean concerns(Imported imported, Caller caller) {
    return switch (caller) {
      case Caller.Administrator _, Caller.Program _ -> true;
      case Caller.Guest _ -> false;
      case Caller.User user -> user.administrator() || imported.caller().equals(name(caller));
    };
  }

  /// Who is calling, as the change log has it.
  static String name(Caller caller) {
    return switch (caller) {
      case Caller.Guest _ -> "guest";
      case Caller.Administrator _ -> "administrator";
      case Caller.Program _ -> "program";
      case Caller.User user ->
          user.id() instanceof Value.Text(var text)
              ? text
              : JsonText.of(user.id()).replace("\"", "");
    };
  }
}
