package engineroom.stores.mariadb;

import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql.Index;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tables in MariaDB's words: of its own types, because owners look into their database.
final class MariaTableWords implements Dialect.Tables {
  /// Characters of a name.
  private static final int NAME_MAX = 64;

  /// Characters of a text that stands in the row, and in an index whole.
  private static final int SHORT_MAX = 500;

  /// Characters of a longer text that an index holds.
  private static final int PREFIX = 190;

  /// The type of ids that are texts, and of what refers to them.
  private static final String ID = "VARCHAR(" + SHORT_MAX + ")";

  private static final String CHECK = " CONSTRAINT \"";

  @Override
  public String type(FieldType type, Form form, int part) {
    return switch (type) {
      case FieldType.Decimal(var precision, var scale, _, _) ->
          form instanceof Form.Scaled ? "DECIMAL(" + precision + "," + scale + ")" : plain(form, 0);
      case FieldType.Text text when brief(text) ->
          "VARCHAR(" + Math.max(1, most(text)) * (text.ignoreCase() ? 2 : 1) + ")";
      case FieldType.Reference _ -> form == Form.Simple.TEXT ? ID : plain(form, part);
      case FieldType.Choice _ -> "VARCHAR(" + PREFIX + ")";
      case FieldType.Text _,
          FieldType.Whole _,
          FieldType.Number _,
          FieldType.Plain _,
          FieldType.Money _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.ListOf _ ->
          plain(form, part);
    };
  }

  /// In lower case a text may be twice as long.
  private static boolean brief(FieldType.Text text) {
    return most(text) <= (text.ignoreCase() ? SHORT_MAX / 2 : SHORT_MAX);
  }

  private static int most(FieldType.Text text) {
    var max = text.max();
    return max == null ? Integer.MAX_VALUE : max;
  }

  private static String plain(Form form, int part) {
    return MariaValues.type(form, part);
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
    return shortened(name);
  }

  static String shortened(String name) {
    return name.length() <= NAME_MAX
        ? name
        : name.substring(0, NAME_MAX - 9) + "_" + "%08x".formatted(name.hashCode());
  }

  @Override
  public String measured(Form form, String column) {
    return switch (form) {
      case Form.Simple simple when simple == Form.Simple.TEXT -> "CHAR_LENGTH(" + column + ")";
      case Form.Simple simple when simple == Form.Simple.BYTES -> "OCTET_LENGTH(" + column + ")";
      case Form _ -> column;
    };
  }

  @Override
  public String limit(Form form, String limit) {
    return form instanceof Form.Scaled(var scale)
        ? new BigDecimal(limit).movePointLeft(scale).toPlainString()
        : limit;
  }

  /// An index holds the beginning of a long text. A unique one is of hashes then, and MariaDB
  /// compares the texts themselves.
  @Override
  public String indexed(Entity entity, Index index) {
    return index.columns().stream()
        .map(
            column ->
                Sql.name(column)
                    + (!index.unique() && unbounded(entity, column) ? "(" + PREFIX + ")" : ""))
        .collect(Collectors.joining(", "));
  }

  private static boolean unbounded(Entity entity, String column) {
    return entity.kept().values().stream()
        .filter(field -> column.equals(field.name()) || column.equals(folded(field)))
        .anyMatch(MariaTableWords::unbounded);
  }

  private static String folded(Field field) {
    return TableNames.folded(field.name());
  }

  private static boolean unbounded(Field field) {
    return switch (field.type()) {
      case FieldType.Text text -> !brief(text) && !field.name().equals("id");
      case FieldType.Json _, FieldType.Bytes _, FieldType.ListOf _ -> true;
      case FieldType.Plain plain -> plain == FieldType.Plain.SECRET;
      case FieldType.Whole _,
          FieldType.Number _,
          FieldType.Decimal _,
          FieldType.Money _,
          FieldType.Choice _,
          FieldType.Reference _ ->
          false;
    };
  }

  /// A check with a name stands behind the columns, not with its own.
  @Override
  public String create(String name, Entity entity, List<String> columns) {
    var all = new ArrayList<String>();
    var checks = new ArrayList<String>();
    for (var column : columns) {
      var parts = new ArrayList<String>();
      split(column, parts);
      all.add(parts.getFirst().replace("\"id\" " + MariaValues.TEXT, "\"id\" " + ID));
      checks.addAll(parts.subList(1, parts.size()));
    }
    all.addAll(checks);
    return "CREATE TABLE %s (%s) %s".formatted(Sql.name(name), String.join(", ", all), OPTIONS);
  }

  /// Of tables that are ours.
  static final String OPTIONS =
      "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin";

  /// A column and the checks behind it, which begin where no text is.
  private static void split(String column, List<String> parts) {
    var start = 0;
    var within = false;
    for (var at = 0; at < column.length(); at++) {
      within ^= column.charAt(at) == '\'';
      if (!within && column.startsWith(CHECK, at)) {
        parts.add(column.substring(start, at).strip());
        start = at;
      }
    }
    parts.add(column.substring(start).strip());
  }

  @Override
  public List<String> search(Entity entity) {
    var table = Sql.name(WordTable.name(entity.name()));
    var drop = "DROP TABLE IF EXISTS " + table;
    if (TableNames.searched(entity).isEmpty()) {
      return List.of(drop);
    }
    return List.of(
        drop,
        """
        CREATE TABLE %s (id %s NOT NULL, place TINYINT NOT NULL, word %s NOT NULL,
          PRIMARY KEY (id, word, place), INDEX (word, place),
          FOREIGN KEY (id) REFERENCES %s ("id") ON DELETE CASCADE) %s"""
            .formatted(table, idType(entity), WordTable.TYPE, Sql.name(entity.name()), OPTIONS));
  }

  private static String idType(Entity entity) {
    return switch (entity.field("id").type()) {
      case FieldType.Whole _ -> "BIGINT";
      case FieldType.Text _ -> ID;
      case FieldType _ -> MariaValues.type(Form.Simple.UUID, 0);
    };
  }

  @Override
  public @Nullable String searchColumn() {
    return null;
  }

  @Override
  public String searched(List<String> texts) {
    throw new IllegalStateException("words are in a table beside the rows");
  }

  /// Where that is not what Java makes of a text, a migration has to read the rows.
  @Override
  public String fold(Entity entity, String column, String from) {
    return "UPDATE %s SET %s = LOWER(%s)"
        .formatted(Sql.name(entity.name()), Sql.name(column), Sql.name(from));
  }

  @Override
  public String orZero(String number) {
    return "COALESCE(" + number + ", 0)";
  }

  /// The optimizer's own statistics say how many rows there are.
  @Override
  public @Nullable Sample sample(String entity, Matching matching) {
    return null;
  }
}
