package engineroom.stores.postgres;

import engineroom.expression.Expression.Roll;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.MeasureWriter;
import engineroom.stores.sql.Sql;
import java.util.List;

/// What is made of many values in PostgreSQL's words. Sums are `numeric`, which never leaves its
/// range on the way.
final class PostgresMeasures implements Dialect.Measures {
  @Override
  public Sql sum(Form form, Sql value) {
    var total = total(form, value);
    if (form instanceof Form.Scaled(var scale)) {
      return Sql.of(PostgresFunctions.SCALED, "(", total, ", ", scale, ")");
    }
    return around(
        form == Form.Simple.NUMBER ? PostgresFunctions.REAL : PostgresFunctions.WHOLE, total);
  }

  private static Sql total(Form form, Sql value) {
    return around(
        "sum", form == Form.Simple.NUMBER ? around(PostgresFunctions.EXACT, value) : value);
  }

  private static Sql around(String function, Sql inner) {
    return Sql.of(function, "(", inner, ")");
  }

  @Override
  public Sql average(Form form, Sql value) {
    var total = total(form, value);
    var count = around("count", value);
    if (form instanceof Form.Scaled(var scale)) {
      return quotient(total, count, scale + MeasureWriter.MORE_DIGITS);
    }
    return form == Form.Simple.INTEGER || form == Form.Simple.NUMBER
        ? Sql.of(around(PostgresFunctions.REAL, total), " / ", around("nullif", zero(count)))
        : around(PostgresFunctions.WHOLE, quotient(total, count, 0));
  }

  private static Sql zero(Sql count) {
    return Sql.of(count, ", 0");
  }

  private static Sql quotient(Sql total, Sql count, int scale) {
    return Sql.of(PostgresFunctions.QUOTIENT, "(", total, ", ", count, ", ", scale, ")");
  }

  @Override
  public Sql least(Form form, Sql value) {
    return form == Form.Simple.BOOLEAN ? around("bool_and", value) : extreme("min", form, value);
  }

  @Override
  public Sql greatest(Form form, Sql value) {
    return form == Form.Simple.BOOLEAN ? around("bool_or", value) : extreme("max", form, value);
  }

  /// PostgreSQL knows no least id, and before version 18 no least bytes: their texts are in the
  /// same order.
  private static Sql extreme(String function, Form form, Sql value) {
    if (form == Form.Simple.UUID) {
      var text = Sql.of("CAST(", value, " AS text) COLLATE \"C\"");
      return Sql.of("CAST(", around(function, text), " AS uuid)");
    }
    if (form == Form.Simple.BYTES) {
      var text = Sql.of("encode(", value, ", 'hex') COLLATE \"C\"");
      return Sql.of("decode(", around(function, text), ", 'hex')");
    }
    var text = form == Form.Simple.TEXT || form == Form.Simple.JSON;
    return around(function, text ? Sql.of("(", value, ") COLLATE \"C\"") : value);
  }

  @Override
  public Sql nothing() {
    return Sql.of("max(CAST(NULL AS text))");
  }

  @Override
  public Sql distinct(Form form, List<Sql> parts) {
    return Sql.of("count(DISTINCT (", Sql.joined(" || ' ' || ", parts), "))");
  }

  @Override
  public Sql rolledUp(Roll roll, Form form, Each values) {
    var all = values.as("v");
    var v = Sql.of("v");
    var made =
        switch (roll) {
          case MIN -> least(form, v);
          case MAX -> greatest(form, v);
          case SUM -> rolledSum(form, v);
        };
    return Sql.of("(SELECT ", made, " FROM (", all, ") AS r)");
  }

  /// Of nothing it is 0.
  private static Sql rolledSum(Form form, Sql v) {
    var total = Sql.of("coalesce(", total(form, v), ", 0)");
    if (form == Form.Simple.EXACT) {
      return around(PostgresFunctions.PRECISE, total);
    }
    return around(
        form == Form.Simple.NUMBER ? PostgresFunctions.REAL : PostgresFunctions.WHOLE, total);
  }
}
