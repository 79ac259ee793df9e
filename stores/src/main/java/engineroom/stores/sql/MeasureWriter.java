package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Roll;
import engineroom.expression.Expression.Rollup;
import engineroom.operation.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Writes what a measure says of the rows of a group, and what a roll-up makes of those of a list.
///
/// A roll-up adds whole numbers up in two halves, so that a sum never leaves 64 bits on the way and
/// is null where it does at the end.
///
/// Sums of whole numbers are SQL's own, which fails where one leaves 64 bits on the way: who runs
/// the statement then asks in another way. Sums of floats are exact, by [#EXACT_SUM].
public final class MeasureWriter {
  /// An aggregate: the exact sum of floats, rounded once; null of nothing and beyond the range.
  public static final String EXACT_SUM = "engineroom_exact_sum";

  /// The average of decimals as text, from the sum of their smallest units, their count and their
  /// scale.
  public static final String DECIMAL_AVERAGE = "engineroom_decimal_average";

  /// How many more digits an average has than the decimals that it is of.
  public static final int MORE_DIGITS = 4;

  /// An aggregate: the exact sum of decimals as text; 0 of nothing.
  public static final String DECIMAL_SUM = "engineroom_decimal_sum";

  /// An aggregate: the least of decimals as text.
  public static final String DECIMAL_MIN = "engineroom_decimal_min";

  /// An aggregate: the greatest of decimals as text.
  public static final String DECIMAL_MAX = "engineroom_decimal_max";

  private final ExpressionWriter writer;

  MeasureWriter(ExpressionWriter writer) {
    this.writer = writer;
  }

  /// A measure in SQL: the form of its value, and a piece for each part.
  record Written(Form form, List<Sql> parts) {
    Written {
      parts = List.copyOf(parts);
    }
  }

  /// The measure in SQL; null where SQL has no words for it: the least and greatest of values of
  /// several parts, of lists and of decimals that have no scale, and what counts or adds these.
  @Nullable Written write(Summary.Measure measure, Names names) {
    var of = measure.of();
    if (of == null) {
      return new Written(Form.Simple.INTEGER, List.of(Sql.of("count(*)")));
    }
    var form = writer.form(of);
    return switch (measure.function()) {
      case COUNT -> whole(around("count(", value(of, names)));
      case DISTINCT -> distinct(of, form, names);
      case SUM -> sum(of, form, names);
      case AVG -> average(of, form, names);
      case MIN -> extreme("min(", of, form, names);
      case MAX -> extreme("max(", of, form, names);
    };
  }

  private Sql value(Expression of, Names names) {
    return writer.value(of, 0, names);
  }

  private static Written whole(Sql sql) {
    return new Written(Form.Simple.INTEGER, List.of(sql));
  }

  private static Sql around(String start, Sql inner) {
    return Sql.of(start, inner, ")");
  }

  private @Nullable Written distinct(Expression of, Form form, Names names) {
    if (form == Form.Simple.EXACT) {
      return null;
    }
    if (form.parts() == 1) {
      return whole(around("count(DISTINCT ", value(of, names)));
    }
    var function = form instanceof Form.Money ? "" : JsonSql.NUMBER;
    var parts = new ArrayList<Sql>();
    for (var part = 0; part < form.parts(); part++) {
      parts.add(around(function + "(", writer.value(of, part, names)));
    }
    return whole(around("count(DISTINCT ", Sql.joined(" || ' ' || ", parts)));
  }

  private @Nullable Written extreme(String function, Expression of, Form form, Names names) {
    return form.parts() > 1 || form == Form.Simple.EXACT || form instanceof Form.Array
        ? null
        : new Written(form, List.of(around(function, value(of, names))));
  }

