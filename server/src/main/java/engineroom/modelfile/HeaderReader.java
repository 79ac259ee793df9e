package engineroom.modelfile;

import com.google.re2j.Pattern;
import engineroom.mail.MailSettings;
import engineroom.modelfile.Settings.BackupTimes;
import engineroom.stores.BadAddress;
import engineroom.stores.StoreAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what stands in `engineroom.yaml` besides entities.
final class HeaderReader {
  private static final List<String> LATER_STORES = List.of("mongodb", "cassandra");

  /// Letters of a kind of store that are told; what is longer may be a password.
  private static final int KIND_MAX = 12;

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
    var store =
        written == null
            ? "sqlite:data/app.db"
            : new Variables(environment, mistakes)
                .filled(written, top.place("store"), Variables.Empty.REFUSED);
    int colon = store.indexOf(':');
    var kind = colon < 0 ? store : store.substring(0, colon);
    if (LATER_STORES.contains(kind)) {
      mistakes.add(
          top.place("store"),
          "The store " + kind + " comes with a later version.",
          "Write store: sqlite:data/app.db.");
    } else if (!StoreAddress.knows(kind)) {
      var shown = kind.length() > KIND_MAX ? "like this" : kind;
      mistakes.unknown(
          top.place("store"), "There is no store " + shown + ".", kind, StoreAddress.KINDS);
    } else {
      check(store);
    }
    return store;
  }

  private void check(String store) {
    try {
      var _ = StoreAddress.parse(store);
    } catch (BadAddress e) {
      mistakes.add(top.place("store"), e.what(), e.wayOut());
    }
  }

  /// @param folder of the app
  /// @param app its name
  /// @param roles each with all that it includes
  Settings settings(Path folder, String app, Map<String, Set<String>> roles) {
    var accounts =
        top.find("accounts")
            .map(part -> new AccountsReader(folder, part, app, mistakes).read())
            .orElseGet(() -> AccountSettings.defaults(app));
    var part = top.find("settings");
    if (part.isEmpty()) {
      return Settings.defaults(accounts);
    }
    var section = Section.of("settings", part.get(), Options.names(Options.SETTINGS), mistakes);
    var mail =
        section
            .find("mail")
            .map(written -> MailReader.read(written, environment, mistakes))
            .orElse(MailSettings.defaults());
    var guard =
        new GuardReader(section, mistakes, new GraphQlReader(folder, roles, mistakes)).read();
    return new Settings(origins(section), limits(section), backups(section), mail, accounts, guard);
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
          or(section, "streamBytes", usual.streamBytes()),
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
