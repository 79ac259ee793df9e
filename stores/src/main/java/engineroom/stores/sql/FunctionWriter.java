package engineroom.stores.sql;

import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Search;
import engineroom.stores.sql.Bind.Derivation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the functions of the language: in SQL's words where it has them, else as computations.
final class FunctionWriter {
  private final ExpressionWriter writer;

  FunctionWriter(ExpressionWriter writer) {
    this.writer = writer;
  }

  /// A call as a loose condition, where there is a better way to write it than as a value.
  @Nullable Sql condition(Call call, Names names) {
    return switch (call.function()) {
      case STARTS_WITH -> startsWith(call, names);
      case LIKE -> like(call, Derivation.GLOB, names);
      case ILIKE -> like(call, Derivation.LOWER_GLOB, names);
      default -> null;
    };
  }

  private @Nullable Sql startsWith(Call call, Names names) {
    var text = call.arguments().getFirst();
    var prefix = ComparisonWriter.operand(call.arguments().get(1));
    if (prefix == null) {
      return null;
    }
    return Sql.of("(", writer.value(text, 0, names), " >= ")
        .bind(new Bind.Derived(prefix, Derivation.SAME))
        .add(" AND ")
        .add(writer.value(text, 0, names))
        .add(" < ")
        .bind(new Bind.Derived(prefix, Derivation.AFTER_PREFIX))
        .add(")");
  }

  private @Nullable Sql like(Call call, Derivation derivation, Names names) {
    var pattern = ComparisonWriter.operand(call.arguments().get(1));
    if (pattern == null) {
      return null;
    }
    var text = call.arguments().getFirst();
    var compared =
        derivation == Derivation.GLOB ? writer.value(text, 0, names) : lower(text, names);
    return Sql.of("(", compared, " GLOB ").bind(new Bind.Derived(pattern, derivation)).add(")");
  }

  private Sql lower(Expression text, Names names) {
    return call(new Call(Function.LOWER, List.of(text), text.type()), names);
  }

  /// A call as a value.
  Sql call(Call call, Names names) {
    var first = call.arguments().getFirst();
    return switch (call.function()) {
      case SIZE -> size(call, names);
      case LOWER ->
          java.util.Objects.requireNonNullElseGet(
              folded(first, names), () -> computed(call, names));
      case TRIM -> Sql.of("trim(", writer.value(first, 0, names), ", ' ' || char(9, 10, 13))");
      case CONTAINS ->
          Sql.of("(instr(", writer.value(first, 0, names), ", ")
              .add(writer.value(call.arguments().get(1), 0, names))
              .add(") > 0)");
      case DATE_OF -> Sql.of("substr(", writer.value(first, 0, names), ", 1, 10)");
      case YEAR_OF -> Sql.of("(substr(", writer.value(first, 0, names), ", 1, 4) || '-01-01')");
      case MONTH_OF -> Sql.of("(substr(", writer.value(first, 0, names), ", 1, 7) || '-01')");
      case WEEK_OF ->
          Sql.of(
              "date(substr(", writer.value(first, 0, names), ", 1, 10), '-6 days', 'weekday 1')");
      case HOUR_OF ->
          Sql.of("(substr(", writer.value(first, 0, names), ", 1, 13) || ':00:00.000000Z')");
      case STARTS_WITH, ENDS_WITH, MATCHES, UPPER, LIKE, ILIKE, RELEVANCE -> computed(call, names);
      case ROUND -> writer.computed(call, form(call), call.arguments(), names);
      case MONEY_OF -> writer.value(first, 0, names);
      case NUMBER_OF ->
          writer.form(first) == Form.Simple.INTEGER
              ? Sql.of("CAST(", writer.value(first, 0, names), " AS REAL)")
              : computed(call, names);
    };
  }

  /// The form that [#call] writes a call in.
  Form form(Call call) {
    return switch (call.arguments().getLast()) {
      case Expression.Literal(Value.Integer(var scale), _) when call.function() == Function.ROUND ->
          new Form.Scaled((int) scale);
      case Expression.Literal(Value.Text(var currency), _)
          when call.function() == Function.MONEY_OF ->
          new Form.Money(currency);
      case Expression _ -> Form.of(writer.tables().model(), call.type());
    };
  }

  private Sql computed(Call call, Names names) {
    return writer.computed(call, call.arguments(), names);
  }

  private Sql size(Call call, Names names) {
    var of = call.arguments().getFirst();
    var function = writer.form(of) instanceof Form.Array ? "json_array_length(" : "length(";
    return Sql.of(function, writer.value(of, 0, names), ")");
  }

  /// The column that holds a text in lower case already.
  private @Nullable Sql folded(Expression text, Names names) {
    return text instanceof Expression.Get(var row, var name, _)
            && row.type() instanceof engineroom.data.Type.RowOf(var entity)
            && TableNames.ignoresCase(writer.tables().model().entity(entity).field(name))
        ? writer.rows().column(row, TableNames.folded(name), names)
        : null;
  }

  /// Whether a row has all words.
  Sql search(Search search, Names names) {
    var words = ComparisonWriter.operand(search.words());
    if (words == null || search.fields().isEmpty()) {
      return Sql.of("0");
    }
    var entity = writer.tables().model().entity(RowWriter.entity(search.row()));
    var columns = new SearchTable.Columns(search.fields());
    var index = Sql.name(SearchTable.name(entity.name()));
    return Sql.of("(", writer.rows().column(search.row(), TableNames.key(entity), names))
        .add(" IN (SELECT rowid FROM " + index + " WHERE " + index + " MATCH ")
        .bind(new Bind.Words(words, columns))
        .add("))");
  }
}
