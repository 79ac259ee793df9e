package engineroom.stores.postgres;

import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Dialect.Order;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.JsonPieces;
import engineroom.stores.sql.Sql;
import java.util.ArrayList;
import java.util.List;

/// JSON text in PostgreSQL's words. Its own functions for objects put blanks where others put none.
final class PostgresJson implements Dialect.Json {
  private static final int GROUP = 16;

  @Override
  public String shown(Form.Simple form, String column) {
    return switch (form) {
      case UUID, INTEGER, BOOLEAN, EXACT -> "CAST(" + column + " AS text)";
      case TIMESTAMP ->
          "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
      case DATE -> "to_char(" + column + ", 'YYYY-MM-DD')";
      case TIME -> "to_char(" + column + ", 'HH24:MI:SS.US')";
      case JSON -> column;
      case NUMBER -> PostgresFunctions.NUMBER + "(" + column + ")";
      case DURATION -> PostgresFunctions.DURATION + "(" + column + ")";
      case BYTES -> "translate(encode(" + column + ", 'base64'), E'\\n', '')";
      case TEXT -> quoted(column);
      case POINT -> throw new IllegalArgumentException("a point has two parts");
    };
  }

  @Override
  public String quoted(String column) {
    return "CAST(to_json(" + column + ") AS text)";
  }

  @Override
  public JsonPieces decimal(String column, int scale) {
    return JsonPieces.quoted("CAST(round(" + column + ", " + scale + ") AS text)");
  }

  /// By the operator: the function `concat` looks at the types of its arguments each time, and
  /// takes half as long again. In groups, so that a long row is not copied once more for each
  /// field.
  @Override
  public Sql concat(List<Sql> texts) {
    if (texts.size() <= GROUP) {
      return joined(texts.stream().map(text -> or(text, Sql.of("''"))).toList());
    }
    var groups = new ArrayList<Sql>();
    for (var i = 0; i < texts.size(); i += GROUP) {
      groups.add(concat(texts.subList(i, Math.min(texts.size(), i + GROUP))));
    }
    return concat(groups);
  }

  @Override
  public Sql joined(List<Sql> texts) {
    return Sql.of("(", Sql.joined(" || ", texts), ")");
  }

  @Override
  public Sql or(Sql text, Sql otherwise) {
    return Sql.of("coalesce(", text, ", ", otherwise, ")");
  }

  /// In the order of the rows: PostgreSQL adds them as they come.
  @Override
  public Sql array(Each texts, Order order) {
    return Sql.of("(SELECT '[' || coalesce(string_agg(j, ','), '') || ']' FROM (")
        .add(texts.as("j"))
        .add(order.words())
        .add(") AS a)");
  }
}
