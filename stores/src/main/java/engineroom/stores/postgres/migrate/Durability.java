package engineroom.stores.postgres.migrate;

import engineroom.stores.migrate.SqlSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether a server keeps what it acknowledged, as its settings tell.
public final class Durability {
  private static final String SETTINGS =
      """
      SELECT name, setting FROM pg_settings
      WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name""";

  private Durability() {}

  /// Where the server promises less than an acknowledged change deserves, as this session has it.
  public static List<String> weaknesses(SqlSession session) {
    var settings = new LinkedHashMap<String, String>();
    try (var rows = session.rows(SETTINGS)) {
      while (rows.next()) {
        settings.put(rows.text(0), rows.text(1));
      }
    }
    return weaknesses(settings);
  }

  static List<String> weaknesses(Map<String, String> settings) {
    return settings.entrySet().stream()
        .filter(setting -> setting.getValue().equals("off"))
        .map(setting -> weakness(setting.getKey()))
        .toList();
  }

  private static String weakness(String setting) {
    return "PostgreSQL runs with "
        + setting
        + " = off: "
        + follows(setting)
        + " Set "
        + setting
        + " = on, in postgresql.conf or for the database and its user, and start again.";
  }

  private static String follows(String setting) {
    return switch (setting) {
      case "synchronous_commit" ->
          "changes that were acknowledged are lost when it stops suddenly.";
      default -> "a machine that stops suddenly loses changes and can leave the database damaged.";
    };
  }
}
