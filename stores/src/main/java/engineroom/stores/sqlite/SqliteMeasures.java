package engineroom.stores.sqlite;

import engineroom.expression.Expression.Roll;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/// What is made of many values in SQLite's words.
///
/// Sums of whole numbers are SQLite's own, which fails where one leaves 64 bits on the way: who
/// runs the statement then asks in another way. A roll-up adds them up in two halves, so that a sum
/// never leaves 64 bits on the way and is null where it does at the end. Sums of floats are exact,
/// by [#EXACT_SUM].
final class SqliteMeasures implements Dialect.Measures {
  /// An aggregate: the exact sum of floats, rounded once; null of nothing and beyond the range.
  static final String EXACT_SUM = "engineroom_exact_sum";

  /// The average of decimals as text, from the sum of their smallest units, their count and their
  /// scale.
  static final String DECIMAL_AVERAGE = "engineroom_decimal_average";

  /// An aggregate: the exact sum of decimals as text; 0 of nothing.
  static final String DECIMAL_SUM = "engineroom_decimal_sum";

  /// An aggregate: the least of decimals as text.
  static final String DECIMAL_MIN = "engineroom_decimal_min";

  /// An aggregate: the greatest of decimals as text.
  static final String DECIMAL_MAX = "engineroom_decimal_max";

  @Override
  public Sql sum(Form form, Sql value) {
    return around(form == Form.Simple.NUMBER ? EXACT_SUM + "(" : "sum(", value);
  }

  private static Sql around(String start, Sql inner) {
    return Sql.of(start, inner, ")");
  }

  @Override
  public Sql average(Form form, Sql value) {
    var count = around("count(", value);
    var sum = sum(form, value);
    if (form instanceof Form.Scaled(var scale)) {
      return Sql.of(DECIMAL_AVERAGE, "(", sum, ", ", count, ", ", scale, ")");
    }
    if (form == Form.Simple.NUMBER) {
      return Sql.of(sum, " / ", count);
    }
    return form == Form.Simple.INTEGER
        ? Sql.of("CAST(", sum, " AS REAL) / ", count)
        : halfUp(sum, count);
  }

  /// A sum through a count, rounded to the nearest whole number, a half away from zero.
  private static Sql halfUp(Sql sum, Sql count) {
    var rest = Sql.of("abs(", sum, " % ", count, ") * 2 >= ", count);
    return Sql.of("(", sum, " / ", count, " + CASE WHEN ", rest, " THEN iif(", sum)
        .add(" < 0, -1, 1) ELSE 0 END)");
  }

  @Override
  public Sql least(Form form, Sql value) {
    return around("min(", value);
  }

  @Override
  public Sql greatest(Form form, Sql value) {
    return around("max(", value);
  }

  @Override
  public Sql nothing() {
    return Sql.of("max(NULL)");
  }

  @Override
  public Sql distinct(Form form, List<Sql> parts) {
    if (parts.size() == 1) {
      return around("count(DISTINCT ", parts.getFirst());
    }
    var function = form instanceof Form.Money ? "" : SqliteJson.NUMBER;
    var texts = new ArrayList<Sql>();
    parts.forEach(part -> texts.add(around(function + "(", part)));
    return around("count(DISTINCT ", Sql.joined(" || ' ' || ", texts));
  }

  @Override
  public Sql rolledUp(Roll roll, Form form, Each values) {
    var all = values.as("v");
    if (form == Form.Simple.EXACT) {
      return Sql.of("(SELECT ", exact(roll), "(v) FROM (", all, "))");
    }
    return switch (roll) {
      case MIN -> Sql.of("(SELECT min(v) FROM (", all, "))");
      case MAX -> Sql.of("(SELECT max(v) FROM (", all, "))");
      case SUM -> form == Form.Simple.NUMBER ? realSum(all) : wholeSum(all);
    };
  }

  private static String exact(Roll roll) {
    return switch (roll) {
      case SUM -> DECIMAL_SUM;
      case MIN -> DECIMAL_MIN;
      case MAX -> DECIMAL_MAX;
    };
  }

  private static Sql realSum(Sql values) {
    return Sql.of("(SELECT CASE WHEN count(v) = 0 THEN 0.0 ELSE ", EXACT_SUM)
        .add("(v) END FROM (")
        .add(values)
        .add("))");
  }

  private static Sql wholeSum(Sql values) {
    return Sql.of("(SELECT CASE WHEN h + (l >> 32) BETWEEN -2147483648 AND 2147483647")
        .add(" THEN ((h + (l >> 32)) << 32) | (l & 4294967295) END FROM (SELECT")
        .add(" ifnull(sum(v >> 32), 0) AS h, ifnull(sum(v & 4294967295), 0) AS l FROM (")
        .add(values)
        .add(")))");
  }
}
