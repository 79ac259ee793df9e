package engineroom.http;

import engineroom.http.HttpParts.Check;
import engineroom.http.HttpParts.Weight;
import engineroom.json.JsonOut;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers `/health` (the process lives) and `/ready` (it can serve). However often they are asked,
/// the checks run at most once a second.
final class Probes {
  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final String MEDIA_TYPE = "application/json";

  private final List<Check> checks;
  private final InstantSource clock;
  private volatile boolean stopping;
  private @Nullable Response kept;
  private Instant keptUntil = Instant.MIN;

  Probes(List<Check> checks, InstantSource clock) {
    this.checks = checks;
    this.clock = clock;
  }

  /// From now on the server is not ready.
  void stop() {
    stopping = true;
  }

  /// An answer, or null where the path is none of ours.
  @Nullable Response answer(String path) {
    return switch (path) {
      case "/health" -> Response.of(200, MEDIA_TYPE, JsonOut.bytes(Map.of("status", "alive")));
      case "/ready" -> stopping ? report(503, "stopping", Map.of(), Map.of()) : ready();
      default -> null;
    };
  }

  private synchronized Response ready() {
    var now = clock.instant();
    var answer = kept;
    if (answer == null || !now.isBefore(keptUntil)) {
      answer = check();
      kept = answer;
      keptUntil = now.plus(KEPT);
    }
    return answer;
  }

  private Response check() {
    var results = new LinkedHashMap<String, Object>();
    var reasons = new LinkedHashMap<String, Object>();
    var good = true;
    for (var check : checks) {
      boolean holds = holds(check);
      results.put(check.name(), holds);
      good &= holds || check.weight() == Weight.TOLD;
      var reason = holds ? "" : check.reason().get();
      if (!reason.isEmpty()) {
        reasons.put(check.name(), reason);
      }
    }
    return report(good ? 200 : 503, good ? "ready" : "not ready", results, reasons);
  }

  private static boolean holds(Check check) {
    try {
      return check.holds().getAsBoolean();
    } catch (RuntimeException _) {
      return false; // a check that can't be made does not hold
    }
  }

  private static Response report(
      int status, String word, Map<String, Object> results, Map<String, Object> reasons) {
    var members = new LinkedHashMap<String, Object>();
    members.put("status", word);
    members.put("checks", results);
    if (!reasons.isEmpty()) {
      members.put("reasons", reasons);
    }
    return Response.of(status, MEDIA_TYPE, JsonOut.bytes(members));
  }
}
