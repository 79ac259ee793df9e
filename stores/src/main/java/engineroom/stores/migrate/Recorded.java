package engineroom.stores.migrate;

import static engineroom.problem.ProblemException.problem;

import engineroom.migrate.Layout;
import engineroom.migrate.Step;
import engineroom.model.Model;
import engineroom.problem.StoreProblem.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the database recorded about itself: a row for each migration, with what it did and the
/// layout that it left.
///
/// @param number of the last migration; 0 before the first
/// @param former whether the layout comes from a record of the first versions
public record Recorded(long number, Layout layout, boolean former) {
  /// The kind of records that this program writes and understands.
  private static final long FORMAT = 1;

  private static final String LAST =
      """
      SELECT id, format, layout FROM "_engineroom_migration" ORDER BY id DESC LIMIT 1""";
  private static final String NEWEST =
      "SELECT layout FROM \"_engineroom_migration\" WHERE format <= 1 ORDER BY id DESC LIMIT 20";
  private static final String ADD =
      """
      INSERT INTO "_engineroom_migration" (format, time, steps, layout) VALUES (?, ?, ?, ?)""";
  private static final String FORMER =
      "SELECT entity, part, definition FROM \"_engineroom_model\" ORDER BY id";
  private static final String FORGET_FORMER = "DROP TABLE IF EXISTS \"_engineroom_model\"";

  /// What is recorded now.
  ///
  /// @param model that tells what the first versions did not record
  public static Recorded read(Ground ground, Model model) {
    var connection = ground.session();
    if (ground.has("_engineroom_migration")) {
      try (var rows = connection.rows(LAST)) {
        if (rows.next()) {
          understood(rows.number(1));
          return new Recorded(rows.number(0), LayoutJson.parse(rows.text(2)), false);
        }
      }
    }
    var parts = ground.has("_engineroom_model") ? former(connection) : noParts();
    return parts.isEmpty()
        ? new Recorded(0, Layout.EMPTY, false)
        : new Recorded(0, new FormerRecord(model, connection.dialect()).layout(parts), true);
  }

  private static Map<String, Map<String, String>> noParts() {
    return Map.of();
  }

  private static void understood(long format) {
    if (format > FORMAT) {
      throw problem(
          new Unavailable(
              "The database was migrated by a newer Engineroom.",
              "Start it with that version, or restore the backup that was made before."));
    }
  }

  private static Map<String, Map<String, String>> former(SqlSession connection) {
    var entities = new LinkedHashMap<String, Map<String, String>>();
    try (var rows = connection.rows(FORMER)) {
      while (rows.next()) {
        entities
            .computeIfAbsent(rows.text(0), _ -> new LinkedHashMap<>())
            .put(rows.text(1), rows.text(2));
      }
    }
    return entities;
  }

  /// The number of the last migration that was completed.
  public static long last(SqlSession connection) {
    try (var rows = connection.rows(LAST)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  /// The layouts that the last migrations left, the newest first.
  public static List<Layout> newest(SqlSession connection) {
    var layouts = new ArrayList<Layout>();
    try (var rows = connection.rows(NEWEST)) {
      while (rows.next()) {
        layouts.add(LayoutJson.parse(rows.text(0)));
      }
    }
    return layouts;
  }

  /// Records a migration, within its transaction.
  public static void write(Ground ground, Layout layout, List<Step> steps, Instant time) {
    var connection = ground.session();
    ground.makeRecord();
    var words = steps.stream().map(Step::words).collect(Collectors.joining("\n"));
    try (var added =
        connection.rows(ADD, FORMAT, time.toString(), words, LayoutJson.text(layout))) {
      added.next();
    }
    if (ground.has("_engineroom_model")) {
      connection.execute(FORGET_FORMER);
    }
  }
}
