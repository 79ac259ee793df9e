package engineroom.stores.sqlite;

import engineroom.outcome.KeptAnswer;
import java.time.Instant;
import java.util.Optional;

/// The table of answers kept for requests that are sent again.
final class AnswerTable {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_answer" (
        key TEXT NOT NULL PRIMARY KEY,
        request BLOB NOT NULL,
        answer BLOB NOT NULL,
        until INTEGER NOT NULL
      ) STRICT""";
  private static final String INDEX =
      """
      CREATE INDEX IF NOT EXISTS "_engineroom_answer_until" ON "_engineroom_answer" (until)""";
  private static final String FIND =
      """
      SELECT request, answer, until FROM "_engineroom_answer" WHERE key = ? AND until > ?""";

  /// Each answer that comes takes two along whose time is over, so that the table can't grow for
  /// ever and no request pays for a day's.
  private static final String FORGET =
      """
      DELETE FROM "_engineroom_answer" WHERE key IN (
        SELECT key FROM "_engineroom_answer" WHERE until <= ? ORDER BY until LIMIT 2)""";

  private static final String KEEP =
      """
      INSERT OR REPLACE INTO "_engineroom_answer" (key, request, answer, until)
      VALUES (?, ?, ?, ?)""";

  private AnswerTable() {}

  static boolean create(SqliteConnection connection) {
    connection.run(CREATE);
    connection.run(INDEX);
    return true;
  }

  static Optional<KeptAnswer> find(SqliteConnection connection, String key, Instant now) {
    try (var rows = connection.statement(FIND).run(key, now.toEpochMilli())) {
      return rows.next()
          ? Optional.of(
              new KeptAnswer(
                  key, rows.bytes(0), rows.bytes(1), Instant.ofEpochMilli(rows.number(2))))
          : Optional.empty();
    }
  }

  static void keep(SqliteConnection connection, KeptAnswer answer, Instant now) {
    connection.run(FORGET, now.toEpochMilli());
    connection.run(
        KEEP, answer.key(), answer.request(), answer.answer(), answer.until().toEpochMilli());
  }
}
