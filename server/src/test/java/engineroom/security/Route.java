package engineroom.security;

import java.util.Map;

/// A kind of request, as `engineroom routes` lists it.
///
/// @param path `{…}` stands for one part
record Route(String method, String path) {
  /// A line of the list.
  static Route parse(String line) {
    var parts = line.strip().split(" +", 2);
    return new Route(parts[0], parts[1]);
  }

  /// Whether it is answered before anybody asks who calls.
  boolean probe() {
    return path.equals("/health") || path.equals("/ready");
  }

  /// Whether it changes nothing by its method.
  boolean safe() {
    return method.equals("GET") || method.equals("QUERY");
  }

  boolean of(String prefix) {
    return path.startsWith(prefix);
  }

  /// The path with something for every part that is left open.
  String target(Map<String, String> parts) {
    var target = path;
    for (var part : parts.entrySet()) {
      target = target.replace("{" + part.getKey() + "}", part.getValue());
    }
    return target;
  }

  /// The path with the id of nothing.
  String target() {
    var nothing = "01980000-0000-7000-8000-00000000dead";
    return target(Map.of("id", nothing, "child", nothing, "version", "1"));
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
