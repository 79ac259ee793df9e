package engineroom.stores.postgres;

import engineroom.expression.Expression;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Computation;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import java.util.List;
import java.util.regex.Pattern;

/// PostgreSQL's words. What it has none for, nor a function of ours, is answered in memory.
final class PostgresDialect implements Dialect {
  private static final Pattern COLUMN = Pattern.compile("t[0-9]+\\.\"[^\"]+\"");

  private final PostgresComputation computation;
  private final PostgresTexts texts;
  private final PostgresValues values = new PostgresValues();
  private final PostgresJson json = new PostgresJson();
  private final PostgresMeasures measures = new PostgresMeasures();
  private final PostgresTableWords tables = new PostgresTableWords();

  /// @param version of the server: 18 for 18.4
  PostgresDialect(int version) {
    this.texts = new PostgresTexts(values);
    this.computation = new PostgresComputation(version);
  }

  @Override
  public Values values() {
    return values;
  }

  @Override
  public Texts texts() {
    return texts;
  }

  @Override
  public Json json() {
    return json;
  }

  @Override
  public Measures measures() {
    return measures;
  }

  @Override
  public Tables tables() {
    return tables;
  }

  @Override
  public String always() {
    return "TRUE";
  }

  @Override
  public String never() {
    return "FALSE";
  }

  /// No index serves `IS NOT DISTINCT FROM`: a column is compared with what is passed in words that
  /// one does.
  @Override
  public Sql same(Sql left, Sql right, Nulls nulls) {
    if (nulls != Nulls.BOTH) {
      return Sql.of(left, " = ", right);
    }
    var column = COLUMN.matcher(left.toString()).matches() && right.toString().startsWith("CAST(?");
    return column
        ? Sql.of("(", left, " = ", right, " OR (", left, " IS NULL AND ", right, " IS NULL))")
        : Sql.of(left, " IS NOT DISTINCT FROM ", right);
  }

  @Override
  public Sql different(Sql left, Sql right, Nulls nulls) {
    return Sql.of(left, nulls == Nulls.NEITHER ? " <> " : " IS DISTINCT FROM ", right);
  }

  @Override
  public Sql among(Sql value, Form form, Bind list, Nulls nulls) {
    var array = Sql.of("CAST(", list, " AS ", PostgresValues.type(form, 0), "[])");
    var found = Sql.of(value, " = ANY (", array, ")");
    if (nulls == Nulls.NEITHER) {
      return found;
    }
    var none = Sql.of(value, " IS NULL AND array_position(", array, ", NULL) IS NOT NULL");
    return Sql.of("(", found, " OR (", none, "))");
  }

  @Override
  public Sql computed(Computation asked, List<Sql> operands) {
    return computation.write(asked, operands);
  }

  @Override
  public Sql part(Expression.Function part, Form form, Sql moment) {
    var day =
        form == Form.Simple.TIMESTAMP
            ? Sql.of("(", moment, " AT TIME ZONE 'UTC')")
            : Sql.of("CAST(", moment, " AS timestamp)");
    return switch (part) {
      case DATE_OF -> Sql.of("CAST(", day, " AS date)");
      case YEAR_OF -> first("year", day);
      case MONTH_OF -> first("month", day);
      case WEEK_OF -> first("week", day);
      case HOUR_OF -> Sql.of("date_trunc('hour', ", moment, ", 'UTC')");
      default -> throw new IllegalArgumentException("no part of a moment: " + part);
    };
  }

  private static Sql first(String part, Sql day) {
    return Sql.of("CAST(date_trunc('", part, "', ", day, ") AS date)");
  }

  @Override
  public Sql real(Sql integer) {
    return Sql.of("CAST(", integer, " AS double precision)");
  }

  @Override
  public Sql ordered(Sql key, Form form, Rank rank) {
    var plain = form != Form.Simple.TEXT || COLUMN.matcher(key.toString()).matches();
    return Sql.of(key, plain ? "" : " COLLATE \"C\"", words(rank));
  }

  @Override
  public String ordered(String column, Form form, Rank rank) {
    return ordered(Sql.of(column), form, rank).toString();
  }

  /// Nulls are more than all else.
  private static String words(Rank rank) {
    return rank.words() + (rank == Rank.DESCENDING_NULLS ? " NULLS LAST" : "");
  }

  @Override
  public String alias() {
    return " AS d";
  }
}
