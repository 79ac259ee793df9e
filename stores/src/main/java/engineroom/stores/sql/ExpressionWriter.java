package engineroom.stores.sql;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.And;
import engineroom.expression.Expression.Arithmetic;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Conditional;
import engineroom.expression.Expression.Count;
import engineroom.expression.Expression.Fact;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Guarded;
import engineroom.expression.Expression.In;
import engineroom.expression.Expression.ListOf;
import engineroom.expression.Expression.Literal;
import engineroom.expression.Expression.Negate;
import engineroom.expression.Expression.Not;
import engineroom.expression.Expression.Or;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Quantified;
import engineroom.expression.Expression.Rollup;
import engineroom.expression.Expression.Search;
import engineroom.expression.Expression.Variable;
import engineroom.model.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes expressions as SQL that means the same.
///
/// A condition comes in two kinds. Loose: false and null are the same, as in `WHERE` and under
/// `AND` and `OR`; plain comparisons there can use indexes. Strict: 1 or 0 and never null, for all
/// other places.
public final class ExpressionWriter {
  private final TableNames tables;
  private final Given given;
  private final Dialect dialect;
  private final RowWriter rows;
  private final ComparisonWriter comparisons;
  private final FunctionWriter functions;
  private final MeasureWriter measures;

  /// What is known of the arguments that a statement will be run with.
  public enum Given {
    ANY,
    /// None is null, nor has a list a null in it.
    PRESENT
  }

  public ExpressionWriter(TableNames tables) {
    this(tables, Given.ANY);
  }

  public ExpressionWriter(TableNames tables, Given given) {
    this.tables = tables;
    this.given = given;
    this.dialect = tables.dialect();
    this.rows = new RowWriter(this);
    this.comparisons = new ComparisonWriter(this);
    this.functions = new FunctionWriter(this);
    this.measures = new MeasureWriter(this);
  }

  Dialect dialect() {
    return dialect;
  }

  TableNames tables() {
    return tables;
  }

  RowWriter rows() {
    return rows;
  }

  /// A loose condition.
  Sql condition(Expression condition, Names names) {
    return switch (condition) {
      case And(var parts) ->
          parts.isEmpty() ? Sql.of(dialect.always()) : all(parts, " AND ", names);
      case Or(var parts) -> parts.isEmpty() ? Sql.of(dialect.never()) : all(parts, " OR ", names);
      case Not(var operand) -> Sql.of("NOT ", strict(operand, names));
      case Compare compare -> comparisons.compare(compare, names);
      case In in -> comparisons.in(in, names);
      case Quantified quantified -> quantified(quantified, names);
      case Search search -> functions.search(search, names);
      case Literal(var value, _) ->
          Sql.of(value.equals(Value.of(true)) ? dialect.always() : dialect.never());
      case Conditional(var test, var then, var otherwise, _) ->
          Sql.of("CASE WHEN ", condition(test, names), " THEN ", condition(then, names), " ELSE ")
              .add(condition(otherwise, names))
              .add(" END");
      case Call call ->
          java.util.Objects.requireNonNullElseGet(
              functions.condition(call, names), () -> value(call, 0, names));
      case Get _,
          Parameter _,
          Variable _,
          Guarded _,
          Fact _,
          Negate _,
          Arithmetic _,
          ListOf _,
          Count _,
          Rollup _ ->
          value(condition, 0, names);
    };
  }

  private Sql all(List<Expression> parts, String separator, Names names) {
    var pieces = parts.stream().map(part -> condition(part, names)).toList();
    return Sql.of("(", Sql.joined(separator, pieces), ")");
  }

  /// A strict condition.
  Sql strict(Expression condition, Names names) {
    return condition instanceof Not
            || condition instanceof Quantified
            || condition instanceof Literal
        ? Sql.of("(", condition(condition, names), ")")
        : Sql.of("((", condition(condition, names), ") IS TRUE)");
  }

  /// One part of a value, in the form that [#form] tells.
  Sql value(Expression expression, int part, Names names) {
    return switch (expression) {
      case Literal(var value, _) -> constant(value, form(expression), part);
      case Parameter(var index, _) -> argument(index, form(expression), part);
      case Variable _, Guarded _ -> rows.id(expression, names);
      case Get get -> get(get, part, names);
      case Conditional(var condition, var then, var otherwise, _) -> {
        var form = form(expression);
        yield Sql.of("CASE WHEN ", condition(condition, names), " THEN ")
            .add(as(form, then, part, names))
            .add(" ELSE ")
            .add(as(form, otherwise, part, names))
            .add(" END");
      }
      case Call call -> functions.call(call, names);
      case Arithmetic(_, var left, var right, _) ->
          computed(expression, List.of(left, right), names);
      case Negate(var operand, _) -> computed(expression, List.of(operand), names);
      case Count(var list, var variable, var condition) ->
          Sql.of("(SELECT count(*)", rows.list(list, variable, condition, names), ")");
      case Rollup rollup -> measures.rollup(rollup, names);
      case ListOf _ ->
          throw new IllegalArgumentException("a list written out stands only behind `in`");
      case Fact _ ->
          throw new IllegalArgumentException("a fact must be bound before: " + expression);
      case Not _, And _, Or _, Compare _, In _, Quantified _, Search _ -> strict(expression, names);
    };
  }

  /// Whether a list that is passed may have a null in it.
  boolean nullsAmong() {
    return given == Given.ANY;
  }

