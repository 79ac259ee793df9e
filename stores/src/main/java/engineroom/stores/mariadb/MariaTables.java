package engineroom.stores.mariadb;

import engineroom.stores.session.OwnRows;
import java.util.List;

/// The program's own tables: counters, answers kept for requests that are sent again, and what the
/// trash and the change log need.
final class MariaTables {
  private static final String TEXT = "VARCHAR(190) NOT NULL";
  private static final List<String> CREATE =
      List.of(
          """
          "_engineroom_change" (
            sequence BIGINT PRIMARY KEY, entity #text, row_id LONGTEXT NOT NULL, kind #text,
            "before" LONGTEXT NOT NULL, "after" LONGTEXT NOT NULL, caller LONGTEXT NOT NULL,
            request_id LONGTEXT NOT NULL, time #text)""",
          """
          "_engineroom_log" (one BIGINT PRIMARY KEY, last BIGINT NOT NULL)""",
          """
          "_engineroom_sequence" (
            entity VARCHAR(100), field VARCHAR(100), scope VARCHAR(500), last BIGINT NOT NULL,
            PRIMARY KEY (entity, field, scope))""",
          """
          "_engineroom_answer" (
            "key" VARCHAR(700) PRIMARY KEY, request LONGBLOB NOT NULL, answer LONGBLOB NOT NULL,
            until BIGINT NOT NULL, INDEX (until))""",
          """
          "_engineroom_trash" (
            number BIGINT AUTO_INCREMENT PRIMARY KEY, entity #text, row_id LONGTEXT NOT NULL,
            until BIGINT NOT NULL, sequence BIGINT NOT NULL, restored BIGINT,
            caller LONGTEXT NOT NULL, request_id LONGTEXT NOT NULL, time #text,
            went LONGTEXT NOT NULL, cleared LONGTEXT NOT NULL, "row" LONGTEXT NOT NULL,
            INDEX (entity, number), INDEX (entity, row_id(190), number), INDEX (until))""",
          """
          "_engineroom_trash_row" (
            number BIGINT, place BIGINT, entity #text, "row" LONGTEXT NOT NULL,
            PRIMARY KEY (number, place))""");
  private static final String FIRST =
      "INSERT IGNORE INTO \"_engineroom_log\" (one, last) VALUES (1, 0)";
  private static final String ADD =
      """
      INSERT INTO "_engineroom_sequence" (entity, field, scope, last) VALUES (?, ?, ?, ?)
      ON DUPLICATE KEY UPDATE last = GREATEST(last""";
  private static final String NEXT = ADD + " + 1, VALUES(last))";
  private static final String PASSED = ADD + ", VALUES(last))";

  /// Each answer that comes takes two along whose time is over, so that the table can't grow for
  /// ever and no request pays for a day's.
  private static final String FORGET =
      "DELETE FROM \"_engineroom_answer\" WHERE until <= ? ORDER BY until LIMIT 2";

  private static final String KEEP =
      """
      INSERT INTO "_engineroom_answer" ("key", request, answer, until) VALUES (?, ?, ?, ?)
      ON DUPLICATE KEY UPDATE request = VALUES(request), answer = VALUES(answer),
        until = VALUES(until)""";

  static final OwnRows.Words WORDS = new OwnRows.Words(NEXT, PASSED, FORGET, KEEP);

  private MariaTables() {}

  static void create(MariaConnection connection) {
    var options = connection.dialect().brand().options();
    for (var table : CREATE) {
      var columns = table.replace("#text", TEXT);
      connection.execute("CREATE TABLE IF NOT EXISTS " + columns + " " + options);
    }
    connection.execute(FIRST);
  }
}
