package engineroom.stores.postgres.migrate;

import engineroom.stores.migrate.SqlSession;
import java.math.BigDecimal;

/// The rows of a cursor, fetched some at a time. They are those that were there when it was opened,
/// whatever is written meanwhile.
final class CursorRows implements SqlSession.Rows {
  private static final int SOME = 1000;
  private static final String CURSOR = "engineroom_rows";
  private static final String FETCH = "FETCH " + SOME + " FROM " + CURSOR;

  private final SqlSession session;
  private SqlSession.Rows some;
  private int left = SOME;

  /// @param session within a transaction, with no other cursor open
  CursorRows(SqlSession session, String sql) {
    this.session = session;
    session.execute("DECLARE " + CURSOR + " NO SCROLL CURSOR FOR " + sql);
    this.some = session.rows(FETCH);
  }

  @Override
  public boolean next() {
    if (left == 0) {
      some.close();
      some = session.rows(FETCH);
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
    session.execute("CLOSE " + CURSOR);
  }
}
