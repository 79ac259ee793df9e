package engineroom.stores.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteException;

/// What SQLite answered instead of doing as told.
final class SqliteFailure extends RuntimeException {
  private static final int PRIMARY = 0xff;
  private final int code;

  SqliteFailure(SQLException cause) {
    super(cause.getMessage(), cause);
    this.code = cause instanceof SQLiteException e ? e.getResultCode().code : cause.getErrorCode();
  }

  /// The extended result code.
  int code() {
    return code;
  }

  /// The result code without its details.
  int primary() {
    return code & PRIMARY;
  }
}