  /// A value that is known.
  Sql constant(Value value, Form form, int part) {
    var bind = new Bind.Constant(dialect.values().encode(form, part, value));
    return dialect.values().mark(bind, form, part);
  }

  /// A part of an argument.
  Sql argument(int index, Form form, int part) {
    return dialect.values().mark(new Bind.Argument(index, form, part), form, part);
  }

  private Sql get(Get get, int part, Names names) {
    var row = get.row();
    if (row.type() instanceof Type.RowOf(var entity)) {
      var virtual = tables.model().entity(entity).virtual(get.field());
      return virtual == null
          ? rows.column(row, column(tables.model().entity(entity).field(get.field()), part), names)
          : rows.of(row, names, table -> virtual(virtual, part, table, names));
    }
    return switch (get.field()) {
      case "amount", "latitude" -> value(row, 0, names);
      case "currency" ->
          form(row) instanceof Form.Money(var fixed) && fixed != null
              ? Sql.of(
                  "CASE WHEN ",
                  value(row, 0, names),
                  " IS NOT NULL THEN ",
                  Sql.quoted(fixed),
                  " END")
              : value(row, 1, names);
      default -> value(row, 1, names);
    };
  }

  /// A part of what is worked out of a row at hand.
  Sql virtual(Expression computed, int part, Names.Table table, Names names) {
    return value(computed, part, names.with(Variable.ROW, table));
  }

  private String column(Field field, int part) {
    return tables.columns(field).get(part);
  }

  /// A value in a form that is wider than its own.
  Sql as(Form form, Expression expression, int part, Names names) {
    var own = form(expression);
    if (form == Form.Simple.EXACT && !own.equals(form)) {
      return computed(expression, form, List.of(expression), names);
    }
    if (form instanceof Form.Money(var currency)
        && currency == null
        && own instanceof Form.Money(var fixed)
        && fixed != null
        && part == 1) {
      return Sql.of(
          "CASE WHEN ",
          value(expression, 0, names),
          " IS NOT NULL THEN ",
          Sql.quoted(fixed),
          " END");
    }
    return value(expression, part, names);
  }

  /// The form that [#value] writes an expression in.
  Form form(Expression expression) {
    return switch (expression) {
      case Literal(var value, var type) -> Form.of(tables.model(), value, type);
      case Get(var row, var field, _) when row.type() instanceof Type.RowOf(var entity) ->
          tables.form(tables.model().entity(entity).field(field));
      case Conditional(_, var then, var otherwise, _) when isNull(otherwise) -> form(then);
      case Call call -> functions.form(call);
      case Rollup rollup -> measures.form(rollup);
      default -> Form.of(tables.model(), expression.type());
    };
  }

  /// Whether an expression is the literal null.
  static boolean isNull(Expression expression) {
    return expression instanceof Literal(var value, _) && value instanceof Value.Null;
  }

  /// The field that an expression reads from a row at hand, where it does nothing else.
  @Nullable Field plainField(Expression expression) {
    return expression instanceof Get(Variable(_, var type), var field, _)
        ? tables.model().entity(type.entity()).field(field)
        : null;
  }

  /// Whether an expression may be null; true in doubt.
  boolean nullable(Expression expression) {
    return switch (expression) {
      case Literal(var value, _) -> value instanceof Value.Null;
      case Get _ -> {
        var field = plainField(expression);
        yield field == null || !field.required() || field.virtual();
      }
      case Variable _ -> false;
      case Parameter _ -> given == Given.ANY;
      case Not _, And _, Or _, Compare _, In _, Quantified _, Search _, Count _ -> false;
      default -> true;
    };
  }

  /// A value that the evaluator gives, or that the database works out in the same way.
  ///
  /// @param expression whose operands these are, in order
  Sql computed(Expression expression, List<Expression> operands, Names names) {
    return computed(expression, Form.of(tables.model(), expression.type()), operands, names);
  }

  Sql computed(Expression expression, Form result, List<Expression> operands, Names names) {
    var parameters = new ArrayList<Expression>();
    for (var operand : operands) {
      parameters.add(new Parameter(parameters.size(), passed(operand.type())));
    }
    var computation =
        new Computation(
            Operands.replaced(expression, operands, parameters),
            operands.stream().map(this::form).toList(),
            result);
    var parts = new ArrayList<Sql>();
    for (var operand : operands) {
      for (var part = 0; part < form(operand).parts(); part++) {
        parts.add(value(operand, part, names));
      }
    }
    return dialect.computed(computation, parts);
  }

  /// The type under which an operand is passed: a row as its id.
  private Type passed(Type type) {
    return type instanceof Type.RowOf(var entity)
        ? tables.model().entity(entity).field("id").type().type()
        : type;
  }

  private Sql quantified(Quantified quantified, Names names) {
    var list = quantified.list();
    var variable = quantified.variable();
    var condition = quantified.condition();
    return switch (quantified.quantifier()) {
      case EXISTS -> Sql.of("EXISTS (SELECT 1", rows.list(list, variable, condition, names), ")");
      case ALL ->
          Sql.of("NOT EXISTS (SELECT 1")
              .add(rows.list(list, variable, new Not(condition), names))
              .add(")");
      case EXISTS_ONE -> dialect.exactlyOne(rows.list(list, variable, condition, names));
    };
  }
}
