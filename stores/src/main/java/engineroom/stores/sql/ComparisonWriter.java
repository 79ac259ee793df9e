package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.In;
import engineroom.expression.Expression.ListOf;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Variable;
import engineroom.stores.sql.Dialect.Nulls;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes comparisons, so that equality is total and indexes can serve what is compared with a
/// value.
final class ComparisonWriter {
  private final ExpressionWriter writer;
  private final Dialect dialect;

  ComparisonWriter(ExpressionWriter writer) {
    this.writer = writer;
    this.dialect = writer.tables().dialect();
  }

  Sql compare(Compare compare, Names names) {
    var left = compare.left();
    var right = compare.right();
    if (operand(left) != null && operand(right) == null) {
      return compare(
          new Compare(mirrored(compare.comparison()), /* left= */ right, /* right= */ left), names);
    }
    if (ExpressionWriter.isNull(right)) {
      return nothing(compare, names);
    }
    var own = writer.form(left);
    var other = writer.form(right);
    var operand = operand(right);
    if (operand != null) {
      return byId(compare)
          ? writer.rows().composed(names.table(((Variable) ((Get) left).row()).name()), operand)
          : withOperand(compare, own, operand, names);
    }
    return sameKind(own, other) ? parts(compare, names) : computed(compare, names);
  }

  /// Whether it asks for the row at hand of an id that is made of several values.
  private boolean byId(Compare compare) {
    return compare.comparison() == Comparison.EQUAL
        && compare.left() instanceof Get(Variable(_, var type), var field, _)
        && field.equals("id")
        && writer.tables().composed(type.entity());
  }

  /// Whether it asks for rows by a column that is read otherwise than it is looked for by.
  private boolean byKey(Compare compare) {
    return compare.comparison() == Comparison.EQUAL
        && compare.left() instanceof Get(Variable(_, var type), var field, _)
        && !writer.tables().key(type.entity(), field).equals(field);
  }

  private Sql nothing(Compare compare, Names names) {
    var left = Sql.of("(", writer.value(compare.left(), 0, names), ")");
    return switch (compare.comparison()) {
      case EQUAL -> left.add(" IS NULL");
      case NOT_EQUAL -> left.add(" IS NOT NULL");
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Sql.of(dialect.never());
    };
  }

  /// A value known before any row is read, or null.
  static Bind.@Nullable Operand operand(Expression expression) {
    return switch (expression) {
      case Literal(var value, var type) -> new Bind.Operand.Known(value, type);
      case Parameter(var index, var type) -> new Bind.Operand.Given(index, type);
      default -> null;
    };
  }

  private Sql withOperand(Compare compare, Form own, Bind.Operand operand, Names names) {
    if (own == Form.Simple.EXACT) {
      return computed(compare, names);
    }
    if (own.numeric()) {
      return dialect.values().moves(own, operand.type(), compare.comparison())
          ? plain(compare, names, bound(operand, own, direction(compare.comparison())))
          : computed(compare, names);
    }
    if (byKey(compare) && operand instanceof Bind.Operand.Given(var index, _)) {
      var row = names.table(((Variable) ((Get) compare.left()).row()).name());
      var key = writer.rows().key(row, ((Get) compare.left()).field());
      var given = writer.rows().looked(new Bind.Argument(index, own, 0), own);
      return dialect.same(Sql.of(key), given, nulls(compare));
    }
    if (own.parts() == 1 && !(own instanceof Form.Money) && textual(own)) {
      return plain(compare, names, put(operand, own, 0));
    }
    if (ordering(compare.comparison()) || own instanceof Form.Money) {
      return moneyOrOther(compare, own, operand, names);
    }
    var equal = new ArrayList<Sql>();
    for (var part = 0; part < own.parts(); part++) {
      equal.add(same(writer.value(compare.left(), part, names), put(operand, own, part)));
    }
    return whole(compare.comparison(), equal);
  }

  /// Forms whose order in SQL is the evaluator's.
  private static boolean textual(Form form) {
    return form instanceof Form.Simple simple
        && switch (simple) {
          case TEXT, UUID, TIMESTAMP, DATE, TIME, DURATION, BOOLEAN, BYTES, JSON -> true;
          case INTEGER, NUMBER, POINT, EXACT -> false;
        };
  }

  private Sql moneyOrOther(Compare compare, Form own, Bind.Operand operand, Names names) {
    if (operand.type() == Type.Scalar.MONEY || ordering(compare.comparison())) {
      return computed(compare, names);
    }
    return plain(compare, names, put(operand, own, 0));
  }

