package engineroom.generate;

import java.text.Normalizer;
import java.util.Locale;

/// The name of an app, as packages of clients have it.
public final class ClientName {
  private ClientName() {}

  /// In small letters with hyphens, as npm and Maven take it: `corner-shop-client`.
  public static String of(String app) {
    var plain = Normalizer.normalize(app, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    var words = plain.replaceAll("\\p{M}", "").replaceAll("[^a-z0-9]+", "-");
    var kept = words.replaceAll("^-|-$", "");
    return (kept.isEmpty() ? "app" : kept) + "-client";
  }
}
