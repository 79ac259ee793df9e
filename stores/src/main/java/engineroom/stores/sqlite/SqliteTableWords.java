package engineroom.stores.sqlite;

import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.plan.Counted;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tables in SQLite's words.
final class SqliteTableWords implements Dialect.Tables {
  /// Rows looked at, spread over the table, to guess how many of all rows match.
  static final int SAMPLE = Counted.EXACT_UP_TO;

  @Override
  public String type(FieldType type, Form form, int part) {
    return switch (form) {
      case Form.Scaled _ -> "INTEGER";
      case Form.Money _ -> part == 0 ? "INTEGER" : "TEXT";
      case Form.Array _ -> "TEXT";
      case Form.Simple simple ->
          switch (simple) {
            case INTEGER, BOOLEAN, DURATION -> "INTEGER";
            case NUMBER, POINT -> "REAL";
            case BYTES -> "BLOB";
            case TEXT, TIMESTAMP, DATE, TIME, UUID, JSON, EXACT -> "TEXT";
          };
    };
  }

  @Override
  public String identity(Entity entity) {
    return TableNames.integerIds(entity) ? " PRIMARY KEY" : " UNIQUE";
  }

  @Override
  public String refers(String entity) {
    return " REFERENCES " + Sql.name(entity) + " (\"id\")";
  }

  @Override
  public boolean numbersRows() {
    return true;
  }

  @Override
  public String named(String name) {
    return name;
  }

  @Override
  public String measured(Form form, String column) {
    return form == Form.Simple.TEXT || form == Form.Simple.BYTES
        ? "length(" + column + ")"
        : column;
  }

  @Override
  public String limit(Form form, String limit) {
    return limit;
  }

  @Override
  public String create(String name, Entity entity, List<String> columns) {
    var all = new ArrayList<>(columns);
    if (!TableNames.integerIds(entity)) {
      all.addFirst("\"_row\" INTEGER PRIMARY KEY");
    }
    return "CREATE TABLE %s (%s) STRICT".formatted(Sql.name(name), String.join(", ", all));
  }

  @Override
  public List<String> search(Entity entity) {
    var index = Sql.name(SearchTable.name(entity.name()));
    var fields = TableNames.searched(entity);
    var names = fields.stream().map(Sql::name).collect(Collectors.joining(", "));
    var words =
        fields.stream()
            .map(f -> "ifnull(engineroom_words(" + Sql.name(f) + "), '')")
            .collect(Collectors.joining(", "));
    var drop = "DROP TABLE IF EXISTS " + index;
    return fields.isEmpty()
        ? List.of(drop)
        : List.of(
            drop,
            ("CREATE VIRTUAL TABLE %s USING fts5(%s, content='',"
                    + " contentless_delete=1, tokenize='ascii')")
                .formatted(index, names),
            "INSERT INTO %s (rowid, %s) SELECT %s, %s FROM %s"
                .formatted(
                    index,
                    names,
                    Sql.name(TableNames.key(entity)),
                    words,
                    Sql.name(entity.name())));
  }

  /// Only where it is of use: such a statement keeps a copy of each page that it changes.
  @Override
  public String givesKey(Entity entity) {
    return TableNames.searched(entity).isEmpty()
        ? ""
        : " RETURNING " + Sql.name(TableNames.key(entity));
  }

  @Override
  public @Nullable String searchColumn() {
    return null;
  }

  @Override
  public String searched(List<String> texts) {
    throw new IllegalStateException("words are in an index beside the table");
  }

  @Override
  public String fold(Entity entity, String column, String from) {
    return "UPDATE %s SET %s = engineroom_folded(%s)"
        .formatted(Sql.name(entity.name()), Sql.name(column), Sql.name(from));
  }

  @Override
  public String orZero(String number) {
    return "ifnull(" + number + ", 0)";
  }

  /// One row of each stretch, at a place that differs from stretch to stretch, so that what returns
  /// in the data with a period does not return in the sample. Rows that are gone count as rows that
  /// do not match, so gaps do no harm.
  @Override
  public Sample sample(String entity, Matching matching) {
    var last = "SELECT coalesce(max(rowid), 0) FROM " + Sql.name(entity);
    var sample =
        Sql.of(
            "WITH RECURSIVE point(n) AS",
            " (SELECT 0 UNION ALL SELECT n + 1 FROM point WHERE n < ",
            SAMPLE - 1,
            "), whole(last) AS MATERIALIZED (SELECT max(rowid) FROM ",
            Sql.name(entity),
            ") SELECT count(*), (SELECT coalesce(last, 0) FROM whole)",
            " FROM whole CROSS JOIN point CROSS JOIN ",
            matching.from(),
            " WHERE ",
            matching.alias(),
            ".rowid = 1 + CAST((n + n * 7919 % 10007 / 10007.0) * (whole.last / ",
            SAMPLE,
            ".0) AS INTEGER) AND ",
            matching.condition());
    return new Sample(Sql.of(last), sample);
  }
}
