package engineroom.audit;

import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.outcome.Change;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who did something, when and how.
///
/// @param caller the id of a user, `administrator`, `guest` or `program`
/// @param impersonator who acted as the caller
/// @param session the session or key that the caller used
/// @param way null where no request brought it
public record Circumstances(
    Instant time,
    String requestId,
    String caller,
    @Nullable String impersonator,
    List<String> roles,
    @Nullable String session,
    @Nullable Way way) {
  private static final int AGENT_MAX = 200;
  private static final int PATH_MAX = 300;

  public Circumstances {
    roles = List.copyOf(roles);
  }

  /// How a request came.
  ///
  /// @param door `api`, `batch`, `auth`, `admin`
  /// @param path with ids left out
  public record Way(String door, String method, String path, String address, String agent) {}

  private static String start(String text, int max) {
    return text.substring(0, Math.min(max, text.length()));
  }

  /// Those of a call, and of the request that brought it. The session is the caller's claim `sid`,
  /// the impersonator the claim `act`.
  public static Circumstances of(Call call) {
    var asked = call.asked();
    return asked == null
        ? of(call, call.caller(), null)
        : of(call, asked.caller(), way(call, asked));
  }

  private static Way way(Call call, Call.Asked asked) {
    var path = Path.template(asked.path());
    var agent = printable(start(asked.agent(), AGENT_MAX));
    return new Way(Path.door(path), call.method(), path, call.address(), agent);
  }

  /// Those of a change, as far as the change log knows them.
  static Circumstances of(Change.Origin origin) {
    return new Circumstances(
        origin.time(), origin.requestId(), origin.caller(), null, List.of(), null, null);
  }

  /// The same way, by somebody who has just shown who they are.
  ///
  /// @param user their id as text
  /// @param begun the session that they began
  public Circumstances by(String user, String begun) {
    return new Circumstances(time, requestId, user, impersonator, roles, begun, way);
  }

  private static Circumstances of(Call call, Caller caller, @Nullable Way way) {
    var claims = caller instanceof Caller.User user ? user.claims() : NO_CLAIMS;
    Collection<String> roles =
        caller instanceof Caller.User user ? user.roles() : List.<String>of();
    return new Circumstances(
        call.time(),
        call.requestId(),
        name(caller),
        text(claims.get("act")),
        roles.stream().sorted().toList(),
        text(claims.get("sid")),
        way);
  }

  private static final Map<String, Value> NO_CLAIMS = Map.of();

  private static @Nullable String text(@Nullable Value value) {
    return value == null || value == Value.NULL ? null : plain(value);
  }

  /// Who is calling, as the change log has it.
  static String name(Caller caller) {
    return switch (caller) {
      case Caller.Guest _ -> "guest";
      case Caller.Administrator _ -> "administrator";
      case Caller.Program _ -> "program";
      case Caller.User user -> plain(user.id());
    };
  }

  static String plain(Value id) {
    return id instanceof Value.Text(var text) ? text : JsonText.of(id).replace("\"", "");
  }

  private static String printable(String agent) {
    return agent
        .chars()
        .map(c -> c < ' ' || c > '~' ? '?' : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /// Paths without what is in them.
  private static final class Path {
    private static final int ID = 3;

    /// `/api/orders/{id}/lines`: what follows an entity is an id, unless it is an action of the
    /// whole entity.
    static String template(String path) {
      var parts = path.split("/", -1);
      boolean rows = parts.length > ID && parts[1].equals("api");
      for (int i = 1; i < parts.length; i++) {
        boolean id = rows ? i == ID && !ACTIONS.contains(parts[i]) : !word(parts[i]);
        if (id || (rows && i > ID && !word(parts[i]))) {
          parts[i] = "{id}";
        }
      }
      var whole = String.join("/", Arrays.copyOf(parts, Math.min(parts.length, 8)));
      return start(whole, PATH_MAX);
    }

    static String door(String path) {
      if (path.equals("/api/batch")) {
        return "batch";
      }
      var end = path.indexOf('/', 1);
      var first = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
      return first.isEmpty() ? "/" : first.substring(0, Math.min(40, first.length()));
    }
  }

  /// Whether a part of a path is a word of ours, not somebody's value.
  private static boolean word(String part) {
    return part.length() <= 40
        && part.chars()
            .allMatch(
                c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.');
  }

  private static final List<String> ACTIONS = List.of("import", "export", "trash", "query");
}
