package engineroom.stores.sqlite;

import engineroom.model.FieldType;
import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.adopt.ColumnWords;
import engineroom.stores.sql.Sql;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the columns of an attached file are read and written. SQLite keeps any value in any column:
/// what a column is declared as says only what it prefers.
final class SqliteColumnWords implements ColumnWords {
  /// Makes the time of a column one of ours, and back.
  static final String MOMENT = "engineroom_moment";

  static final String MOMENT_KEPT = "engineroom_moment_kept";

  /// Makes a number of a text.
  static final String VERSION = "engineroom_version";

  @Override
  public String table(String name) {
    return Sql.name(Attached.SCHEMA) + "." + Sql.name(name);
  }

  @Override
  public @Nullable Held held(FieldType type, Column column, String name) {
    return switch (type) {
      case FieldType.Text _, FieldType.Choice _, FieldType.Bytes _, FieldType.Json _ ->
          new Held(name, "?");
      case FieldType.Whole _ -> numeric(column) ? new Held(name, "?") : null;
      case FieldType.Number _ ->
          numeric(column) ? new Held("CAST(" + name + " AS REAL)", "?") : null;
      case FieldType.Decimal(_, var scale, _, _) -> numeric(column) ? decimal(name, scale) : null;
      case FieldType.Plain plain -> plain(plain, column, name);
      case FieldType.Money _, FieldType.ListOf _, FieldType.Reference _ -> null;
    };
  }

  private static @Nullable Held plain(FieldType.Plain type, Column column, String name) {
    return switch (type) {
      case BOOLEAN -> numeric(column) ? new Held(name, "?") : null;
      case DATE, UUID -> new Held(name, "?");
      case TIMESTAMP -> new Held(MOMENT + "(" + name + ")", MOMENT_KEPT + "(?)");
      case TIME, DURATION, POINT, SECRET -> null;
    };
  }

  /// Ours are whole numbers of the smallest unit.
  private static Held decimal(String name, int scale) {
    if (scale == 0) {
      return new Held("CAST(" + name + " AS INTEGER)", "?");
    }
    var unit = "1" + "0".repeat(scale);
    return new Held(
        "CAST(round(" + name + " * " + unit + ".0) AS INTEGER)", "(? / " + unit + ".0)");
  }

  /// Whether numbers stay numbers in a column, by the rules of its affinity.
  private static boolean numeric(Column column) {
    var type = column.type().toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return true;
    }
    return !type.contains("CHAR") && !type.contains("CLOB") && !type.contains("TEXT");
  }

  /// Quoted values tell every difference.
  @Override
  public String version(List<String> columns) {
    return columns.stream()
        .map(column -> "quote(" + column + ")")
        .collect(Collectors.joining(" || ',' || ", VERSION + "(", ")"));
  }

  @Override
  public String composed(List<String> parts) {
    return parts.stream()
        .map(part -> "replace(replace(CAST(" + part + " AS TEXT), '~', '~0'), ',', '~1')")
        .collect(Collectors.joining(" || ',' || "));
  }

  @Override
  public @Nullable String next(String table, Table described, Column column) {
    if (column.filled() != Filled.BY_COUNTING) {
      return null;
    }
    var last = "ifnull((SELECT max(" + Sql.name(column.name()) + ") FROM " + table + "), 0)";
    if (!"AUTOINCREMENT".equals(column.initial())) {
      return "SELECT " + last + " + 1";
    }
    return "SELECT max(%s, ifnull((SELECT seq FROM %s.sqlite_sequence WHERE name = %s), 0)) + 1"
        .formatted(last, Attached.SCHEMA, Sql.quoted(described.name()));
  }
}
