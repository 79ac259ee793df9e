package engineroom.stores.sql;

import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Call;
import engineroom.expression.Expression.Function;
import engineroom.expression.Expression.Search;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the functions of the language: in SQL's words where it has them, else as computations.
final class FunctionWriter {
  private final ExpressionWriter writer;
  private final Dialect dialect;
  private final Dialect.Texts texts;

  FunctionWriter(ExpressionWriter writer) {
    this.writer = writer;
    this.dialect = writer.tables().dialect();
    this.texts = dialect.texts();
  }

  /// A call as a loose condition, where there is a better way to write it than as a value.
  @Nullable Sql condition(Call call, Names names) {
    return switch (call.function()) {
      case STARTS_WITH -> startsWith(call, names);
      case LIKE, ILIKE -> like(call, names);
      default -> null;
    };
  }

  private @Nullable Sql startsWith(Call call, Names names) {
    var text = call.arguments().getFirst();
    var prefix = ComparisonWriter.operand(call.arguments().get(1));
    if (prefix == null) {
      return null;
    }
    return texts.startsWith(writer.value(text, 0, names), prefix);
  }

  private @Nullable Sql like(Call call, Names names) {
    var pattern = ComparisonWriter.operand(call.arguments().get(1));
    if (pattern == null) {
      return null;
    }
    var text = call.arguments().getFirst();
    return call.function() == Function.LIKE
        ? texts.like(writer.value(text, 0, names), pattern)
        : texts.likeLower(lower(text, names), pattern);
  }

  private Sql lower(Expression text, Names names) {
    return call(new Call(Function.LOWER, List.of(text), text.type()), names);
  }

  /// A call as a value.
  Sql call(Call call, Names names) {
    var first = call.arguments().getFirst();
    return switch (call.function()) {
      case SIZE -> texts.size(writer.form(first), writer.value(first, 0, names));
      case LOWER ->
          java.util.Objects.requireNonNullElseGet(
              folded(first, names), () -> computed(call, names));
      case TRIM -> texts.trim(writer.value(first, 0, names));
      case CONTAINS ->
          texts.contains(
              writer.value(first, 0, names), writer.value(call.arguments().get(1), 0, names));
      case DATE_OF, YEAR_OF, MONTH_OF, WEEK_OF, HOUR_OF ->
          dialect.part(call.function(), writer.form(first), writer.value(first, 0, names));
      case STARTS_WITH, ENDS_WITH, MATCHES, UPPER, LIKE, ILIKE, RELEVANCE -> computed(call, names);
      case ROUND -> writer.computed(call, form(call), call.arguments(), names);
      case MONEY_OF -> writer.value(first, 0, names);
      case NUMBER_OF ->
          writer.form(first) == Form.Simple.INTEGER
              ? dialect.real(writer.value(first, 0, names))
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
      return Sql.of(dialect.never());
    }
    var entity = writer.tables().model().entity(RowWriter.entity(search.row()));
    return texts.search(
        entity,
        search.fields(),
        words,
        column -> writer.rows().column(search.row(), column, names));
  }
}
