package engineroom.bench;

import engineroom.bench.LoadClient.Load;
import engineroom.bench.LoadClient.Measure;
import engineroom.bench.LoadClient.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// Two servers under the same load in turns.
record Pair(LoadClient real, LoadClient limit) {
  private static final int SETTLERS = 16;

  static final String HEAD =
      "%-22s %4s | %8s %8s %8s %8s | %8s %8s %8s %8s | %6s %6s"
          .formatted(
              "workload",
              "c",
              "real/s",
              "µs CPU",
              "p50 ms",
              "p99 ms",
              "limit/s",
              "µs CPU",
              "p50 ms",
              "p99 ms",
              "CPU %",
              "rate %");

  String run(Workload ofReal, Workload ofLimit, int connections, Duration time)
      throws IOException, InterruptedException {
    real.settle(ofReal, Math.max(SETTLERS, connections)); // one client would take minutes
    limit.settle(ofLimit, Math.max(SETTLERS, connections));
    var load = new Load(connections, Duration.ofMillis(500), time);
    var realFirst = real.run(ofReal, load);
    var limitFirst = limit.run(ofLimit, load);
    var limitThen = limit.run(ofLimit, load);
    var realThen = real.run(ofReal, load);
    return line(mean(realFirst, realThen), mean(limitFirst, limitThen));
  }

  static Measure mean(Measure a, Measure b) {
    return new Measure(
        a.workload(),
        a.connections(),
        a.requests() + b.requests(),
        (a.perSecond() + b.perSecond()) / 2,
        (a.cpuMicros() + b.cpuMicros()) / 2,
        (a.p50Millis() + b.p50Millis()) / 2,
        (a.p99Millis() + b.p99Millis()) / 2);
  }

  private static String line(Measure real, Measure limit) {
    return "%-22s %4d | %8.0f %8.1f %8.2f %8.2f | %8.0f %8.1f %8.2f %8.2f | %6.0f %6.0f"
        .formatted(
            real.workload(),
            real.connections(),
            real.perSecond(),
            real.cpuMicros(),
            real.p50Millis(),
            real.p99Millis(),
            limit.perSecond(),
            limit.cpuMicros(),
            limit.p50Millis(),
            limit.p99Millis(),
            100 * limit.cpuMicros() / real.cpuMicros(),
            100 * real.perSecond() / limit.perSecond());
  }

  /// Both must do the same work; only the sealed cursor can't be made by hand.
  static void alike(String path, byte[] real, byte[] limit) {
    var first = text(real);
    var second = text(limit);
    if (!first.equals(second)) {
      int at = Arrays.mismatch(first.toCharArray(), second.toCharArray());
      throw new IllegalStateException(
          "%s is answered differently:%n%s%n%s"
              .formatted(path, around(first, at), around(second, at)));
    }
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8)
        .replaceFirst("\"page\":\\{\"next\":\"[^\"]+\"", "\"page\":{\"next\":\"…\"");
  }
}
