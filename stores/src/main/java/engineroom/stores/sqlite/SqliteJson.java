package engineroom.stores.sqlite;

import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Dialect.Order;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.JsonPieces;
import engineroom.stores.sql.Sql;
import java.util.List;

/// JSON text in SQLite's words.
final class SqliteJson implements Dialect.Json {
  /// Makes JSON of a float; of null null.
  static final String NUMBER = "engineroom_number";

  /// Makes ISO 8601 of microseconds; of null null.
  static final String DURATION = "engineroom_duration";

  /// Makes base64 of bytes; of null null.
  static final String BASE64 = "engineroom_base64";

  @Override
  public String shown(Form.Simple form, String column) {
    return switch (form) {
      case UUID, TIMESTAMP, DATE, TIME, EXACT, INTEGER, JSON -> column;
      case NUMBER -> NUMBER + "(" + column + ")";
      case BOOLEAN -> "CASE " + column + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END";
      case DURATION -> DURATION + "(" + column + ")";
      case BYTES -> BASE64 + "(" + column + ")";
      case TEXT -> quoted(column);
      case POINT -> throw new IllegalArgumentException("a point has two parts");
    };
  }

  @Override
  public String quoted(String column) {
    return "json_quote(" + column + ")";
  }

  /// Digits before the point, and those behind it with the zeros they begin with. SQLite's `format`
  /// does the same in three times the time.
  @Override
  public JsonPieces decimal(String column, int scale) {
    if (scale == 0) {
      return JsonPieces.quoted(column);
    }
    var unit = "1" + "0".repeat(scale);
    return new JsonPieces()
        .text("\"")
        .value("iif(" + column + " < 0, '-', '')")
        .value("abs(" + column + " / " + unit + ")")
        .text(".")
        .value("substr(" + unit + " + abs(" + column + " % " + unit + "), 2)")
        .text("\"");
  }

  @Override
  public Sql concat(List<Sql> texts) {
    return Sql.of("concat(", Sql.joined(", ", texts), ")");
  }

  @Override
  public Sql joined(List<Sql> texts) {
    return Sql.of("(", Sql.joined(" || ", texts), ")");
  }

  @Override
  public Sql or(Sql text, Sql otherwise) {
    return Sql.of("ifnull(", text, ", ", otherwise, ")");
  }

  @Override
  public Sql array(Each texts, Order order) {
    return Sql.of("(SELECT '[' || ifnull(group_concat(j, ','), '') || ']' FROM (")
        .add(texts.as("j"))
        .add(order.words())
        .add("))");
  }
}
