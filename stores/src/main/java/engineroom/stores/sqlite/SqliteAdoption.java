package engineroom.stores.sqlite;

import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.adopt.Findings;
import engineroom.stores.adopt.Served;
import engineroom.stores.sql.Computations;
import engineroom.stores.sql.Sql;
import engineroom.stores.sqlite.SqliteConnection.Role;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Finds out what somebody else's file holds. In SQLite what a column is declared as binds nobody,
/// so the values that are there decide, all of them.
public final class SqliteAdoption {
  private static final Pattern LENGTH = Pattern.compile("CHAR[A-Z ]*\\( *(\\d{1,9}) *\\)");
  private static final Pattern EXACT = Pattern.compile("(?:NUMERIC|DECIMAL)\\((\\d+), ?(\\d+)\\)");
  private static final String DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";
  private static final String TIME = "[0-9][0-9]:[0-9][0-9]:[0-9][0-9]";

  private final SqliteConnection connection;

  private SqliteAdoption(SqliteConnection connection) {
    this.connection = connection;
  }

  /// Looks through a file. Changes nothing.
  public static Findings find(Path file) {
    var attached = new Attached(file.toAbsolutePath());
    try (var connection =
        new SqliteConnection(attached.file(), attached, Role.READER, new Computations())) {
      var adoption = new SqliteAdoption(connection);
      return Findings.of(SqliteCatalogue.read(connection), adoption::served);
    }
  }

  private Served served(Table table, Column column) {
    var kinds = kinds(table, column);
    var type = column.type().toUpperCase(Locale.ROOT);
    if (kinds.size() > 1 && !kinds.equals(Set.of("integer", "real"))) {
      return new Served.Not("it holds values of several kinds: " + String.join(", ", kinds));
    }
    if (kinds.contains("blob")) {
      return new Served.As("bytes");
    }
    if (kinds.contains("text")) {
      return text(table, column, type);
    }
    return kinds.isEmpty() ? declared(type) : number(table, column, type, kinds);
  }

  private Set<String> kinds(Table table, Column column) {
    var kinds = new TreeSet<String>();
    var name = Sql.name(column.name());
    var sql =
        "SELECT DISTINCT typeof(%s) FROM %s WHERE %s IS NOT NULL".formatted(name, in(table), name);
    try (var rows = connection.rows(sql)) {
      while (rows.next()) {
        kinds.add(rows.text(0));
      }
    }
    return kinds;
  }

  private static String in(Table table) {
    return Attached.SCHEMA + "." + Sql.name(table.name());
  }

  private Served text(Table table, Column column, String type) {
    var name = Sql.name(column.name());
    if (type.contains("DATE") || type.contains("TIME")) {
      if (all(table, name, name + " GLOB '" + DAY + "' AND date(" + name + ") IS NOT NULL")) {
        return new Served.As("date");
      }
      if (all(
          table,
          name,
          "length(%s) = 19 AND %s GLOB '%s %s' AND %s(%s) IS NOT NULL"
              .formatted(name, name, DAY, TIME, SqliteColumnWords.MOMENT, name))) {
        return new Served.As("timestamp");
      }
    }
    return declaredText(type);
  }

  private static Served declaredText(String type) {
    var length = LENGTH.matcher(type);
    return length.find()
        ? new Served.As("text", Map.of("max", Integer.parseInt(length.group(1))))
        : new Served.As("text");
  }

  private Served number(Table table, Column column, String type, Set<String> kinds) {
    var name = Sql.name(column.name());
    var exact = EXACT.matcher(type);
    if (exact.find()) {
      int precision = Integer.parseInt(exact.group(1));
      int scale = Integer.parseInt(exact.group(2));
      if (precision <= 15 && scale <= precision && fits(table, name, precision, scale)) {
        return decimal(precision, scale);
      }
    }
    if (kinds.contains("real")) {
      return new Served.As("number");
    }
    if (type.contains("BOOL") && all(table, name, name + " IN (0, 1)")) {
      return new Served.As("boolean");
    }
    return new Served.As("integer");
  }

  private static Served decimal(int precision, int scale) {
    var options = new LinkedHashMap<String, Object>();
    options.put("precision", precision);
    options.put("scale", scale);
    return new Served.As("decimal", options);
  }

  /// Whether every value is a decimal of so many digits.
  private boolean fits(Table table, String name, int precision, int scale) {
    var least = "1" + "0".repeat(precision - scale);
    return all(
        table,
        name,
        "abs(%s) < %s AND round(%s, %d) = %s".formatted(name, least, name, scale, name));
  }

  private boolean all(Table table, String name, String condition) {
    var sql =
        "SELECT NOT EXISTS (SELECT 1 FROM %s WHERE %s IS NOT NULL AND NOT coalesce(%s, 0))"
            .formatted(in(table), name, "(" + condition + ")");
    try (var rows = connection.rows(sql)) {
      rows.next();
      return rows.number(0) != 0;
    }
  }

  /// Where there are no values, the declaration is all there is.
  private static Served declared(String type) {
    var exact = EXACT.matcher(type);
    if (exact.find() && Integer.parseInt(exact.group(1)) <= 15) {
      return decimal(Integer.parseInt(exact.group(1)), Integer.parseInt(exact.group(2)));
    }
    if (type.contains("INT")) {
      return new Served.As("integer");
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return declaredText(type);
    }
    if (type.contains("BLOB")) {
      return new Served.As("bytes");
    }
    if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
      return new Served.As("number");
    }
    return type.contains("BOOL")
        ? new Served.As("boolean")
        : new Served.Not("it holds no values, and its type " + type + " tells none");
  }
}
