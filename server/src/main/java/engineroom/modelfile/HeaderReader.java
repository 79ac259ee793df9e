package engineroom.modelfile;

import com.google.re2j.Pattern;
import engineroom.modelfile.Settings.BackupTimes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what stands in `engineroom.yaml` besides entities.
final class HeaderReader {
  private static final List<String> STORES = List.of("sqlite");
  private static final List<String> LATER_STORES =
      List.of("postgres", "mariadb", "mysql", "mongodb", "cassandra");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?\\}");
  private static final Pattern ORIGIN = Pattern.compile("^https?://[a-z0-9.:\\[\\]-]+$");

  static final Pattern LENGTH = Pattern.compile("^([0-9]{1,6})([mhd])$");

  private final Section top;
  private final Map<String, String> environment;
  private final Mistakes mistakes;

  HeaderReader(Section top, Map<String, String> environment, Mistakes mistakes) {
    this.top = top;
    this.environment = environment;
    this.mistakes = mistakes;
    version();
  }

  private void version() {
    var version = top.text("engineroom");
    if (version == null && !top.has("engineroom")) {
      mistakes.add(top.place(), "The version of the language is missing.", "Write engineroom: 1.");
    } else if (version != null && !version.equals("1")) {
      mistakes.add(
          top.place("engineroom"),
          "The language has no version " + version + ".",
          "Write engineroom: 1.");
    }
  }

  String name() {
    var name = top.text("name");
    if (name == null && !top.has("name")) {
      mistakes.add(top.place(), "The app has no name.", "Write name: …");
    }
    return name == null ? "" : name;
  }

  String store() {
    var written = top.text("store");
    var store = filled(written == null ? "sqlite:data/app.db" : written);
    int colon = store.indexOf(':');
    var kind = colon < 0 ? store : store.substring(0, colon);
    if (LATER_STORES.contains(kind)) {
      mistakes.add(
          top.place("store"),
          "The store " + kind + " comes with a later version.",
          "Write store: sqlite:data/app.db.");
    } else if (!STORES.contains(kind)) {
      mistakes.unknown(top.place("store"), "There is no store " + kind + ".", kind, STORES);
    } else if (colon < 0 || store.substring(colon + 1).isBlank()) {
      mistakes.add(
          top.place("store"), "The store says no file.", "Write store: sqlite:data/app.db.");
    }
    return store;
  }

  private String filled(String text) {
    var matcher = VARIABLE.matcher(text);
    var filled = new StringBuilder();
    int at = 0;
    while (matcher.find()) {
      filled.append(text, at, matcher.start());
      at = matcher.end();
      var otherwise = matcher.group(2);
      var value = environment.getOrDefault(matcher.group(1), otherwise == null ? "" : otherwise);
      if (value.isEmpty()) {
        mistakes.add(
            top.place("store"),
            "The variable " + matcher.group(1) + " is not set.",
            "Set it, or write ${" + matcher.group(1) + ":default}.");
      }
      filled.append(value);
    }
    return filled.append(text.substring(at)).toString();
  }

  /// The roles, each with all that it includes.
  Map<String, Set<String>> roles() {
    var direct = new LinkedHashMap<String, List<Part.Scalar>>();
    top.find("roles")
        .map(part -> Section.mapping("roles", part, mistakes))
        .ifPresent(
            roles ->
                roles.entries().values().forEach(entry -> direct.put(entry.key(), role(entry))));
    direct.forEach((role, included) -> included.forEach(one -> known(role, one, direct.keySet())));
    var all = new LinkedHashMap<String, Set<String>>();
    direct.keySet().forEach(role -> all.put(role, included(role, direct, new LinkedHashSet<>())));
    direct.forEach((role, included) -> included.forEach(one -> circle(role, one, all)));
    return all;
  }

  private void circle(String role, Part.Scalar included, Map<String, Set<String>> all) {
    var back = all.getOrDefault(included.text(), Set.of());
    if (!included.text().equals(role) && back.contains(role)) {
      mistakes.add(
          included.place(),
          "The roles " + role + " and " + included.text() + " include each other.",
          "Let only one include the other.");
    }
  }

  private List<Part.Scalar> role(Part.Entry entry) {
    if (!Words.NAME.matcher(entry.key()).matches()) {
      mistakes.add(
          entry.place(),
          entry.key() + " can't be the name of a role.",
          "Begin with a small letter; letters and digits follow.");
    }
    return Section.of(
            "The role " + entry.key(), entry.value(), Options.names(Options.ROLE), mistakes)
        .texts("includes");
  }

  private void known(String role, Part.Scalar included, Set<String> roles) {
    if (included.text().equals(role)) {
      mistakes.add(included.place(), "The role " + role + " includes itself.", "Leave it out.");
    } else if (!roles.contains(included.text())) {
      mistakes.unknown(
          included.place(), "There is no role " + included.text() + ".", included.text(), roles);
    }
  }

  private static Set<String> included(
      String role, Map<String, List<Part.Scalar>> direct, Set<String> all) {
    if (all.add(role)) {
      direct.getOrDefault(role, List.of()).forEach(one -> included(one.text(), direct, all));
    }
    return all;
  }

  Settings settings() {
    var part = top.find("settings");
    if (part.isEmpty()) {
      return Settings.defaults();
    }
    var section = Section.of("settings", part.get(), Options.names(Options.SETTINGS), mistakes);
    var guard = new GuardReader(section, mistakes);
    return new Settings(
        origins(section),
        limits(section),
        backups(section),
        guard.rates(),
        guard.proxies(),
        guard.audit());
  }

  private Set<String> origins(Section settings) {
    var origins = new LinkedHashSet<String>();
    settings
        .find("cors")
        .map(part -> Section.of("settings.cors", part, Options.names(Options.CORS), mistakes))
        .ifPresent(
            cors -> {
              for (var origin : cors.texts("origins")) {
                if (ORIGIN.matcher(origin.text()).matches()) {
                  origins.add(origin.text());
                } else {
                  mistakes.add(
                      origin.place(),
                      origin.text() + " is no origin.",
                      "Write scheme and host as a browser sends them: https://shop.example.");
                }
              }
            });
    return origins;
  }

  private Settings.Limits limits(Section settings) {
    var usual = Settings.defaults().limits();
    var part = settings.find("limits");
    if (part.isEmpty()) {
      return usual;
    }
    var section =
        Section.of("settings.limits", part.get(), Options.names(Options.LIMITS), mistakes);
    try {
      return new Settings.Limits(
          or(section, "bodyBytes", usual.bodyBytes()),
          or(section, "importBytes", usual.importBytes()),
          or(section, "pageRows", usual.pageRows()),
          or(section, "filterNodes", usual.filterNodes()),
          or(section, "filterDepth", usual.filterDepth()),
          or(section, "sortKeys", usual.sortKeys()),
          or(section, "expandDepth", usual.expandDepth()),
          or(section, "expandPaths", usual.expandPaths()),
          Duration.ofSeconds(or(section, "requestSeconds", (int) usual.request().toSeconds())));
    } catch (IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage());
      var key = message.substring(0, message.indexOf(' '));
      mistakes.add(section.place(key), "settings.limits: " + message + ".", null);
      return usual;
    }
  }

  private static int or(Section section, String key, int usual) {
    var value = section.count(key);
    return value == null ? usual : value;
  }

  /// The times; null for `off`.
  private @Nullable BackupTimes backups(Section settings) {
    var part = settings.find("backups").orElse(null);
    if (part == null) {
      return BackupTimes.defaults();
    }
    if (part instanceof Part.Scalar(var word, _, _, _)
        && (word.equals("off") || word.equals("false"))) {
      return null;
    }
    if (part instanceof Part.Scalar scalar) {
      mistakes.add(
          scalar.place(),
          "settings.backups can't be " + scalar.text() + ".",
          "Write off, or { every: 1d, at: \"03:00\", keep: 7 }.");
      return null;
    }
    var section = Section.of("settings.backups", part, Options.names(Options.BACKUPS), mistakes);
    return new BackupTimes(every(section), at(section), keep(section));
  }

  private Duration every(Section section) {
    var usual = BackupTimes.defaults().every();
    var text = section.text("every");
    if (text == null) {
      return usual;
    }
    var every = length(text);
    if (every == null) {
      mistakes.add(
          section.place("every"),
          "settings.backups: every can't be " + text + ".",
          "Write minutes, hours or days: 30m, 6h, 1d.");
      return usual;
    }
    if (every.compareTo(BackupTimes.EVERY_MIN) < 0 || every.compareTo(BackupTimes.EVERY_MAX) > 0) {
      mistakes.add(section.place("every"), "settings.backups: every must be 1m to 366d.", null);
      return usual;
    }
    return every;
  }

  /// The length that `30m`, `6h` or `1d` says; null where a text says none.
  static @Nullable Duration length(String text) {
    var length = LENGTH.matcher(text);
    return length.matches() ? length(Long.parseLong(length.group(1)), length.group(2)) : null;
  }

  private static Duration length(long count, String unit) {
    return switch (unit) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count); // the pattern has no other unit than d
    };
  }

  private LocalTime at(Section section) {
    var usual = BackupTimes.defaults().at();
    var text = section.text("at");
    if (text == null) {
      return usual;
    }
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException _) {
      mistakes.add(
          section.place("at"),
          "settings.backups: at can't be " + text + ".",
          "Write a time of day in UTC, in quotes: \"03:00\".");
      return usual;
    }
  }

  private int keep(Section section) {
    var usual = BackupTimes.defaults().keep();
    var keep = section.count("keep");
    if (keep == null) {
      return usual;
    }
    if (keep < 1 || keep > BackupTimes.KEEP_MAX) {
      mistakes.add(
          section.place("keep"),
          "settings.backups: keep must be 1 to " + BackupTimes.KEEP_MAX + ".",
          "Write backups: off to have none made.");
      return usual;
    }
    return keep;
  }
}
