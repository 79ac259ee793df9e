package engineroom.stores.sqlite;

import engineroom.store.Transaction.Counter;

/// The table of the numbers last given. Counters are rows like any others, so what undoes a
/// transaction or a part of one undoes the counting too, and copies of a database go on counting
/// where they were made.
final class SequenceTable {
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_sequence" (
        entity TEXT NOT NULL,
        field TEXT NOT NULL,
        scope TEXT NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (entity, field, scope)
      ) STRICT, WITHOUT ROWID""";
  private static final String NEXT =
      """
      INSERT INTO "_engineroom_sequence" (entity, field, scope, last) VALUES (?, ?, ?, ?)
      ON CONFLICT (entity, field, scope) DO UPDATE SET last = max(last + 1, excluded.last)
      RETURNING last""";
  private static final String PASSED =
      """
      INSERT INTO "_engineroom_sequence" (entity, field, scope, last) VALUES (?, ?, ?, ?)
      ON CONFLICT (entity, field, scope) DO UPDATE SET last = max(last, excluded.last)""";

  private SequenceTable() {}

  static boolean create(SqliteConnection connection) {
    connection.run(CREATE);
    return true;
  }

  static long next(SqliteConnection connection, Counter counter, long start) {
    try (var rows =
        connection.statement(NEXT).run(counter.entity(), counter.field(), counter.scope(), start)) {
      rows.next();
      return rows.number(0);
    }
  }

  static void passed(SqliteConnection connection, Counter counter, long number) {
    connection.run(PASSED, counter.entity(), counter.field(), counter.scope(), number);
  }
}
