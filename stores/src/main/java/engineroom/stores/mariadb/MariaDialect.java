package engineroom.stores.mariadb;

import engineroom.expression.Expression;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Computation;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import java.util.List;
import java.util.function.Function;

/// MariaDB's words, in which double quotes stand around names and a backslash is like any other
/// character: see [MariaDatabase]. What it has no words for is answered in memory.
///
/// A statement in brackets behind `FROM` can't mention the rows around it. So lists, roll-ups and
/// what is worked out are written without one.
final class MariaDialect implements Dialect, Brand.Spoken {
  /// Stands for a value that is put in later; no statement has this character.
  private static final String NAME = "\u0001";

  /// A statement gets no longer by a value that it mentions several times.
  static final int LENGTH_MAX = 20_000;

  private final Brand brand;
  private final MariaValues values;
  private final MariaTexts texts;
  private final MariaJson json;
  private final MariaMeasures measures = new MariaMeasures();
  private final MariaTableWords tables;

  MariaDialect(Brand brand) {
    this.brand = brand;
    this.values = new MariaValues(brand);
    this.texts = new MariaTexts(brand);
    this.json = new MariaJson(brand);
    this.tables = new MariaTableWords(brand);
  }

  @Override
  public Brand brand() {
    return brand;
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

  @Override
  public Sql same(Sql left, Sql right, Nulls nulls) {
    return Sql.of(left, nulls == Nulls.BOTH ? " <=> " : " = ", right);
  }

  @Override
  public Sql different(Sql left, Sql right, Nulls nulls) {
    return nulls == Nulls.NEITHER
        ? Sql.of(left, " <> ", right)
        : Sql.of("(NOT (", left, " <=> ", right, "))");
  }

  @Override
  public Sql among(Sql value, Form form, Bind list, Nulls nulls) {
    var table =
        Sql.of("JSON_TABLE(", list, ", '$[*]' COLUMNS (v ", MariaValues.type(brand, form, 0))
            .add(" PATH '$')) AS l");
    var found = Sql.of(value, " IN (SELECT l.v FROM ", table, ")");
    if (nulls == Nulls.NEITHER) {
      return found;
    }
    var none = Sql.of(value, " IS NULL AND EXISTS (SELECT 1 FROM ", table, " WHERE l.v IS NULL)");
    return Sql.of("(", found, " OR (", none, "))");
  }

  @Override
  public Sql computed(Computation asked, List<Sql> operands) {
    var sql = MariaComputation.write(asked, operands);
    if (sql.toString().length() > LENGTH_MAX) {
      throw new Unsayable("a value that is mentioned too often");
    }
    return sql;
  }

  @Override
  public Sql part(Expression.Function part, Form form, Sql moment) {
    return switch (part) {
      case DATE_OF -> Sql.of("CAST(", moment, " AS DATE)");
      case YEAR_OF -> cut(moment, "%Y-01-01", "DATE");
      case MONTH_OF -> cut(moment, "%Y-%m-01", "DATE");
      case WEEK_OF ->
          Sql.of("DATE_SUB(CAST(", moment, " AS DATE), INTERVAL WEEKDAY(", moment, ") DAY)");
      case HOUR_OF -> cut(moment, "%Y-%m-%d %H:00:00", "DATETIME(6)");
      default -> throw new IllegalArgumentException("no part of a moment: " + part);
    };
  }

  private static Sql cut(Sql moment, String pattern, String type) {
    return Sql.of("CAST(DATE_FORMAT(", moment, ", '", pattern, "') AS ", type, ")");
  }

  @Override
  public Sql real(Sql integer) {
    return Sql.of("CAST(", integer, " AS DOUBLE)");
  }

  /// Nulls are less than all else.
  @Override
  public Sql ordered(Sql key, Form form, Rank rank) {
    var order = Sql.of(key, rank.words());
    return rank == Rank.ASCENDING_NULLS ? Sql.of(key, " IS NULL, ", order) : order;
  }

  @Override
  public String ordered(String column, Form form, Rank rank) {
    return ordered(Sql.of(column), form, rank).toString();
  }

  @Override
  public String alias() {
    return " AS d";
  }

  @Override
  public Sql exactlyOne(Sql rows) {
    return Sql.of("((SELECT count(*)", rows, ") = 1)");
  }

  @Override
  public Sql once(Sql value, Function<String, Sql> said) {
    var text = said.apply(NAME).toString();
    var sql = new Sql();
    var at = 0;
    for (var next = text.indexOf(NAME); next >= 0; next = text.indexOf(NAME, at)) {
      sql.add(text.substring(at, next)).add(Sql.of("(", value, ")"));
      at = next + 1;
    }
    sql.add(text.substring(at));
    if (sql.toString().length() > LENGTH_MAX) {
      throw new Unsayable("a value that is mentioned too often");
    }
    return sql;
  }
}
