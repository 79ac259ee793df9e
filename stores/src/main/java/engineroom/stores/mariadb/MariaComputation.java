package engineroom.stores.mariadb;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Arithmetic;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Negate;
import engineroom.expression.Expression.Operator;
import engineroom.expression.Expression.Parameter;
import engineroom.stores.sql.Computation;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/// Says in MariaDB's words what the evaluator works out. It cuts numbers of too many digits without
/// a word, so only those are calculated with that have few.
final class MariaComputation {
  private MariaComputation() {}

  /// An operand: its form, and its parts in SQL.
  private record Operand(Form form, List<Sql> parts) {
    Sql first() {
      return parts.getFirst();
    }
  }

  static Sql write(Computation computation, List<Sql> parts) {
    var operands = new ArrayList<Operand>();
    var at = 0;
    for (var form : computation.operands()) {
      operands.add(new Operand(form, parts.subList(at, at + form.parts())));
      at += form.parts();
    }
    return switch (computation.expression()) {
      case Parameter _ -> exact(operands.getFirst());
      case Arithmetic(var operator, _, _, var type) -> arithmetic(operator, type, operands);
      case Negate(_, var type) -> negated(operands.getFirst(), type);
      case Compare(var comparison, _, _) -> compared(comparison, operands.get(0), operands.get(1));
      case Call call -> call(call, computation.result(), operands);
      case Expression other -> throw new Unsayable("computing " + other);
    };
  }

  /// The exact value of a number.
  private static Sql exact(Operand operand) {
    return switch (operand.form()) {
      case Form.Scaled _ -> operand.first();
      case Form.Money _ -> numeric(operand.first());
      case Form.Array _ -> throw new Unsayable("a list as a number");
      case Form.Simple simple ->
          switch (simple) {
            case EXACT -> operand.first();
            case INTEGER, DURATION -> numeric(operand.first());
            case NUMBER, TEXT, BOOLEAN, TIMESTAMP, DATE, TIME, UUID, BYTES, JSON, POINT ->
                throw new Unsayable(simple + " as an exact number");
          };
    };
  }

  private static Sql numeric(Sql integer) {
    return Sql.of("CAST(", integer, " AS DECIMAL(20,0))");
  }

  /// The exact value of a number that has at most 20 digits.
  private static Sql few(Operand operand) {
    if (operand.form() == Form.Simple.EXACT) {
      throw new Unsayable("calculating with numbers of many digits");
    }
    return exact(operand);
  }

  private static Sql arithmetic(Operator operator, Type type, List<Operand> operands) {
    var left = operands.get(0);
    var right = operands.get(1);
    if (type == Type.Scalar.TEXT) {
      return Sql.of("CONCAT(", left.first(), ", ", right.first(), ")");
    }
    if (type == Type.Scalar.INTEGER) {
      return operator == Operator.DIVIDE
          ? Sql.of("(", left.first(), " DIV ", right.first(), ")")
          : MariaNumbers.whole(decimals(operator, few(left), few(right)));
    }
    if (type == Type.Scalar.DECIMAL) {
      return decimals(operator, few(left), few(right));
    }
    return type == Type.Scalar.NUMBER
        ? floats(operator, left, right)
        : moments(operator, left, right);
  }

  private static Sql decimals(Operator operator, Sql left, Sql right) {
    return switch (operator) {
      case ADD -> Sql.of("(", left, " + ", right, ")");
      case SUBTRACT -> Sql.of("(", left, " - ", right, ")");
      case MULTIPLY -> Sql.of("(", left, " * ", right, ")");
      case DIVIDE -> MariaNumbers.quotient(left, right, 18);
      case REMAINDER -> Sql.of("MOD(", left, ", ", right, ")");
    };
  }

  private static Sql floats(Operator operator, Operand left, Operand right) {
    var sign =
        switch (operator) {
          case ADD -> " + ";
          case SUBTRACT -> " - ";
          case MULTIPLY -> " * ";
          case DIVIDE -> " / ";
          case REMAINDER -> throw new Unsayable("an exact remainder of floats");
        };
    return Sql.of("(", real(left), sign, real(right), ")");
  }

  private static Sql real(Operand operand) {
    return operand.form() == Form.Simple.NUMBER
        ? operand.first()
        : Sql.of("CAST(", exact(operand), " AS DOUBLE)");
  }

  private static Sql moments(Operator operator, Operand left, Operand right) {
    if (operator != Operator.ADD && operator != Operator.SUBTRACT) {
      throw new Unsayable("a product of times");
    }
    if (right.form() == Form.Simple.DURATION) {
      var span = operator == Operator.ADD ? right.first() : Sql.of("-(", right.first(), ")");
      return plus(left, span);
    }
    return operator == Operator.ADD ? plus(right, left.first()) : between(left, right);
  }

  private static Sql plus(Operand moment, Sql span) {
    if (moment.form() == Form.Simple.DURATION) {
      return MariaNumbers.whole(Sql.of("(", numeric(moment.first()), " + ", numeric(span), ")"));
    }
    if (moment.form() == Form.Simple.TIMESTAMP) {
      return within(moment.first(), span, Sql.of(span, " MICROSECOND"));
    }
    if (moment.form() == Form.Simple.DATE) {
      var days = Sql.of("TRUNCATE(FLOOR((", span, ") / 1000000) / 86400, 0) DAY");
      return within(moment.first(), span, days);
    }
    throw new Unsayable("a sum of " + moment.form() + " and a duration");
  }

