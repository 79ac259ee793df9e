package engineroom.stores.sqlite;

import engineroom.data.Value;
import engineroom.expression.Numbers;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.MeasureWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.core.Codes;

/// The functions that measures of groups call back: sums and averages that SQLite would round.
final class Totals {
  private static final int SORTABLE_BYTES = 32;

  private Totals() {}

  static void register(Connection connection) throws SQLException {
    Function.create(
        connection, SqliteMeasures.EXACT_SUM, new ExactSum(), 1, Function.FLAG_DETERMINISTIC);
    decimals(
        connection, SqliteMeasures.DECIMAL_SUM, new Decimals(BigDecimal::add, BigDecimal.ZERO));
    decimals(connection, SqliteMeasures.DECIMAL_MIN, new Decimals(BigDecimal::min, null));
    decimals(connection, SqliteMeasures.DECIMAL_MAX, new Decimals(BigDecimal::max, null));
    SqliteFunctions.some(connection, SqliteMeasures.DECIMAL_AVERAGE, 3, Totals::average);
    SqliteFunctions.some(connection, SqliteDialect.ORDERED, 1, c -> ordered(c.text(0)));
  }

  private static void decimals(Connection connection, String name, Decimals decimals)
      throws SQLException {
    Function.create(connection, name, decimals, 1, Function.FLAG_DETERMINISTIC);
  }

  private static String average(Codec.Columns columns) {
    var scale = (int) columns.number(2);
    var sum = BigDecimal.valueOf(columns.number(0), scale);
    return sum.divide(
            BigDecimal.valueOf(columns.number(1)),
            scale + MeasureWriter.MORE_DIGITS,
            RoundingMode.HALF_UP)
        .toPlainString();
  }

  /// The digits as a number of fixed size, the sign turned round: negative before positive.
  private static byte[] ordered(String decimal) {
    var digits = new BigDecimal(decimal).unscaledValue().toByteArray();
    var bytes = new byte[SORTABLE_BYTES];
    if (digits[0] < 0) {
      java.util.Arrays.fill(bytes, (byte) -1);
    }
    System.arraycopy(digits, 0, bytes, bytes.length - digits.length, digits.length);
    bytes[0] ^= Byte.MIN_VALUE;
    return bytes;
  }

  /// Makes one decimal of many. The driver copies it for each group.
  private static final class Decimals extends Function.Aggregate {
    private final BinaryOperator<BigDecimal> join;
    private @Nullable BigDecimal total;

    Decimals(BinaryOperator<BigDecimal> join, @Nullable BigDecimal start) {
      this.join = join;
      this.total = start;
    }

    @Override
    protected void xStep() throws SQLException {
      if (value_type(0) != Codes.SQLITE_NULL) {
        var number = new BigDecimal(value_text(0));
        total = total == null ? number : join.apply(total, number);
      }
    }

    @Override
    protected void xFinal() throws SQLException {
      if (total != null && Numbers.decimal(total) instanceof Value.Decimal(var number)) {
        result(number.toPlainString());
      } else {
        result();
      }
    }
  }

  /// Adds floats exactly. The driver copies it for each group.
  private static final class ExactSum extends Function.Aggregate {
    private @Nullable BigDecimal total;

    @Override
    protected void xStep() throws SQLException {
      if (value_type(0) != Codes.SQLITE_NULL) {
        var number = new BigDecimal(value_double(0));
        total = total == null ? number : total.add(number);
      }
    }

    @Override
    protected void xFinal() throws SQLException {
      var rounded = total == null ? Double.NaN : total.doubleValue();
      if (Double.isFinite(rounded)) {
        result(rounded);
      } else {
        result();
      }
    }
  }
}
