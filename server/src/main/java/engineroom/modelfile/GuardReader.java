package engineroom.modelfile;

import com.google.re2j.Pattern;
import engineroom.http.Proxies;
import engineroom.modelfile.Rates.Rate;
import engineroom.modelfile.Settings.AuditSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads how often somebody may ask, whom to believe where they are, and what is kept of it.
final class GuardReader {
  static final Pattern RATE = Pattern.compile("^([0-9]{1,7})/([0-9]{1,5})([smh])$");
  static final Pattern ROUTE =
      Pattern.compile("^(GET|POST|PUT|PATCH|DELETE|QUERY) /[^?#\\s]{0,200}$");
  private static final String EVER = "ever";

  private final Section settings;
  private final Mistakes mistakes;
  private final GraphQlReader graphQl;

  GuardReader(Section settings, Mistakes mistakes, GraphQlReader graphQl) {
    this.settings = settings;
    this.mistakes = mistakes;
    this.graphQl = graphQl;
  }

  private static boolean off(@Nullable Part part) {
    return part instanceof Part.Scalar(var word, _, _, _)
        && (word.equals("off") || word.equals("false"));
  }

  Settings.Guard read() {
    return new Settings.Guard(rates(), proxies(), audit(), graphQl());
  }

  private Rates rates() {
    var part = settings.find("rates").orElse(null);
    if (part == null) {
      return Rates.defaults();
    }
    if (off(part)) {
      return Rates.off();
    }
    var section = Section.of("settings.rates", part, Options.names(Options.RATES), mistakes);
    var usual = Rates.defaults();
    return new Rates(
        rate(section, "guests", usual.guests()),
        rate(section, "callers", usual.callers()),
        rate(section, "refused", usual.refused()),
        rate(section, "transfers", usual.transfers()),
        rate(section, "credentials", usual.credentials()),
        routes(section));
  }

  private @Nullable Rate rate(Section section, String key, @Nullable Rate usual) {
    var part = section.find(key).orElse(null);
    if (part == null) {
      return usual;
    }
    return off(part) ? null : rate("settings.rates: " + key, part);
  }

  private @Nullable Rate rate(String name, Part part) {
    var text = part instanceof Part.Scalar scalar ? scalar.text() : part.kind();
    var matcher = RATE.matcher(text);
    try {
      if (matcher.matches()) {
        var unit = matcher.group(3);
        long seconds = unit.equals("s") ? 1 : unit.equals("m") ? 60 : 3600;
        var window = Duration.ofSeconds(seconds * Integer.parseInt(matcher.group(2)));
        return new Rate(Integer.parseInt(matcher.group(1)), window);
      }
    } catch (IllegalArgumentException e) {
      mistakes.add(part.place(), name + ": " + e.getMessage() + ".", null);
      return null;
    }
    mistakes.add(
        part.place(),
        name + " can't be " + text + ".",
        "Write how many in how many seconds, minutes or hours: 300/10s. Or off.");
    return null;
  }

  private Map<String, Rate> routes(Section section) {
    var routes = new LinkedHashMap<String, Rate>();
    var part = section.find("routes").orElse(null);
    if (part == null) {
      return routes;
    }
    var entries = Section.mapping("settings.rates.routes", part, mistakes).entries();
    for (var entry : entries.values()) {
      if (!ROUTE.matcher(entry.key()).matches()) {
        mistakes.add(
            entry.place(),
            entry.key() + " is no route.",
            "Write method and path as engineroom routes does: POST /api/orders.");
        continue;
      }
      var rate = rate("settings.rates: " + entry.key(), entry.value());
      if (rate != null) {
        routes.put(entry.key(), rate);
      }
    }
    if (entries.size() > Rates.ROUTES_MAX) {
      mistakes.add(
          part.place(),
          "settings.rates.routes has more than " + Rates.ROUTES_MAX + " routes.",
          null);
    }
    return routes;
  }

  private List<String> proxies() {
    var networks = new ArrayList<String>();
    for (var network : settings.texts("proxies")) {
      try {
        var _ = new Proxies(List.of(network.text()));
        networks.add(network.text());
      } catch (IllegalArgumentException e) {
        mistakes.add(
            network.place(),
            String.valueOf(e.getMessage()),
            "Write addresses without names: 10.0.0.0/8, or 2001:db8::1.");
      }
    }
    return networks;
  }

  private GraphQlSettings graphQl() {
    return settings.find("graphql").map(graphQl::read).orElseGet(GraphQlSettings::defaults);
  }

  private AuditSettings audit() {
    var part = settings.find("audit").orElse(null);
    if (part == null) {
      return AuditSettings.defaults();
    }
    var section = Section.of("settings.audit", part, Options.names(Options.AUDIT), mistakes);
    var rows = section.yes("rows") ? AuditSettings.Rows.ON : AuditSettings.Rows.OFF;
    return new AuditSettings(rows, keep(section));
  }

  /// How long; null for ever.
  private @Nullable Duration keep(Section section) {
    var usual = AuditSettings.defaults().keep();
    var text = section.text("keep");
    if (text == null) {
      return usual;
    }
    if (text.equals(EVER)) {
      return null;
    }
    var keep = HeaderReader.length(text);
    if (keep == null || keep.compareTo(AuditSettings.KEEP_MIN) < 0) {
      mistakes.add(
          section.place("keep"),
          "settings.audit: keep can't be " + text + ".",
          "Write a day or more: 365d. Or ever.");
      return usual;
    }
    return keep;
  }
}
