package engineroom.stores.session;

import engineroom.outcome.KeptAnswer;
import engineroom.store.Transaction.Counter;
import engineroom.stores.migrate.SqlSession;
import java.time.Instant;
import java.util.Optional;

/// Counters, and answers kept for requests that are sent again, as one transaction of a connection
/// sees them.
public record OwnRows(SqlSession session, Words words) {
  private static final String LAST =
      """
      SELECT last FROM "_engineroom_sequence" WHERE entity = ? AND field = ? AND scope = ?""";
  private static final String FIND =
      """
      SELECT request, answer, until FROM "_engineroom_answer" WHERE "key" = ? AND until > ?""";

  /// What databases say differently.
  ///
  /// @param next counts up, or begins with a number; may give what it comes to
  /// @param passed counts on behind a number
  /// @param forget takes away a few answers whose time is over: so the table can't grow for ever,
  ///   and no request pays for a day's
  /// @param keep keeps an answer
  public record Words(String next, String passed, String forget, String keep) {}

  long next(Counter counter, long start) {
    try (var rows =
        session.rows(words.next(), counter.entity(), counter.field(), counter.scope(), start)) {
      if (rows.next()) {
        return rows.number(0);
      }
    }
    try (var rows = session.rows(LAST, counter.entity(), counter.field(), counter.scope())) {
      rows.next();
      return rows.number(0);
    }
  }

  void passed(Counter counter, long number) {
    run(words.passed(), counter.entity(), counter.field(), counter.scope(), number);
  }

  private void run(String sql, Object... values) {
    session.rows(sql, values).close();
  }

  Optional<KeptAnswer> find(String key, Instant now) {
    try (var rows = session.rows(FIND, key, now.toEpochMilli())) {
      return rows.next()
          ? Optional.of(
              new KeptAnswer(
                  key, rows.bytes(0), rows.bytes(1), Instant.ofEpochMilli(rows.number(2))))
          : Optional.empty();
    }
  }

  void keep(KeptAnswer answer, Instant now) {
    run(words.forget(), now.toEpochMilli());
    run(
        words.keep(),
        answer.key(),
        answer.request(),
        answer.answer(),
        answer.until().toEpochMilli());
  }
}
