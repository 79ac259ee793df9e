package engineroom.door.batch;

import static engineroom.problem.ProblemException.problem;

import engineroom.json.Json;
import engineroom.problem.Nearest;
import engineroom.problem.RequestProblem.AtStep;
import engineroom.problem.RequestProblem.BadParameter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request of a batch.
///
/// @param place for mistakes: `requests[1]`
/// @param as the name that later requests use its answer by
/// @param path with its query: `/api/orders?fields=id`
/// @param ifMatch the ETag that the row must still have
record Step(
    String place,
    @Nullable String as,
    String method,
    String path,
    @Nullable Json body,
    @Nullable String ifMatch) {
  private static final Set<String> MEMBERS = Set.of("as", "method", "path", "body", "ifMatch");
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  /// Reads one.
  ///
  /// @param before the requests before it
  static Step read(int index, Json json, List<Step> before) {
    var place = "requests[" + index + "]";
    if (!(json instanceof Json.Obj(var members))) {
      throw bad(place, "It is not an object.", "Write {\"method\": …, \"path\": …}.");
    }
    for (var name : members.keySet()) {
      if (!MEMBERS.contains(name)) {
        var nearest = Nearest.of(name, MEMBERS);
        throw bad(
            place,
            "There is no member " + name + ".",
            nearest == null ? null : "Did you mean " + nearest + "?");
      }
    }
    var as = text(place, members, "as");
    if (as != null && !NAME.matcher(as).matches()) {
      throw bad(place, "as is not a name of letters, digits and _.", "Write \"as\": \"order\".");
    }
    if (as != null && before.stream().anyMatch(step -> as.equals(step.as()))) {
      throw bad(place, "as " + as + " is taken by an earlier request.", "Choose another name.");
    }
    return new Step(
        place,
        as,
        method(place, text(place, members, "method")),
        path(place, text(place, members, "path")),
        members.get("body"),
        text(place, members, "ifMatch"));
  }

  static RuntimeException bad(String place, String title, @Nullable String hint) {
    return problem(new AtStep(place, new BadParameter(title, hint)));
  }

  private static @Nullable String text(String place, Map<String, Json> members, String name) {
    return switch (members.get(name)) {
      case null -> null;
      case Json.Text(var text) -> text;
      case Json _ -> throw bad(place, name + " is not a text.", null);
    };
  }

  private static String method(String place, @Nullable String method) {
    if (method == null || !METHODS.contains(method)) {
      throw bad(
          place, "method is none that a batch knows.", "Write GET, POST, PUT, PATCH or DELETE.");
    }
    return method;
  }

  private static String path(String place, @Nullable String path) {
    if (path == null || !path.startsWith("/")) {
      throw bad(place, "path does not begin with /.", "Write \"path\": \"/orders\".");
    }
    var whole = path.startsWith("/api/") ? path : "/api" + path;
    if (whole.startsWith(BatchDoor.PATH)) {
      throw bad(place, "A batch can't be part of a batch.", null);
    }
    return whole;
  }

  /// A path as requests have it. A plus sign stands for itself there.
  ///
  /// @throws engineroom.problem.ProblemException where a % has no two hexadecimal digits behind it
  String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw bad(place, "path has a % without two hexadecimal digits.", "Write % as %25.");
    }
  }
}
