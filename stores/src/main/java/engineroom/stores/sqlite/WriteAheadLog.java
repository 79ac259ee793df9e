package engineroom.stores.sqlite;

/// Keeps the write-ahead log short. What it holds is moved into the file beside the writer, which
/// goes on writing: under steady load the log never is empty, and only an empty one begins again.
/// So once it is long, the writer itself moves the little that came meanwhile.
///
/// A log that grows has its price: space on the disk, memory for pages that nobody reads again, and
/// time at the next start after a crash.
final class WriteAheadLog {
  /// How often is looked.
  static final long LOOK_MILLIS = 100;

  /// What waits in the log before it is moved.
  static final long MOVED_BYTES = 4L << 20;

  /// From this length on, it shall begin again.
  static final long FULL_BYTES = 16L << 20;

  private static final String MOVE = "PRAGMA wal_checkpoint(PASSIVE)";

  /// How often the rest is moved beside the writer, which each time leaves less.
  private static final int TIMES = 3;

  private final SqliteConnection connection;
  private final long pageBytes;

  /// How long the log is, and how much of it is in the file.
  ///
  /// @param pages in the log; -1 where there is no log
  /// @param moved of them
  private record Length(long pages, long moved) {}

  WriteAheadLog(SqliteConnection connection) {
    this.connection = connection;
    this.pageBytes = page(connection);
  }

  private static long page(SqliteConnection connection) {
    try (var rows = connection.statement("PRAGMA page_size").run()) {
      rows.next();
      return rows.number(0);
    }
  }

  /// How many bytes wait to be moved.
  long waiting() {
    var length = run(connection, "PRAGMA wal_checkpoint(NOOP)");
    return (length.pages() - length.moved()) * pageBytes;
  }

  /// Moves what waits, and tells how many bytes the log is long.
  long move() {
    var length = run(connection, MOVE);
    for (int i = 1; i < TIMES && length.pages() * pageBytes > FULL_BYTES; i++) {
      length = run(connection, MOVE);
    }
    return length.pages() * pageBytes;
  }

  /// Moves what waits on the connection that writes: nothing comes meanwhile, and the next write
  /// begins the log again where no reader needs it.
  static boolean finish(SqliteConnection writing) {
    var length = run(writing, MOVE);
    return length.pages() == length.moved();
  }

  private static Length run(SqliteConnection connection, String sql) {
    try (var rows = connection.statement(sql).run()) {
      rows.next();
      return new Length(rows.number(1), rows.number(2));
    }
  }
}
