package engineroom.stores.postgres;

import engineroom.data.Type;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Arithmetic;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.In;
import engineroom.expression.Expression.Negate;
import engineroom.expression.Expression.Operator;
import engineroom.expression.Expression.Parameter;
import engineroom.stores.sql.Computation;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/// Says in PostgreSQL's words what the evaluator works out. Where that may fail (a float that
/// leaves its range), the statement fails, and memory answers.
final class PostgresComputation {
  /// The first version that knows the full mapping of Unicode's cases.
  private static final int FULL_CASES = 18;

  private final int version;

  PostgresComputation(int version) {
    this.version = version;
  }

  /// An operand: its form, and its parts in SQL.
  private record Operand(Form form, List<Sql> parts) {
    Sql first() {
      return parts.getFirst();
    }
  }

  Sql write(Computation computation, List<Sql> parts) {
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
      case In _ -> in(operands.get(0), operands.get(1));
      case Call call -> call(call, operands);
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
            case NUMBER -> of(PostgresFunctions.EXACT, operand.first());
            case TEXT, BOOLEAN, TIMESTAMP, DATE, TIME, UUID, BYTES, JSON, POINT ->
                throw new Unsayable(simple + " as a number");
          };
    };
  }

  private static Sql numeric(Sql integer) {
    return Sql.of("CAST(", integer, " AS numeric)");
  }

  private static Sql of(String function, Object... operands) {
    var sql = Sql.of(function, "(");
    for (var i = 0; i < operands.length; i++) {
      sql.add(Sql.of(i == 0 ? "" : ", ", operands[i]));
    }
    return sql.add(")");
  }

  private static Sql orNull(Sql divisor) {
    return of("nullif", divisor, "0");
  }

  private static Sql arithmetic(Operator operator, Type type, List<Operand> operands) {
    var left = operands.get(0);
    var right = operands.get(1);
    if (type == Type.Scalar.TEXT) {
      return Sql.of("(", left.first(), " || ", right.first(), ")");
    }
    if (type == Type.Scalar.INTEGER) {
      return of(PostgresFunctions.WHOLE, integers(operator, exact(left), exact(right)));
    }
    if (type == Type.Scalar.DECIMAL) {
      return of(PostgresFunctions.PRECISE, decimals(operator, exact(left), exact(right)));
    }
    return type == Type.Scalar.NUMBER
        ? floats(operator, left, right)
        : moments(operator, left, right);
  }

  private static Sql integers(Operator operator, Sql left, Sql right) {
    return operator == Operator.DIVIDE
        ? of("div", left, orNull(right))
        : decimals(operator, left, right);
  }

  private static Sql decimals(Operator operator, Sql left, Sql right) {
    return switch (operator) {
      case ADD, SUBTRACT, MULTIPLY -> Sql.of(left, sign(operator), right);
      case DIVIDE -> of(PostgresFunctions.QUOTIENT, left, right, "18");
      case REMAINDER -> of("mod", left, orNull(right));
    };
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case ADD -> " + ";
      case SUBTRACT -> " - ";
      case MULTIPLY -> " * ";
      case DIVIDE, REMAINDER -> " / ";
    };
  }

  private static Sql floats(Operator operator, Operand left, Operand right) {
    if (operator == Operator.REMAINDER) {
      return of(PostgresFunctions.REAL, of("mod", exact(left), orNull(exact(right))));
    }
    var divisor = operator == Operator.DIVIDE ? orNull(real(right)) : real(right);
    return Sql.of("(", real(left), sign(operator), divisor, ")");
  }

  private static Sql real(Operand operand) {
    return operand.form() == Form.Simple.NUMBER
        ? operand.first()
        : of(PostgresFunctions.REAL, exact(operand));
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
    return switch (moment.form()) {
      case Form.Simple simple when simple == Form.Simple.TIMESTAMP ->
          of(PostgresFunctions.PLUS, moment.first(), span);
      case Form.Simple simple when simple == Form.Simple.DATE ->
          of(PostgresFunctions.PLUS_DAYS, moment.first(), span);
      case Form.Simple simple when simple == Form.Simple.DURATION ->
          of(PostgresFunctions.WHOLE, Sql.of(numeric(moment.first()), " + ", span));
      case Form form -> throw new Unsayable("a sum of " + form + " and a duration");
    };
  }

  private static Sql between(Operand left, Operand right) {
    var apart = Sql.of("(", left.first(), " - ", right.first(), ")");
    if (left.form() == Form.Simple.TIMESTAMP && right.form() == Form.Simple.TIMESTAMP) {
      return Sql.of("CAST(extract(epoch FROM ", apart, ") * 1000000 AS bigint)");
    }
    if (left.form() == Form.Simple.DATE && right.form() == Form.Simple.DATE) {
      return Sql.of("(CAST(", apart, " AS bigint) * 86400000000)");
    }
    throw new Unsayable("a difference of " + left.form() + " and " + right.form());
  }

  private static Sql negated(Operand operand, Type type) {
    if (type == Type.Scalar.NUMBER) {
      return Sql.of("(0 - ", real(operand), ")");
    }
    var negated = Sql.of("-(", exact(operand), ")");
    return type == Type.Scalar.DECIMAL ? negated : of(PostgresFunctions.WHOLE, negated);
  }

  private static Sql compared(Comparison comparison, Operand left, Operand right) {
    if (left.form() instanceof Form.Money && right.form() instanceof Form.Money) {
      return money(comparison, left, right);
    }
    if (number(left) && number(right)) {
      return Sql.of("(", exact(left), sign(comparison), exact(right), ")");
    }
    if (textual(left) && textual(right)) {
      return Sql.of("(", text(left), sign(comparison), text(right), ")");
    }
    if (!left.form().equals(right.form()) || left.form() instanceof Form.Array) {
      throw new Unsayable("comparing " + left.form() + " with " + right.form());
    }
    return left.parts().size() == 1
        ? Sql.of("(", left.first(), sign(comparison), right.first(), ")")
        : rows(comparison, left.parts(), right.parts());
  }

  private static boolean number(Operand operand) {
    return operand.form().numeric() || operand.form() instanceof Form.Money;
  }

  private static boolean textual(Operand operand) {
    return operand.form() == Form.Simple.TEXT
        || operand.form() == Form.Simple.UUID
        || operand.form() == Form.Simple.JSON;
  }

  private static Sql text(Operand operand) {
    return Sql.of("CAST(", operand.first(), " AS text) COLLATE \"C\"");
  }

  private static Sql money(Comparison comparison, Operand left, Operand right) {
    return rows(
        comparison, List.of(left.first(), currency(left)), List.of(right.first(), currency(right)));
  }

  /// The currency as a text; null where there is no money.
  private static Sql currency(Operand money) {
    return money.form() instanceof Form.Money(var fixed) && fixed != null
        ? Sql.of("CASE WHEN ", money.first(), " IS NOT NULL THEN ", Sql.quoted(fixed), " END")
        : Sql.of(money.parts().get(1), " COLLATE \"C\"");
  }

  private static Sql rows(Comparison comparison, List<Sql> left, List<Sql> right) {
    var row = Sql.of("(ROW(", Sql.joined(", ", left), ")", sign(comparison), "ROW(");
    return row.add(Sql.joined(", ", right)).add("))");
  }

  private static String sign(Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> " IS NOT DISTINCT FROM ";
      case NOT_EQUAL -> " IS DISTINCT FROM ";
      case LESS -> " < ";
      case LESS_OR_EQUAL -> " <= ";
      case GREATER -> " > ";
      case GREATER_OR_EQUAL -> " >= ";
    };
  }

  /// Whether a list that a column holds has a value.
  private static Sql in(Operand element, Operand list) {
    if (!(list.form() instanceof Form.Array)
        || (!textual(element) && element.form() != Form.Simple.INTEGER)) {
      throw new Unsayable("looking for " + element.form() + " in " + list.form());
    }
    var same = Sql.of("e.v IS NOT DISTINCT FROM ", text(element));
    return Sql.of("EXISTS (SELECT 1 FROM json_array_elements_text(CAST(", list.first())
        .add(Sql.of(" AS json)) AS e(v) WHERE ", same, ")"));
  }

  private Sql call(Call call, List<Operand> operands) {
    var first = operands.getFirst();
    return switch (call.function()) {
      case LOWER -> cased("lower", first.first());
      case UPPER -> cased("upper", first.first());
      case STARTS_WITH -> of("starts_with", first.first(), operands.get(1).first());
      case ENDS_WITH -> {
        var end = operands.get(1).first();
        yield Sql.of("(right(", first.first(), ", char_length(", end, ")) = ", end, ")");
      }
      case LIKE -> Sql.of("(", first.first(), " LIKE ", operands.get(1).first(), " ESCAPE '')");
      case ILIKE -> {
        var pattern = cased("lower", operands.get(1).first());
        yield Sql.of("(", cased("lower", first.first()), " LIKE ", pattern, " ESCAPE '')");
      }
      case ROUND ->
          of(PostgresFunctions.ROUNDED, exact(first), digits(operands, 1), digits(operands, 2));
      case NUMBER_OF -> real(first);
      case SIZE,
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

  private static Sql digits(List<Operand> operands, int index) {
    return Sql.of("CAST(", operands.get(index).first(), " AS integer)");
  }

  private Sql cased(String function, Sql text) {
    if (version < FULL_CASES) {
      throw new Unsayable("cases of letters before PostgreSQL " + FULL_CASES);
    }
    return Sql.of(function, "((", text, ") COLLATE \"pg_unicode_fast\") COLLATE \"C\"");
  }
}
