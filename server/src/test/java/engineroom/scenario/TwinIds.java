package engineroom.scenario;

import engineroom.testkit.Scenario;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Which ids two shops gave to the same rows. They count alike, but PostgreSQL does refused work
/// again, and what draws ids within a transaction draws others then.
final class TwinIds {
  /// Those that a shop makes: the rows that are there at first have ids of their own.
  private static final Pattern ID =
      Pattern.compile("(?!01980000-)[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Map<String, String> second = new HashMap<>();
  private final Map<String, String> first = new HashMap<>();

  /// Learns the ids of rows that both have made just now, from two texts that differ in nothing
  /// else.
  void learn(String ofFirst, String ofSecond) {
    if (!ID.matcher(ofFirst).replaceAll("id").equals(ID.matcher(ofSecond).replaceAll("id"))) {
      return;
    }
    var ours = all(ofFirst);
    var theirs = all(ofSecond);
    for (int i = 0; i < ours.size(); i++) {
      if (!second.containsKey(ours.get(i)) && !first.containsKey(theirs.get(i))) {
        second.put(ours.get(i), theirs.get(i));
        first.put(theirs.get(i), ours.get(i));
      }
    }
  }

  private static List<String> all(String text) {
    return ID.matcher(text).results().map(MatchResult::group).toList();
  }

  /// A text with the ids of the second.
  String ofSecond(String text) {
    return ID.matcher(text).replaceAll(id -> second.getOrDefault(id.group(), id.group()));
  }

  /// A text with the ids of the first.
  String ofFirst(String text) {
    return ID.matcher(text).replaceAll(id -> first.getOrDefault(id.group(), id.group()));
  }

  /// A request of the first, as the second has to be asked.
  Scenario.Request ofSecond(Scenario.Request request) {
    var headers = new LinkedHashMap<String, String>();
    request.headers().forEach((name, value) -> headers.put(name, ofSecond(value)));
    return new Scenario.Request(
        request.caller(),
        request.method(),
        ofSecond(request.path()),
        headers,
        ofSecond(request.body()));
  }
}
