package engineroom.stores.postgres;

import engineroom.data.Times;
import engineroom.stores.migrate.SqlSession;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows that a statement gives, one at a time. Moments are told as everywhere else, whatever
/// PostgreSQL's words for them are.
final class PostgresRows implements SqlSession.Rows {
  private final PreparedStatement statement;
  private final @Nullable ResultSet rows;
  private final boolean[] moments;

  PostgresRows(PreparedStatement statement, @Nullable ResultSet rows) throws SQLException {
    this.statement = statement;
    this.rows = rows;
    this.moments = rows == null ? new boolean[0] : moments(rows);
  }

  private static boolean[] moments(ResultSet rows) throws SQLException {
    var data = rows.getMetaData();
    var moments = new boolean[data.getColumnCount()];
    for (var i = 0; i < moments.length; i++) {
      moments[i] = data.getColumnTypeName(i + 1).toLowerCase(Locale.ROOT).equals("timestamptz");
    }
    return moments;
  }

  /// What the next part of the statement gives, where it has several; these rows are over then.
  PostgresRows further() {
    try {
      return new PostgresRows(
          statement, statement.getMoreResults() ? statement.getResultSet() : null);
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  /// Something asked of the driver.
  private interface Asked<T extends @Nullable Object> {
    T of(ResultSet rows) throws SQLException;
  }

  private <T extends @Nullable Object> T ask(Asked<T> asked) {
    try {
      return asked.of(Objects.requireNonNull(rows));
    } catch (SQLException e) {
      throw new PostgresFailure(e);
    }
  }

  @Override
  public boolean next() {
    return rows != null && ask(ResultSet::next);
  }

  @Override
  public boolean isNull(int column) {
    return ask(
        all -> {
          all.getObject(column + 1);
          return all.wasNull();
        });
  }

  /// Of a boolean 1 or 0.
  @Override
  public long number(int column) {
    return ask(
        all -> {
          var text = all.getString(column + 1);
          return switch (text) {
            case null -> 0L;
            case "t" -> 1L;
            case "f" -> 0L;
            default -> Long.valueOf(text);
          };
        });
  }

  @Override
  public double real(int column) {
    return ask(all -> all.getDouble(column + 1));
  }

  @Override
  public String text(int column) {
    return ask(
        all -> {
          if (moments[column]) {
            var moment = all.getObject(column + 1, OffsetDateTime.class);
            return moment == null ? "" : Times.text(moment.toInstant());
          }
          return Objects.requireNonNullElse(all.getString(column + 1), "");
        });
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
      throw new PostgresFailure(e);
    }
  }
}