  private @Nullable Written sum(Expression of, Form form, Names names) {
    return switch (form) {
      case Form.Scaled _ -> added(of, form, names, UnaryOperator.identity());
      case Form.Money _ -> added(of, form, names, UnaryOperator.identity());
      case Form.Array _ -> nothing();
      case Form.Simple simple ->
          switch (simple) {
            case INTEGER, DURATION -> added(of, form, names, UnaryOperator.identity());
            case NUMBER -> new Written(form, List.of(around(EXACT_SUM + "(", value(of, names))));
            case EXACT -> null;
            case TEXT, BOOLEAN, TIMESTAMP, DATE, TIME, UUID, BYTES, JSON, POINT -> nothing();
          };
    };
  }

  private @Nullable Written average(Expression of, Form form, Names names) {
    var count = around("count(", value(of, names));
    return switch (form) {
      case Form.Scaled(var scale) -> {
        var sum = around("sum(", value(of, names));
        var text = Sql.of(DECIMAL_AVERAGE, "(", sum, ", ", count, ", ", scale, ")");
        yield new Written(Form.Simple.EXACT, List.of(text));
      }
      case Form.Money _ -> added(of, form, names, sum -> halfUp(sum, count));
      case Form.Array _ -> nothing();
      case Form.Simple simple ->
          switch (simple) {
            case INTEGER -> real(Sql.of("CAST(sum(", value(of, names), ") AS REAL) / ", count));
            case NUMBER -> real(Sql.of(EXACT_SUM, "(", value(of, names), ") / ", count));
            case DURATION -> added(of, form, names, sum -> halfUp(sum, count));
            case EXACT -> null;
            case TEXT, BOOLEAN, TIMESTAMP, DATE, TIME, UUID, BYTES, JSON, POINT -> nothing();
          };
    };
  }

  private static Written real(Sql sql) {
    return new Written(Form.Simple.NUMBER, List.of(sql));
  }

  /// Null, as an aggregate so that a group without other measures is still a group.
  private static Written nothing() {
    return new Written(Form.Simple.TEXT, List.of(Sql.of("max(NULL)")));
  }

  /// What is made of a sum of whole numbers; of money null where currencies differ.
  private Written added(Expression of, Form form, Names names, UnaryOperator<Sql> make) {
    var made = make.apply(around("sum(", value(of, names)));
    if (form.parts() == 1) {
      return new Written(form, List.of(made));
    }
    var currency = writer.value(of, 1, names);
    return new Written(
        form, List.of(ofOne(currency, made), ofOne(currency, around("min(", currency))));
  }

  private static Sql ofOne(Sql currency, Sql sql) {
    return Sql.of("CASE WHEN min(", currency, ") = max(", currency, ") THEN ").add(sql).add(" END");
  }

  /// A sum through a count, rounded to the nearest whole number, a half away from zero.
  private static Sql halfUp(Sql sum, Sql count) {
    var rest = Sql.of("abs(", sum, " % ", count, ") * 2 >= ", count);
    return Sql.of("(", sum, " / ", count, " + CASE WHEN ", rest, " THEN iif(", sum)
        .add(" < 0, -1, 1) ELSE 0 END)");
  }

  /// The form that [#rollup] writes a roll-up in.
  Form form(Rollup rollup) {
    return rollup.roll() == Roll.SUM && rollup.type() == Type.Scalar.DECIMAL
        ? Form.Simple.EXACT
        : writer.form(rollup.value());
  }

  /// A roll-up as a value.
  Sql rollup(Rollup rollup, Names names) {
    var form = form(rollup);
    var values = writer.rows().values(rollup, form, names);
    if (form == Form.Simple.EXACT) {
      return Sql.of("(SELECT ", exact(rollup.roll()), "(v) FROM (", values, "))");
    }
    return switch (rollup.roll()) {
      case MIN -> Sql.of("(SELECT min(v) FROM (", values, "))");
      case MAX -> Sql.of("(SELECT max(v) FROM (", values, "))");
      case SUM -> form == Form.Simple.NUMBER ? realSum(values) : wholeSum(values);
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
