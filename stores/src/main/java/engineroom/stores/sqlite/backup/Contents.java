package engineroom.stores.sqlite.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// What a database holds, to compare it by: each table's rows in the order of their key, every
/// column of them, as a number and a checksum.
///
/// @param tables by name; the schema is one of them
public record Contents(Map<String, Table> tables) {
  private static final String SCHEMA = "sqlite_schema";
  private static final String TABLES =
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
          + " AND name <> 'sqlite_schema' ORDER BY name";
  private static final String ORDER =
      """
      SELECT name FROM pragma_table_info(?1)
      WHERE pk > 0 OR NOT EXISTS (SELECT 1 FROM pragma_table_info(?1) WHERE pk > 0)
      ORDER BY pk, name""";

  public Contents {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /// How many rows a table has, and a SHA-256 of all of them.
  public record Table(long rows, String sha256) {}

  /// What a database holds, as the transaction that the connection is in sees it.
  static Contents of(Connection connection) throws SQLException {
    var tables = new LinkedHashMap<String, Table>();
    tables.put(
        SCHEMA,
        table(
            connection,
            "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name, tbl_name"));
    for (var name : names(connection)) {
      tables.put(
          name, table(connection, "SELECT * FROM " + quoted(name) + order(connection, name)));
    }
    return new Contents(tables);
  }

  private static List<String> names(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /// By the primary key; by all columns where there is none.
  private static String order(Connection connection, String table) throws SQLException {
    var columns = new ArrayList<String>();
    try (var statement = connection.prepareStatement(ORDER)) {
      statement.setString(1, table);
      var rows = statement.executeQuery();
      while (rows.next()) {
        columns.add(quoted(rows.getString(1)));
      }
    }
    return " ORDER BY " + String.join(", ", columns);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static Table table(Connection connection, String query) throws SQLException {
    var digest = Disk.sha256();
    var count = 0L;
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        count++;
        for (var column = 1; column <= columns; column++) {
          add(digest, rows, column);
        }
      }
    }
    return new Table(count, HexFormat.of().formatHex(digest.digest()));
  }

  /// Each value with its kind and length, so that no two rows read the same.
  private static void add(MessageDigest digest, ResultSet rows, int column) throws SQLException {
    switch (rows.getObject(column)) {
      case null -> digest.update((byte) 'n');
      case Double real -> number(digest, 'r', Double.doubleToLongBits(real));
      case Number number -> number(digest, 'i', number.longValue());
      case byte[] bytes -> bytes(digest, 'b', bytes);
      case Object text -> bytes(digest, 't', text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void number(MessageDigest digest, char kind, long bits) {
    digest.update((byte) kind);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bits));
  }

  private static void bytes(MessageDigest digest, char kind, byte[] bytes) {
    number(digest, kind, bytes.length);
    digest.update(bytes);
  }

  /// How many rows there are in all, those of the program's own tables included.
  public long rows() {
    return tables.values().stream().mapToLong(Table::rows).sum();
  }

  /// Where others differ from these, in words; nothing where every row is the same.
  List<String> differences(Contents others) {
    var names = new TreeSet<>(tables.keySet());
    names.addAll(others.tables.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(tables.get(name), others.tables.get(name)))
        .map(name -> difference(name, others))
        .toList();
  }

  private String difference(String name, Contents others) {
    var here = tables.get(name);
    var there = others.tables.get(name);
    if (here == null || there == null) {
      return "the table " + name + (there == null ? " is missing" : " should not be there");
    }
    return here.rows() == there.rows()
        ? "rows of the table " + name + " differ"
        : "the table " + name + " has " + there.rows() + " rows instead of " + here.rows();
  }
}
