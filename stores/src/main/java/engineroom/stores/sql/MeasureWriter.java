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
public final class MeasureWriter {
  /// How many more digits an average has than the decimals that it is of.
  public static final int MORE_DIGITS = 4;

  private final ExpressionWriter writer;
  private final Dialect.Measures measures;

  MeasureWriter(ExpressionWriter writer) {
    this.writer = writer;
    this.measures = writer.dialect().measures();
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
      case MIN -> extreme(of, form, value -> measures.least(form, value), names);
      case MAX -> extreme(of, form, value -> measures.greatest(form, value), names);
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
    var parts = new ArrayList<Sql>();
    for (var part = 0; part < form.parts(); part++) {
      parts.add(writer.value(of, part, names));
    }
    return whole(measures.distinct(form, parts));
  }

  private @Nullable Written extreme(
      Expression of, Form form, UnaryOperator<Sql> extreme, Names names) {
    return form.parts() > 1 || form == Form.Simple.EXACT || form instanceof Form.Array
        ? null
        : new Written(form, List.of(extreme.apply(value(of, names))));
  }

  private @Nullable Written sum(Expression of, Form form, Names names) {
    return switch (form) {
      case Form.Scaled _, Form.Money _ -> added(of, form, sum(form), names);
      case Form.Array _ -> nothing();
      case Form.Simple simple ->
          switch (simple) {
            case INTEGER, DURATION, NUMBER -> added(of, form, sum(form), names);
            case EXACT -> null;
            case TEXT, BOOLEAN, TIMESTAMP, DATE, TIME, UUID, BYTES, JSON, POINT -> nothing();
          };
    };
  }

  private UnaryOperator<Sql> sum(Form form) {
    return value -> measures.sum(form, value);
  }

  private @Nullable Written average(Expression of, Form form, Names names) {
    UnaryOperator<Sql> average = value -> measures.average(form, value);
    return switch (form) {
      case Form.Scaled _ -> as(Form.Simple.EXACT, average.apply(value(of, names)));
      case Form.Money _ -> added(of, form, average, names);
      case Form.Array _ -> nothing();
      case Form.Simple simple ->
          switch (simple) {
            case INTEGER, NUMBER -> as(Form.Simple.NUMBER, average.apply(value(of, names)));
            case DURATION -> added(of, form, average, names);
            case EXACT -> null;
            case TEXT, BOOLEAN, TIMESTAMP, DATE, TIME, UUID, BYTES, JSON, POINT -> nothing();
          };
    };
  }

  private static Written as(Form form, Sql sql) {
    return new Written(form, List.of(sql));
  }

  /// Null, as an aggregate so that a group without other measures is still a group.
  private Written nothing() {
    return as(Form.Simple.TEXT, measures.nothing());
  }

  /// What is made of numbers; of money null where currencies differ.
  private Written added(Expression of, Form form, UnaryOperator<Sql> make, Names names) {
    var made = make.apply(value(of, names));
    if (form.parts() == 1) {
      return as(form, made);
    }
    var currency = writer.value(of, 1, names);
    return new Written(
        form, List.of(ofOne(currency, made), ofOne(currency, around("min(", currency))));
  }

  private static Sql ofOne(Sql currency, Sql sql) {
    return Sql.of("CASE WHEN min(", currency, ") = max(", currency, ") THEN ").add(sql).add(" END");
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
    return measures.rolledUp(rollup.roll(), form, writer.rows().values(rollup, form, names));
  }
}
