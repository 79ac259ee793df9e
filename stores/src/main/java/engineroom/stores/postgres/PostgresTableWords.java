package engineroom.stores.postgres;

import engineroom.model.Entity;
import engineroom.model.FieldType;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tables in PostgreSQL's words: of its own types, because owners look into their database.
final class PostgresTableWords implements Dialect.Tables {
  /// The column of a row's searched words.
  static final String SEARCH = "__search";

  /// Bytes of a name that PostgreSQL tells apart.
  private static final int NAME_MAX = 63;

  @Override
  public String type(FieldType type, Form form, int part) {
    if (type instanceof FieldType.Decimal(var precision, var scale, _, _)
        && form instanceof Form.Scaled) {
      return "numeric(" + precision + ", " + scale + ")";
    }
    var name = PostgresValues.type(form, part);
    return name.equals("text") ? "text COLLATE \"C\"" : name;
  }

  @Override
  public String identity(Entity entity) {
    return " PRIMARY KEY";
  }

  /// References are added when all tables are there.
  @Override
  public String refers(String entity) {
    return "";
  }

  @Override
  public String named(String name) {
    return name.length() <= NAME_MAX
        ? name
        : name.substring(0, NAME_MAX - 9) + "_" + "%08x".formatted(name.hashCode());
  }

  @Override
  public String measured(Form form, String column) {
    return switch (form) {
      case Form.Simple simple when simple == Form.Simple.TEXT -> "char_length(" + column + ")";
      case Form.Simple simple when simple == Form.Simple.BYTES -> "octet_length(" + column + ")";
      case Form _ -> column;
    };
  }

  @Override
  public String limit(Form form, String limit) {
    return form instanceof Form.Scaled(var scale)
        ? new BigDecimal(limit).movePointLeft(scale).toPlainString()
        : limit;
  }

  @Override
  public String create(String name, Entity entity, List<String> columns) {
    var all = new ArrayList<>(columns);
    if (!TableNames.searched(entity).isEmpty()) {
      all.add(Sql.name(SEARCH) + " tsvector");
    }
    return "CREATE TABLE %s (%s)".formatted(Sql.name(name), String.join(", ", all));
  }

  @Override
  public List<String> search(Entity entity) {
    var index = Sql.name(named(SearchTable.name(entity.name())));
    var drop = "DROP INDEX IF EXISTS " + index;
    return TableNames.searched(entity).isEmpty()
        ? List.of(drop)
        : List.of(
            drop,
            "CREATE INDEX %s ON %s USING gin (%s)"
                .formatted(index, Sql.name(entity.name()), Sql.name(SEARCH)));
  }

  @Override
  public @Nullable String searchColumn() {
    return SEARCH;
  }

  @Override
  public String searched(List<String> texts) {
    return PostgresTexts.words(texts);
  }

  @Override
  public String fold(Entity entity, String column, String from) {
    return "UPDATE %s SET %s = lower(%s COLLATE \"pg_unicode_fast\")"
        .formatted(Sql.name(entity.name()), Sql.name(column), Sql.name(from));
  }

  @Override
  public String orZero(String number) {
    return "coalesce(" + number + ", 0)";
  }

  /// The planner's own statistics say how many rows there are.
  @Override
  public @Nullable Sample sample(String entity, Matching matching) {
    return null;
  }

  /// Also where the table counts by itself: the number was taken from its counter.
  @Override
  public String insertAdopted(String table, String columns, String values) {
    return columns.isEmpty()
        ? "INSERT INTO " + table + " DEFAULT VALUES"
        : "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)"
            .formatted(table, columns, values);
  }
}
