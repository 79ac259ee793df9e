package engineroom.stores.mariadb;

import engineroom.expression.Expression.Roll;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.MeasureWriter;
import engineroom.stores.sql.Sql;
import java.util.List;
import java.util.regex.Pattern;

/// What is made of many values in MariaDB's words. Sums of floats are not exact there, and are left
/// to memory.
final class MariaMeasures implements Dialect.Measures {
  /// The table of a list, where its conditions begin.
  private static final Pattern TABLE = Pattern.compile(" (t[0-9]+) WHERE \\1\\.");

  private static final Pattern COLUMN = Pattern.compile("\\bt[0-9]+\\.");

  @Override
  public Sql sum(Form form, Sql value) {
    var total = total(form, value);
    return form instanceof Form.Scaled(var scale)
        ? MariaNumbers.scaled(total, scale)
        : MariaNumbers.whole(total);
  }

  private static Sql total(Form form, Sql value) {
    if (form == Form.Simple.NUMBER) {
      throw new Unsayable("an exact sum of floats");
    }
    return around("sum", value);
  }

  private static Sql around(String function, Sql inner) {
    return Sql.of(function, "(", inner, ")");
  }

  @Override
  public Sql average(Form form, Sql value) {
    var total = total(form, value);
    var count = around("count", value);
    if (form instanceof Form.Scaled(var scale)) {
      return MariaNumbers.quotient(total, count, scale + MeasureWriter.MORE_DIGITS);
    }
    return form == Form.Simple.INTEGER
        ? Sql.of("(CAST(", total, " AS DOUBLE) / ", count, ")")
        : MariaNumbers.whole(MariaNumbers.quotient(total, count, 0));
  }

  @Override
  public Sql least(Form form, Sql value) {
    return around("min", value);
  }

  @Override
  public Sql greatest(Form form, Sql value) {
    return around("max", value);
  }

  @Override
  public Sql nothing() {
    return Sql.of("max(NULL)");
  }

  @Override
  public Sql distinct(Form form, List<Sql> parts) {
    return Sql.of("count(DISTINCT ", Sql.joined(", ", parts), ")");
  }

  @Override
  public Sql rolledUp(Roll roll, Form form, Each values) {
    refuseOuter(values);
    var made =
        switch (roll) {
          case MIN -> least(form, values.value());
          case MAX -> greatest(form, values.value());
          case SUM -> rolledSum(form, values.value());
        };
    return Sql.of("(SELECT ", made, values.rows(), ")");
  }

  /// What mentions nothing but rows around the list would be taken for a measure of those.
  private static void refuseOuter(Each values) {
    var table = TABLE.matcher(values.rows().toString());
    var value = values.value().toString();
    if (COLUMN.matcher(value).find() && !(table.find() && value.contains(table.group(1) + "."))) {
      throw new Unsayable("a roll-up of what is not the list's");
    }
  }

  /// Of nothing it is 0.
  private static Sql rolledSum(Form form, Sql value) {
    var total = Sql.of("COALESCE(", total(form, value), ", 0)");
    return form == Form.Simple.EXACT ? total : MariaNumbers.whole(total);
  }
}
