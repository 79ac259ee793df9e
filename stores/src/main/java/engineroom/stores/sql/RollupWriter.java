package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.expression.Expression.Roll;
import engineroom.expression.Expression.Rollup;

/// Writes what becomes of the values of a list's rows.
///
/// A sum of whole numbers is added up in two halves, so that it never leaves 64 bits on the way and
/// is null where it does at the end.
public final class RollupWriter {
  /// An aggregate: the exact sum of decimals as text; 0 of nothing.
  public static final String DECIMAL_SUM = "engineroom_decimal_sum";

  /// An aggregate: the least of decimals as text.
  public static final String DECIMAL_MIN = "engineroom_decimal_min";

  /// An aggregate: the greatest of decimals as text.
  public static final String DECIMAL_MAX = "engineroom_decimal_max";

  private final ExpressionWriter writer;

  RollupWriter(ExpressionWriter writer) {
    this.writer = writer;
  }

  /// The form that [#value] writes a roll-up in.
  Form form(Rollup rollup) {
    return rollup.roll() == Roll.SUM && rollup.type() == Type.Scalar.DECIMAL
        ? Form.Simple.EXACT
        : writer.form(rollup.value());
  }

  /// A roll-up as a value.
  Sql value(Rollup rollup, Names names) {
    var form = form(rollup);
    var values = writer.rows().values(rollup, form, names);
    if (form == Form.Simple.EXACT) {
      return Sql.of("(SELECT ", exact(rollup.roll()), "(v) FROM (", values, "))");
    }
    return switch (rollup.roll()) {
      case MIN -> Sql.of("(SELECT min(v) FROM (", values, "))");
      case MAX -> Sql.of("(SELECT max(v) FROM (", values, "))");
      case SUM -> form == Form.Simple.NUMBER ? real(values) : whole(values);
    };
  }

  private static String exact(Roll roll) {
    return switch (roll) {
      case SUM -> DECIMAL_SUM;
      case MIN -> DECIMAL_MIN;
      case MAX -> DECIMAL_MAX;
    };
  }

  private static Sql real(Sql values) {
    return Sql.of("(SELECT CASE WHEN count(v) = 0 THEN 0.0 ELSE ", MeasureWriter.EXACT_SUM)
        .add("(v) END FROM (")
        .add(values)
        .add("))");
  }

  private static Sql whole(Sql values) {
    return Sql.of("(SELECT CASE WHEN h + (l >> 32) BETWEEN -2147483648 AND 2147483647")
        .add(" THEN ((h + (l >> 32)) << 32) | (l & 4294967295) END FROM (SELECT")
        .add(" ifnull(sum(v >> 32), 0) AS h, ifnull(sum(v & 4294967295), 0) AS l FROM (")
        .add(values)
        .add(")))");
  }
}
