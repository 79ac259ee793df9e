package engineroom.stores.postgres.migrate;

import engineroom.stores.migrate.SqlSession;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;

/// The rows of a cursor, fetched some at a time. They are those that were there when it was opened,
/// whatever is written meanwhile.
final class CursorRows implements SqlSession.Rows {
  private static final int SOME = 1000;

  /// Each cursor has a name of its own: the driver takes what was fetched by the same words for
  /// rows of the same columns.
  private static final AtomicLong CURSORS = new AtomicLong();

  private final SqlSession session;
  private final String cursor;
  private final String fetch;
  private SqlSession.Rows some;
  private int left = SOME;

  /// @param session within a transaction
  CursorRows(SqlSession session, String sql) {
    this.session = session;
    this.cursor = "engineroom_rows_" + CURSORS.incrementAndGet();
    this.fetch = "FETCH " + SOME + " FROM " + cursor;
    session.execute("DECLARE " + cursor + " NO SCROLL CURSOR FOR " + sql);
    this.some = session.rows(fetch);
  }

  @Override
  public boolean next() {
    if (left == 0) {
      some.close();
      some = session.rows(fetch);
      left = SOME;
    }
    left--;
    return some.next();
  }

  @Override
  public boolean isNull(int column) {
    return some.isNull(column);
  }

  @Override
  public long number(int column) {
    return some.number(column);
  }

  @Override
  public double real(int column) {
    return some.real(column);
  }

  @Override
  public String text(int column) {
    return some.text(column);
  }

  @Override
  public byte[] bytes(int column) {
    return some.bytes(column);
  }

  @Override
  public BigDecimal decimal(int column, int scale) {
    return some.decimal(column, scale);
  }

  @Override
  public void close() {
    some.close();
    session.execute("CLOSE " + cursor);
  }
}
