package engineroom.bench;

import engineroom.bench.LoadClient.Workload;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The documents that are measured on Chinook, as clients send them: text, name and variables.
final class ChinookRequests {
  private static final Map<String, String> FIELDS =
      Map.of("Accept", "application/graphql-response+json, application/json");
  private static final List<String> COUNTRIES =
      List.of("USA", "Canada", "Brazil", "France", "Germany", "United Kingdom");
  private static final int TRACKS = 3_503;

  private static final String BY_KEY =
      "query ByKey($id: ID!) { track(id: $id) { id name composer milliseconds unitPrice } }";

  /// 8 artists have 14 albums and 141 tracks.
  private static final String THREE =
      "query Three($n: Int!) { artists(limit: $n) { name albums(limit: 10) { title"
          + " tracks { name } } } }";

  private static final String RULE =
      "query Rule($country: String!, $min: Decimal!) { invoices(where: {billingCountry: {eq:"
          + " $country}, total: {gt: $min}}, sort: [{total: DESC}], limit: 20) { id total"
          + " billingCity customer { firstName lastName } } }";

  private ChinookRequests() {}

  private static String body(String name, String document, String variables) {
    return "{\"query\":\"%s\",\"operationName\":\"%s\",\"variables\":{%s}}"
        .formatted(document, name, variables);
  }

  private static byte[] post(String body) {
    return LoadClient.post("/graphql", FIELDS, body);
  }

  static String byKey(long n) {
    return body("ByKey", BY_KEY, "\"id\":\"" + track(n) + "\"");
  }

  static long track(long n) {
    return 1 + Math.floorMod(n * 7919, TRACKS);
  }

  static String country(long n) {
    return COUNTRIES.get((int) Math.floorMod(n, (long) COUNTRIES.size()));
  }

  static String three() {
    return body("Three", THREE, "\"n\":8");
  }

  static String rule(long n) {
    return body("Rule", RULE, "\"country\":\"" + country(n) + "\",\"min\":\"2.00\"");
  }

  /// @param token of who asks where a rule is
  static List<Workload> all(String token) {
    var fields = new HashMap<>(FIELDS);
    fields.put("Authorization", "Bearer " + token);
    return List.of(
        new Workload("by primary key", n -> post(byKey(n)), 200),
        new Workload("three levels, 163 rows", _ -> post(three()), 200),
        new Workload("rule and variables", n -> LoadClient.post("/graphql", fields, rule(n)), 200));
  }

  /// Bodies of each kind, for the check that both servers answer alike.
  static List<byte[]> samples() {
    return List.of(byKey(1), byKey(2), three(), rule(0), rule(1)).stream()
        .map(body -> body.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
