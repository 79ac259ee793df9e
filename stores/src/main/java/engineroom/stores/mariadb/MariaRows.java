package engineroom.stores.mariadb;

import engineroom.stores.migrate.SqlSession;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows that a statement gives, one at a time. Moments are told as everywhere else, whatever
/// MariaDB's words for them are.
final class MariaRows implements SqlSession.Rows {
  private final PreparedStatement statement;
  private final @Nullable ResultSet rows;
  private final boolean[] moments;
  private final Runnable after;

  MariaRows(PreparedStatement statement, @Nullable ResultSet rows) throws SQLException {
    this(statement, rows, () -> {});
  }

  /// @param after is run when they are closed
  MariaRows(PreparedStatement statement, @Nullable ResultSet rows, Runnable after)
      throws SQLException {
    this.after = after;
    this.statement = statement;
    this.rows = rows;
    this.moments = rows == null ? new boolean[0] : moments(rows);
  }

  private static boolean[] moments(ResultSet rows) throws SQLException {
    var data = rows.getMetaData();
    var moments = new boolean[data.getColumnCount()];
    for (var i = 0; i < moments.length; i++) {
      moments[i] = data.getColumnType(i + 1) == Types.TIMESTAMP;
    }
    return moments;
  }

  /// Something asked of the driver.
  private interface Asked<T extends @Nullable Object> {
    T of(ResultSet rows) throws SQLException;
  }

  private <T extends @Nullable Object> T ask(Asked<T> asked) {
    try {
      return asked.of(Objects.requireNonNull(rows));
    } catch (SQLException e) {
      throw new MariaFailure(e);
    }
  }

  @Override
  public boolean next() {
    return rows != null && ask(ResultSet::next);
  }

  @Override
  public boolean isNull(int column) {
    return ask(all -> all.getString(column + 1) == null);
  }

  @Override
  public long number(int column) {
    return ask(all -> all.getLong(column + 1));
  }

  @Override
  public double real(int column) {
    return ask(all -> all.getDouble(column + 1));
  }

  @Override
  public String text(int column) {
    var text = ask(all -> Objects.requireNonNullElse(all.getString(column + 1), ""));
    return moments[column] ? text.replace(' ', 'T') + "Z" : text;
  }

  @Override
  public byte[] bytes(int column) {
    return ask(all -> Objects.requireNonNullElse(all.getBytes(column + 1), new byte[0]));
  }

  @Override
  public BigDecimal decimal(int column, int scale) {
    var number = ask(all -> all.getBigDecimal(column + 1));
    return Objects.requireNonNull(number).setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public void close() {
    try {
      statement.close();
    } catch (SQLException e) {
      throw new MariaFailure(e);
    } finally {
      after.run();
    }
  }
}