  /// Null outside the years 0001 to 9999.
  private static Sql within(Sql moment, Sql span, Sql interval) {
    var later = Sql.of("DATE_ADD(", moment, ", INTERVAL ", interval, ")");
    return Sql.of("CASE WHEN ABS(", span, ") < 320000000000000000 AND ", later)
        .add(Sql.of(" >= '0001-01-01' THEN ", later, " END"));
  }

  private static Sql between(Operand left, Operand right) {
    if (left.form() == Form.Simple.TIMESTAMP && right.form() == Form.Simple.TIMESTAMP) {
      return Sql.of("TIMESTAMPDIFF(MICROSECOND, ", right.first(), ", ", left.first(), ")");
    }
    if (left.form() == Form.Simple.DATE && right.form() == Form.Simple.DATE) {
      return Sql.of("(DATEDIFF(", left.first(), ", ", right.first(), ") * 86400000000)");
    }
    throw new Unsayable("a difference of " + left.form() + " and " + right.form());
  }

  private static Sql negated(Operand operand, Type type) {
    if (type == Type.Scalar.NUMBER) {
      return Sql.of("(0 - ", real(operand), ")");
    }
    var negated = Sql.of("-(", exact(operand), ")");
    return type == Type.Scalar.DECIMAL ? negated : MariaNumbers.whole(negated);
  }

  private static Sql compared(Comparison comparison, Operand left, Operand right) {
    if (left.form() instanceof Form.Money && right.form() instanceof Form.Money) {
      return money(comparison, left, right);
    }
    if (number(left) && number(right)) {
      return pair(comparison, exact(left), exact(right));
    }
    if (textual(left) && textual(right)) {
      return pair(comparison, left.first(), right.first());
    }
    if (!left.form().equals(right.form()) || left.form() instanceof Form.Array) {
      throw new Unsayable("comparing " + left.form() + " with " + right.form());
    }
    return left.parts().size() == 1
        ? pair(comparison, left.first(), right.first())
        : pair(comparison, row(left.parts()), row(right.parts()));
  }

  private static boolean number(Operand operand) {
    return operand.form().numeric() || operand.form() instanceof Form.Money;
  }

  private static boolean textual(Operand operand) {
    return operand.form() == Form.Simple.TEXT
        || operand.form() == Form.Simple.UUID
        || operand.form() == Form.Simple.JSON;
  }

  private static Sql money(Comparison comparison, Operand left, Operand right) {
    var first = List.of(left.first(), currency(left));
    return pair(comparison, row(first), row(List.of(right.first(), currency(right))));
  }

  /// The currency as a text; null where there is no money.
  private static Sql currency(Operand money) {
    return money.form() instanceof Form.Money(var fixed) && fixed != null
        ? Sql.of("CASE WHEN ", money.first(), " IS NOT NULL THEN ", Sql.quoted(fixed), " END")
        : money.parts().get(1);
  }

  private static Sql row(List<Sql> parts) {
    return Sql.of("ROW(", Sql.joined(", ", parts), ")");
  }

  private static Sql pair(Comparison comparison, Sql left, Sql right) {
    return switch (comparison) {
      case EQUAL -> Sql.of("(", left, " <=> ", right, ")");
      case NOT_EQUAL -> Sql.of("(NOT (", left, " <=> ", right, "))");
      case LESS -> Sql.of("(", left, " < ", right, ")");
      case LESS_OR_EQUAL -> Sql.of("(", left, " <= ", right, ")");
      case GREATER -> Sql.of("(", left, " > ", right, ")");
      case GREATER_OR_EQUAL -> Sql.of("(", left, " >= ", right, ")");
    };
  }

  private static Sql call(Call call, Form result, List<Operand> operands) {
    var first = operands.getFirst();
    return switch (call.function()) {
      case STARTS_WITH -> {
        var start = operands.get(1).first();
        yield Sql.of("(LEFT(", first.first(), ", CHAR_LENGTH(", start, ")) = ", start, ")");
      }
      case ENDS_WITH -> {
        var end = operands.get(1).first();
        yield Sql.of("(RIGHT(", first.first(), ", CHAR_LENGTH(", end, ")) = ", end, ")");
      }
      case LIKE -> Sql.of("(", first.first(), " LIKE ", operands.get(1).first(), ")");
      case ROUND -> rounded(first, operands, result);
      case NUMBER_OF -> real(first);
      case LOWER,
          UPPER,
          ILIKE,
          SIZE,
          CONTAINS,
          MATCHES,
          TRIM,
          DATE_OF,
          YEAR_OF,
          MONTH_OF,
          WEEK_OF,
          HOUR_OF,
          RELEVANCE,
          MONEY_OF ->
          throw new Unsayable("the function " + call.function());
    };
  }

  private static Sql rounded(Operand number, List<Operand> operands, Form result) {
    if (!(result instanceof Form.Scaled(var scale))) {
      throw new Unsayable("rounding to digits that a row tells");
    }
    return MariaNumbers.rounded(exact(number), operands.get(1).first(), scale);
  }
}
