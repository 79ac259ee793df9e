package engineroom.stores;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the address of a database says of the servers that copy it:
/// `?replicas=db2.example,db3.example:5433&staleness=2s`.
record Standbys(String host, int port) {
  static final String REPLICAS = "replicas";
  static final String STALENESS = "staleness";

  /// How many there may be.
  static final int MAX = 8;

  static final Duration STALENESS_MIN = Duration.ofMillis(500);

  /// Within it every client can know by itself whether it has written: see `Engineroom-After`.
  static final Duration STALENESS_MAX = Duration.ofSeconds(10);

  private static final Pattern PLACE =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^:@/?#\\[\\],\\s]+)(?::([0-9]{1,5}))?");
  private static final Pattern TIME = Pattern.compile("([0-9]{1,5})(ms|s)");

  /// Refuses what can't be meant.
  static void check(Map<String, String> options) {
    var some = of(options, 1);
    var staleness = staleness(options);
    if (some.isEmpty() && staleness.isPresent()) {
      throw new BadAddress(
          "The store says how stale reads may be, and no replicas.",
          "Write ?replicas=host:port&staleness=… or leave staleness out.");
    }
  }

  /// The servers, in the order written.
  ///
  /// @param port of those that say none
  static List<Standbys> of(Map<String, String> options, int port) {
    var written = options.getOrDefault(REPLICAS, "");
    if (written.isEmpty()) {
      return List.of();
    }
    var all = Stream.of(written.split(",", -1)).map(place -> place(place, port)).toList();
    if (all.size() > MAX) {
      throw refused();
    }
    return all;
  }

  private static Standbys place(String written, int usual) {
    var place = PLACE.matcher(written);
    if (!place.matches()) {
      throw refused();
    }
    var port = place.group(2) == null ? usual : Integer.parseInt(place.group(2));
    if (port < 1 || port > 65_535) {
      throw refused();
    }
    return new Standbys(place.group(1).replace("[", "").replace("]", ""), port);
  }

  private static BadAddress refused() {
    return new BadAddress(
        "The store's replicas must be 1 to " + MAX + " servers, each as host or host:port.",
        "Write ?replicas=db2.example,db3.example:5433. User, password and database are the same.");
  }

  static Optional<Duration> staleness(Map<String, String> options) {
    var written = options.get(STALENESS);
    if (written == null) {
      return Optional.empty();
    }
    var time = TIME.matcher(written);
    var read = time.matches() ? read(time.group(1), time.group(2)) : Duration.ZERO;
    if (read.compareTo(STALENESS_MIN) < 0 || read.compareTo(STALENESS_MAX) > 0) {
      throw new BadAddress(
          "The store's staleness must be 500ms to 10s.",
          "Write ?staleness=2s, or leave it out: who does not say what they wrote then reads from"
              + " the primary alone.");
    }
    return Optional.of(read);
  }

  private static Duration read(String number, String unit) {
    var whole = Long.parseLong(number);
    return unit.equals("s") ? Duration.ofSeconds(whole) : Duration.ofMillis(whole);
  }

  /// The options that concern one server alone.
  static Map<String, String> without(Map<String, String> options) {
    var others = new LinkedHashMap<>(options);
    others.remove(REPLICAS);
    others.remove(STALENESS);
    return others;
  }
}
