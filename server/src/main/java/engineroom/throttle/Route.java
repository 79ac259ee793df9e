package engineroom.throttle;

import engineroom.modelfile.Rates.Rate;
import java.util.List;
import java.util.Map;

/// A route with a limit of its own.
///
/// @param path its parts; `{…}` stands for any one
/// @param salt keeps what a caller used here apart from other routes
record Route(String method, List<String> path, long salt, Pace pace) {
  Route {
    path = List.copyOf(path);
  }

  /// @param rates by method and path: `POST /api/orders`
  static List<Route> all(Map<String, Rate> rates) {
    return rates.entrySet().stream().map(rate -> of(rate.getKey(), rate.getValue())).toList();
  }

  private static Route of(String name, Rate rate) {
    var space = name.indexOf(' ');
    var path = List.of(name.substring(space + 1).split("/", -1));
    long salt = Buckets.mix(name.hashCode());
    return new Route(name.substring(0, space), path, salt, Pace.of(name, rate));
  }

  /// Whether a request goes there. One `/` at the end makes no difference.
  boolean fits(String asked, String target) {
    if (!method.equals(asked) && !(method.equals("GET") && asked.equals("HEAD"))) {
      return false;
    }
    int at = 0;
    int end = target.endsWith("/") ? target.length() - 1 : target.length();
    for (int i = 0; i < path.size(); i++) {
      var slash = target.indexOf('/', at);
      var stop = slash < 0 || slash > end ? end : slash;
      if (at > end || !fits(path.get(i), target, at, stop)) {
        return false;
      }
      at = stop + 1;
    }
    return at > end;
  }

  private static boolean fits(String part, String target, int begin, int end) {
    return part.startsWith("{")
        ? end > begin
        : part.length() == end - begin && target.startsWith(part, begin);
  }
}
