package engineroom.bench;

import engineroom.bench.LoadClient.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Documents that are made to hurt, as a guest sends them: each is to be refused for less than five
/// milliseconds of processor time.
final class HostileRequests {
  private static final Map<String, String> FIELDS =
      Map.of("Accept", "application/graphql-response+json");

  private HostileRequests() {}

  /// Each by its name.
  static Map<String, String> documents() {
    var all = new LinkedHashMap<String, String>();
    all.put("100,000 tokens", "{" + " a".repeat(100_000) + "}");
    all.put("49,000 tokens", "{" + " a".repeat(49_000) + "}");
    all.put("10,000 aliases", "{" + numbered(" a%d: requestId", 10_000) + "}");
    all.put("600 aliases", "{" + numbered(" a%d: requestId", 600) + "}");
    all.put("fragments that fan out", fan());
    all.put(
        "fragments in a cycle",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A requestId }");
    all.put("5,000 directives", "{ requestId" + " @skip(if: false)".repeat(5_000) + " }");
    all.put("10,000 brackets", "{ products(where: " + "[".repeat(10_000));
    all.put("10,000 braces", "{ a ".repeat(10_000));
    all.put("a text without end", "{ a(b: \"\"\"" + "\\\"\"\" ".repeat(19_000));
    all.put("a comment", "#" + "x".repeat(99_000));
    all.put("introspection by a guest", "{ __schema { types { name fields { name } } } }");
    all.put(
        "introspection in circles",
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }");
    all.put("60 levels", "{ albums { artist ".repeat(30) + "{ id }" + " } }".repeat(30));
    all.put(
        "lists within lists",
        "{ artists(limit: 500) { albums(limit: 500) { tracks(limit: 500) { name } } } }");
    all.put("2,000 names that are nowhere", "{" + numbered(" n%d", 1_990) + "}");
    return all;
  }

  /// Those that a server is sent.
  static List<Workload> all() {
    return documents().entrySet().stream()
        .map(document -> refused(document.getKey(), document.getValue()))
        .toList();
  }

  /// A request as its body has it.
  static String body(String document) {
    return "{\"query\":\"" + document.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
  }

  private static String fan() {
    return "{ ...F0 } "
        + IntStream.range(0, 100)
            .mapToObj(i -> "fragment F%d on Query { ...F%d ...F%d }".formatted(i, i + 1, i + 1))
            .collect(Collectors.joining(" "))
        + " fragment F100 on Query { requestId }";
  }

  private static String numbered(String text, int count) {
    return IntStream.range(0, count).mapToObj(text::formatted).collect(Collectors.joining());
  }

  private static Workload refused(String name, String document) {
    var request = LoadClient.post("/graphql", FIELDS, body(document));
    return new Workload(name, _ -> request, 400);
  }
}
