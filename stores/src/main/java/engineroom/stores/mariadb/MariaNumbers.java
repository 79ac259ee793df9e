package engineroom.stores.mariadb;

import engineroom.stores.sql.Sql;
import java.math.BigDecimal;

/// Exact arithmetic in MariaDB's words. Its decimals have 65 digits.
final class MariaNumbers {
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private MariaNumbers() {}

  /// A whole number of 64 bits, null beyond them.
  static Sql whole(Sql number) {
    return Sql.of("CASE WHEN ", number, " BETWEEN ", LEAST, " AND ", GREATEST, " THEN CAST(")
        .add(number)
        .add(" AS SIGNED) END");
  }

  /// A decimal, null where without its point it leaves 64 bits.
  static Sql scaled(Sql number, int scale) {
    var least = LEAST.movePointLeft(scale).toPlainString();
    var greatest = GREATEST.movePointLeft(scale).toPlainString();
    return Sql.of("CASE WHEN ", number, " BETWEEN ", least, " AND ", greatest, " THEN ")
        .add(number)
        .add(" END");
  }

  /// A quotient with so many digits behind the point, rounded half up; null through nothing. Its
  /// own division rounds twice.
  static Sql quotient(Sql dividend, Sql divisor, int scale) {
    var twice = Sql.of("(2 * ABS(", divisor, "))");
    var most = Sql.of("(ABS(", dividend, ") * 2", "0".repeat(scale), " + ABS(", divisor, "))");
    var whole = Sql.of("((", most, " - MOD(", most, ", ", twice, ")) / ", twice, ")");
    var unit = BigDecimal.ONE.movePointLeft(scale).toPlainString();
    var sign = Sql.of("SIGN(", dividend, ") * SIGN(", divisor, ")");
    return Sql.of("CAST(", sign, " * ", whole, " * ", unit, " AS DECIMAL(65,", scale, "))");
  }

  /// A decimal of so many digits in all and behind the point, null where they are too few.
  static Sql rounded(Sql number, Sql digits, int scale) {
    var rounded = Sql.of("ROUND(", number, ", ", scale, ")");
    return Sql.of("CASE WHEN ABS(", rounded, ") < CAST(RPAD('1', ", digits)
        .add(" + 1 - " + scale + ", '0') AS DECIMAL(65,0)) THEN ")
        .add(rounded)
        .add(" END");
  }
}
