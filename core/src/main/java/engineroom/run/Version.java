package engineroom.run;

import engineroom.data.JsonText;
import engineroom.model.History;
import engineroom.store.Versions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A version of a row as its caller may see it, in texts of JSON.
///
/// @param kept from when until when it was there, what brought it about, and by whom
/// @param row the fields shown
record Version(Map<String, String> kept, Map<String, String> row) {
  /// What counts the changes and is no change itself.
  private static final Set<String> COUNTERS = Set.of("version", "updatedAt");

  private static final String NOTHING = "null";

  /// Reads what a view of versions gives.
  static Version read(String json) {
    var kept = new LinkedHashMap<String, String>();
    var row = new LinkedHashMap<String, String>();
    JsonMembers.of(json)
        .forEach((name, text) -> (name.startsWith("kept__") ? kept : row).put(name, text));
    return new Version(kept, row);
  }

  long number() {
    return Long.parseLong(row.getOrDefault("version", "0"));
  }

  private String kept(String name) {
    return kept.getOrDefault(name, NOTHING);
  }

  private boolean is(String kind) {
    return kept(History.KIND).equals('"' + kind + '"');
  }

  /// Whether this looks like the version before it, and began where that one ended.
  boolean continues(Version before) {
    return is(Versions.UPDATE)
        && !before.is(Versions.DELETE)
        && before.kept(History.UNTIL).equals(kept(History.FROM))
        && changed(before).isEmpty();
  }

  /// This version, there for as long as a later one that looks the same.
  Version until(Version later) {
    var longer = new LinkedHashMap<>(kept);
    longer.put(History.UNTIL, later.kept(History.UNTIL));
    return new Version(longer, row);
  }

  private List<String> changed(Version before) {
    var changed = new ArrayList<String>();
    row.forEach(
        (name, text) -> {
          if (!COUNTERS.contains(name) && !text.equals(before.row().get(name))) {
            changed.add(name);
          }
        });
    return changed;
  }

  /// What is told of it.
  ///
  /// @param before the version shown before it, or null where there is none
  byte[] json(@Nullable Version before) {
    var out = new StringBuilder("{\"version\":").append(number());
    out.append(",\"from\":").append(kept(History.FROM));
    out.append(",\"until\":").append(kept(History.UNTIL));
    out.append(",\"kind\":").append(kept(History.KIND));
    if (kept.containsKey(History.BY)) {
      out.append(",\"by\":").append(kept(History.BY));
    }
    out.append(",\"changed\":");
    names(out, is(Versions.UPDATE) && before != null ? changed(before) : List.of());
    out.append(",\"row\":");
    if (is(Versions.DELETE)) {
      out.append(NOTHING);
    } else {
      members(out);
    }
    return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void names(StringBuilder out, List<String> names) {
    out.append('[');
    for (var name : names) {
      out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
      JsonText.quote(out, name);
    }
    out.append(']');
  }

  private void members(StringBuilder out) {
    out.append('{');
    row.forEach(
        (name, text) -> {
          out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
          JsonText.quote(out, name);
          out.append(':').append(text);
        });
    out.append('}');
  }
}