  private Sql put(Bind.Operand operand, Form form, int part) {
    return switch (operand) {
      case Bind.Operand.Given(var index, _) -> writer.argument(index, form, part);
      case Bind.Operand.Known(var value, _) -> writer.constant(value, form, part);
    };
  }

  private Sql bound(Bind.Operand operand, Form form, RoundingMode direction) {
    return dialect.values().mark(new Bind.Bound(operand, form, direction), form, 0);
  }

  private Sql same(Sql left, Sql right) {
    return dialect.same(left, right, Nulls.BOTH);
  }

  private Sql plain(Compare compare, Names names, Sql right) {
    var left = writer.value(compare.left(), 0, names);
    return switch (compare.comparison()) {
      case EQUAL -> dialect.same(left, right, nulls(compare));
      case NOT_EQUAL -> dialect.different(left, right, nulls(compare));
      case LESS -> Sql.of(left, " < ", right);
      case LESS_OR_EQUAL -> Sql.of(left, " <= ", right);
      case GREATER -> Sql.of(left, " > ", right);
      case GREATER_OR_EQUAL -> Sql.of(left, " >= ", right);
    };
  }

  private Nulls nulls(Compare compare) {
    var left = writer.nullable(compare.left());
    var right = writer.nullable(compare.right());
    return left && right ? Nulls.BOTH : left || right ? Nulls.ONE : Nulls.NEITHER;
  }

  private Sql parts(Compare compare, Names names) {
    if (writer.form(compare.left()).parts() == 1) {
      return plain(compare, names, writer.value(compare.right(), 0, names));
    }
    var equal = new ArrayList<Sql>();
    for (var part = 0; part < writer.form(compare.left()).parts(); part++) {
      var left = writer.value(compare.left(), part, names);
      equal.add(same(left, writer.value(compare.right(), part, names)));
    }
    return whole(compare.comparison(), equal);
  }

  private static Sql whole(Comparison comparison, List<Sql> equal) {
    var all = Sql.of("(", Sql.joined(" AND ", equal), ")");
    return comparison == Comparison.EQUAL ? all : Sql.of("NOT ", all);
  }

  /// Whether SQL compares two columns as the evaluator does.
  private static boolean sameKind(Form left, Form right) {
    if (left == Form.Simple.EXACT || right == Form.Simple.EXACT) {
      return false;
    }
    if (left.equals(right)) {
      return left.parts() == 1 && (textual(left) || left.numeric());
    }
    return native64(left) && native64(right);
  }

  private static boolean native64(Form form) {
    return form == Form.Simple.INTEGER
        || form == Form.Simple.NUMBER
        || form.equals(new Form.Scaled(0));
  }

  private Sql computed(Compare compare, Names names) {
    return writer.computed(compare, List.of(compare.left(), compare.right()), names);
  }

  private static boolean ordering(Comparison comparison) {
    return comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL;
  }

  /// Where a number moves that a column can't hold: `x < 1.5` is `x < 2`, `x <= 1.5` is `x <= 1`.
  private static RoundingMode direction(Comparison comparison) {
    return switch (comparison) {
      case EQUAL, NOT_EQUAL -> RoundingMode.UNNECESSARY;
      case LESS, GREATER_OR_EQUAL -> RoundingMode.CEILING;
      case LESS_OR_EQUAL, GREATER -> RoundingMode.FLOOR;
    };
  }

  private static Comparison mirrored(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> Comparison.EQUAL;
      case NOT_EQUAL -> Comparison.NOT_EQUAL;
      case LESS -> Comparison.GREATER;
      case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
      case GREATER -> Comparison.LESS;
      case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
    };
  }

  Sql in(In in, Names names) {
    if (in.list() instanceof ListOf(var elements, _)) {
      var equal =
          elements.stream()
              .map(element -> compare(new Compare(Comparison.EQUAL, in.element(), element), names))
              .toList();
      return equal.isEmpty()
          ? Sql.of(dialect.never())
          : Sql.of("(", Sql.joined(" OR ", equal), ")");
    }
    var own = writer.form(in.element());
    var list = operand(in.list());
    if (list != null
        && operand(in.element()) == null
        && own.parts() == 1
        && (own instanceof Form.Scaled
            || native64(own)
            || (textual(own) && own != Form.Simple.BYTES))) {
      return among(in.element(), own, new Bind.Elements(list, own), names);
    }
    return writer.computed(in, List.of(in.element(), in.list()), names);
  }

  private Sql among(Expression element, Form form, Bind list, Names names) {
    var nulls = writer.nullable(element) && writer.nullsAmong() ? Nulls.BOTH : Nulls.NEITHER;
    return dialect.among(writer.value(element, 0, names), form, list, nulls);
  }
}
