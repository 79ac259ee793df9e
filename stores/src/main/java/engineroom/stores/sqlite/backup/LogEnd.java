package engineroom.stores.sqlite.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Finds in a database's change log the last change of a moment, and cuts the log behind it.
final class LogEnd {
  /// How much later than it began a change may be numbered: the longest time of a request.
  private static final Duration SKEW = Duration.ofHours(1);

  private static final String FROM_THE_END =
      "SELECT sequence, time FROM \"_engineroom_change\" ORDER BY sequence DESC";
  private static final String SAME_OPERATION =
      """
      SELECT EXISTS (SELECT 1 FROM "_engineroom_change" a JOIN "_engineroom_change" b
        ON b.request_id = a.request_id AND b.time = a.time
        WHERE a.sequence = ? AND b.sequence = a.sequence + 1)""";

  private final Connection connection;

  LogEnd(Connection connection) {
    this.connection = connection;
  }

  /// The number of the last change of a moment; refuses one that the log does not reach to.
  long of(Moment moment) throws SQLException {
    var last = Snapshot.sequence(connection);
    var found =
        switch (moment) {
          case Moment.At(var time) -> before(time, last);
          case Moment.Number(var sequence) -> whole(sequence, last);
        };
    complete(found, last);
    return found;
  }

  /// The change before the first that began after a time. Changes are numbered as they end, so
  /// those of about the same time may stand in another order.
  private long before(Instant time, long last) throws SQLException {
    var found = last;
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(FROM_THE_END)) {
      while (rows.next()) {
        var began = Instant.parse(rows.getString(2));
        if (began.isAfter(time)) {
          found = rows.getLong(1) - 1;
        } else if (began.isBefore(time.minus(SKEW))) {
          break;
        }
      }
    }
    return found;
  }

  private long whole(long sequence, long last) throws SQLException {
    if (sequence > last) {
      throw new BackupRefused(
          "There is no change " + sequence + ": the last one is " + last + ".",
          "Give a number up to " + last + ".");
    }
    var found = sequence;
    try (var statement = connection.prepareStatement(SAME_OPERATION)) {
      while (found > 0 && found < last && followed(statement, found)) {
        found++;
      }
    }
    return found;
  }

  private static boolean followed(PreparedStatement statement, long sequence) throws SQLException {
    statement.setLong(1, sequence);
    try (var rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /// Refuses a log that has lost what is to be undone.
  private void complete(long after, long last) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "SELECT count(*), ifnull(min(sequence), 0) FROM \"_engineroom_change\""
                + " WHERE sequence > ?")) {
      statement.setLong(1, after);
      try (var rows = statement.executeQuery()) {
        rows.next();
        if (rows.getLong(1) != last - after) {
          throw new BackupRefused(
              "The change log has a gap: of the changes %d to %d it keeps %d%s."
                  .formatted(
                      after + 1,
                      last,
                      rows.getLong(1),
                      rows.getLong(1) == 0 ? "" : ", the first is " + rows.getLong(2)),
              "Restore the whole backup that is nearest to the moment.");
        }
      }
    }
  }

  /// What was deleted after the change is back among the rows; what came back after it is in the
  /// trash again.
  private void trash(long sequence) throws SQLException {
    var later = "(SELECT number FROM \"_engineroom_trash\" WHERE sequence > " + sequence + ")";
    for (var table : List.of("_engineroom_trash_row", "_engineroom_trash")) {
      Snapshot.run(connection, "DELETE FROM \"" + table + "\" WHERE number IN " + later);
    }
    Snapshot.run(
        connection,
        "UPDATE \"_engineroom_trash\" SET restored = NULL WHERE restored > " + sequence);
  }

  /// Forgets what came after a change: the log, and answers kept for requests that may have come
  /// later.
  void cut(long sequence) throws SQLException {
    Snapshot.run(connection, "DELETE FROM \"_engineroom_change\" WHERE sequence > " + sequence);
    Snapshot.run(
        connection,
        "UPDATE sqlite_sequence SET seq = %d WHERE name = '_engineroom_change'"
            .formatted(sequence));
    Snapshot.run(connection, "DELETE FROM \"_engineroom_answer\"");
    trash(sequence);
  }
}
