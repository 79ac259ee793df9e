package engineroom.stores.mariadb.migrate;

import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.migrate.SqlSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether a server keeps what it acknowledged, as its settings tell.
public final class MariaDurability {
  private static final String LOST =
      "changes that were acknowledged are lost when it stops suddenly.";
  private static final String DAMAGED =
      "a machine that stops suddenly loses changes and can leave the database damaged.";

  private MariaDurability() {}

  /// Where the server promises less than an acknowledged change deserves.
  public static List<String> weaknesses(SqlSession session) {
    var brand = Brand.of(session);
    var settings = new LinkedHashMap<String, String>();
    try (var rows = session.rows(brand.durability())) {
      while (rows.next()) {
        settings.put(rows.text(0), rows.text(1));
      }
    }
    return weaknesses(settings).stream().map(weak -> brand.name() + " " + weak).toList();
  }

  static List<String> weaknesses(Map<String, String> settings) {
    return settings.entrySet().stream()
        .flatMap(setting -> weakness(setting.getKey(), setting.getValue(), settings).stream())
        .toList();
  }

  private static Optional<String> weakness(
      String name, String value, Map<String, String> settings) {
    return switch (name) {
      case "innodb_flush_log_at_trx_commit" -> unless(List.of("1", "3"), name, value, LOST);
      case "innodb_doublewrite" ->
          List.of("off", "detect_only").contains(value) ? told(name, value, "on", DAMAGED) : none();
      case "innodb_flush_method" ->
          List.of("nosync", "littlesync").contains(value)
              ? told(name, value, "o_direct", DAMAGED)
              : none();
      case "sync_binlog" ->
          "on".equals(settings.get("log_bin")) ? unless(List.of("1"), name, value, LOST) : none();
      default -> none();
    };
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static Optional<String> unless(
      List<String> kept, String name, String value, String follows) {
    return kept.contains(value) ? none() : told(name, value, kept.getFirst(), follows);
  }

  private static Optional<String> told(String name, String value, String better, String follows) {
    return Optional.of(
        "runs with %s = %s: %s Set %s = %s in my.cnf, and start it again."
            .formatted(name, value, follows, name, better));
  }
}
