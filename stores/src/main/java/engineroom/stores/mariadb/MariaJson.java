package engineroom.stores.mariadb;

import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Dialect.Order;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.JsonPieces;
import engineroom.stores.sql.Sql;
import java.util.List;

/// JSON text in MariaDB's words. Its own functions for objects put blanks where others put none.
final class MariaJson implements Dialect.Json {
  /// Control characters that its escapes have in upper case.
  private static final List<String> UPPER =
      List.of("0B", "0E", "0F", "1A", "1B", "1C", "1D", "1E", "1F");

  private final Brand brand;

  MariaJson(Brand brand) {
    this.brand = brand;
  }

  @Override
  public String shown(Form.Simple form, String column) {
    return switch (form) {
      case UUID, JSON -> column;
      case INTEGER, EXACT -> text(column);
      case BOOLEAN -> "CASE " + column + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
      case TIMESTAMP -> "DATE_FORMAT(" + column + ", '%Y-%m-%dT%H:%i:%s.%fZ')";
      case DATE -> "DATE_FORMAT(" + column + ", '%Y-%m-%d')";
      case TIME -> "TIME_FORMAT(" + column + ", '%H:%i:%s.%f')";
      case NUMBER -> MariaShown.number(column);
      case DURATION -> MariaShown.duration(column);
      case BYTES -> "REPLACE(TO_BASE64(" + column + "), CHAR(10), '')";
      case TEXT -> quoted(column);
      case POINT -> throw new IllegalArgumentException("a point has two parts");
    };
  }

  private static String text(String number) {
    return "CAST(" + number + " AS CHAR)";
  }

  /// Two backslashes are one character while the escapes change, so that none of them is taken for
  /// the beginning of an escape.
  @Override
  public String quoted(String column) {
    var json = "(JSON_QUOTE(" + column + ") COLLATE " + brand.collation() + ")";
    var lower = replaced(json, "'\\\\'", "CHAR(1)");
    for (var code : UPPER) {
      var escape = "'\\u00" + code + "'";
      lower = replaced(lower, escape, escape.toLowerCase(java.util.Locale.ROOT));
    }
    lower = replaced(lower, "CHAR(1)", "'\\\\'");
    return "CASE WHEN %s LIKE '%%\\u00%%' THEN %s ELSE %s END".formatted(json, lower, json);
  }

  private static String replaced(String text, String what, String by) {
    return "REPLACE(" + text + ", " + what + ", " + by + ")";
  }

  @Override
  public JsonPieces decimal(String column, int scale) {
    return JsonPieces.quoted(text("ROUND(" + column + ", " + scale + ")"));
  }

  @Override
  public Sql concat(List<Sql> texts) {
    return Sql.of("CONCAT_WS('', ", Sql.joined(", ", texts), ")");
  }

  @Override
  public Sql joined(List<Sql> texts) {
    return Sql.of("CONCAT(", Sql.joined(", ", texts), ")");
  }

  @Override
  public Sql or(Sql text, Sql otherwise) {
    return Sql.of("COALESCE(", text, ", ", otherwise, ")");
  }

  @Override
  public Sql array(Each texts, Order order) {
    return brand.array(texts, order);
  }
}
