package engineroom.stores.sqlite;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Comparison;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Computation;
import engineroom.stores.sql.Computations;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQLite's words. What it has none for, it asks back for: see [SqliteFunctions].
final class SqliteDialect implements Dialect {
  /// Makes a decimal's text into bytes that are in order as the decimals of one scale are.
  static final String ORDERED = "engineroom_ordered";

  private final Computations computations;
  private final SqliteTexts texts = new SqliteTexts();
  private final SqliteJson json = new SqliteJson();
  private final SqliteMeasures measures = new SqliteMeasures();
  private final SqliteTableWords tables = new SqliteTableWords();

  /// @param computations that statements mention
  SqliteDialect(Computations computations) {
    this.computations = computations;
  }

  /// The driver's kinds are null, `Long`, `Double`, `String` and `byte[]`.
  private enum Kept implements Values {
    KEPT;

    @Override
    public @Nullable Object encode(Form form, int part, Value value) {
      return Codec.encode(form, part, value);
    }

    @Override
    public Object nearest(Form form, BigDecimal number, RoundingMode direction) {
      return Codec.nearest(form, number, direction);
    }

    @Override
    public Object elements(Form form, List<Value> elements) {
      return Codec.elements(form, elements);
    }

    @Override
    public Sql mark(Bind bind, Form form, int part) {
      return new Sql().bind(bind);
    }

    @Override
    public boolean moves(Form form, Type number, Comparison comparison) {
      return true;
    }
  }

  @Override
  public Values values() {
    return Kept.KEPT;
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
    return "1";
  }

  @Override
  public String never() {
    return "0";
  }

  /// `=` where neither side can be null, else the total `IS`; indexes serve both.
  @Override
  public Sql same(Sql left, Sql right, Nulls nulls) {
    return Sql.of(left, nulls == Nulls.NEITHER ? " = " : " IS ", right);
  }

  @Override
  public Sql different(Sql left, Sql right, Nulls nulls) {
    return Sql.of(left, nulls == Nulls.NEITHER ? " <> " : " IS NOT ", right);
  }

  @Override
  public Sql among(Sql value, Form form, Bind list, Nulls nulls) {
    var found = Sql.of(value).add(" IN (SELECT value FROM json_each(").bind(list).add("))");
    if (nulls == Nulls.NEITHER) {
      return found;
    }
    return Sql.of("(", found, " OR (", value, " IS NULL AND EXISTS ")
        .add("(SELECT 1 FROM json_each(")
        .bind(list)
        .add(") WHERE type = 'null')))");
  }

  @Override
  public Sql computed(Computation computation, List<Sql> operands) {
    var sql = Sql.of(Computation.FUNCTION, "(", computations.number(computation));
    operands.forEach(operand -> sql.add(", ").add(operand));
    return sql.add(")");
  }

  @Override
  public Sql part(Expression.Function part, Form form, Sql moment) {
    return switch (part) {
      case DATE_OF -> Sql.of("substr(", moment, ", 1, 10)");
      case YEAR_OF -> Sql.of("(substr(", moment, ", 1, 4) || '-01-01')");
      case MONTH_OF -> Sql.of("(substr(", moment, ", 1, 7) || '-01')");
      case WEEK_OF -> Sql.of("date(substr(", moment, ", 1, 10), '-6 days', 'weekday 1')");
      case HOUR_OF -> Sql.of("(substr(", moment, ", 1, 13) || ':00:00.000000Z')");
      default -> throw new IllegalArgumentException("no part of a moment: " + part);
    };
  }

  @Override
  public Sql real(Sql integer) {
    return Sql.of("CAST(", integer, " AS REAL)");
  }

  @Override
  public Sql ordered(Sql key, Form form, Rank rank) {
    var ordered = form == Form.Simple.EXACT ? Sql.of("CAST(", key, " AS NUMERIC)") : key;
    return Sql.of(ordered, words(rank));
  }

  @Override
  public String ordered(String column, Form form, Rank rank) {
    var key = form == Form.Simple.EXACT ? ORDERED + "(" + column + ")" : column;
    return key + words(rank);
  }

  /// Nulls are less than all else.
  private static String words(Rank rank) {
    return rank.words() + (rank == Rank.ASCENDING_NULLS ? " NULLS LAST" : "");
  }

  @Override
  public String alias() {
    return "";
  }
}
