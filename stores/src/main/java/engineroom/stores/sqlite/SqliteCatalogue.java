package engineroom.stores.sqlite;

import engineroom.stores.adopt.Catalogue;
import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Filled;
import engineroom.stores.adopt.Catalogue.ForeignKey;
import engineroom.stores.adopt.Catalogue.Indexes;
import engineroom.stores.adopt.Catalogue.Kind;
import engineroom.stores.adopt.Catalogue.Required;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.migrate.SqlSession.Rows;
import engineroom.stores.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what tables an attached file has.
final class SqliteCatalogue {
  private static final String ATTACHED = "'" + Attached.SCHEMA + "'";

  private final SqliteConnection connection;

  private SqliteCatalogue(SqliteConnection connection) {
    this.connection = connection;
  }

  static Catalogue read(SqliteConnection connection) {
    return new SqliteCatalogue(connection).read();
  }

  /// A table as the schema names it.
  private record Named(String name, String type, String sql) {}

  private Catalogue read() {
    var named =
        all(
            "SELECT name, type, sql FROM "
                + Attached.SCHEMA
                + ".sqlite_schema WHERE type IN"
                + " ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
            rows -> new Named(rows.text(0), rows.text(1), rows.text(2)));
    return new Catalogue(named.stream().map(one -> table(one, named)).toList());
  }

  private <T> List<T> all(String sql, Function<Rows, T> each, @Nullable Object... values) {
    var found = new ArrayList<T>();
    try (var rows = connection.rows(sql, values)) {
      while (rows.next()) {
        found.add(each.apply(rows));
      }
    }
    return found;
  }

  private Table table(Named named, List<Named> others) {
    var key = new TreeMap<Long, String>();
    var columns = columns(named, key);
    return new Table(
        named.name(),
        named.type().equals("view") ? Kind.VIEW : Kind.TABLE,
        columns,
        List.copyOf(key.values()),
        foreignKeys(named.name(), others),
        indexes(named.name()),
        Checks.of(named.sql()),
        null);
  }

  private List<Column> columns(Named table, Map<Long, String> key) {
    all(
        "SELECT pk, name FROM pragma_table_xinfo(?, " + ATTACHED + ") WHERE pk > 0",
        rows -> key.put(rows.number(0), rows.text(1)),
        table.name());
    return all(
        "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?, "
            + ATTACHED
            + ") WHERE hidden <> 1 ORDER BY cid",
        rows -> column(table, rows, key.size()),
        table.name());
  }

  private Column column(Named table, Rows rows, int keys) {
    var name = rows.text(0);
    var type = rows.text(1);
    boolean ofKey = rows.number(4) > 0;
    boolean counts = ofKey && keys == 1 && type.equalsIgnoreCase("INTEGER") && !bare(table.sql());
    boolean required = rows.number(2) != 0 || counts || (ofKey && !hasNull(table.name(), name));
    var filled =
        rows.number(5) > 1
            ? Filled.BY_EXPRESSION
            : counts ? Filled.BY_COUNTING : rows.isNull(3) ? Filled.NOT : Filled.BY_DEFAULT;
    var initial = rows.isNull(3) ? null : rows.text(3);
    var autoincrement = table.sql().toUpperCase(Locale.ROOT).contains("AUTOINCREMENT");
    return new Column(
        name,
        type,
        required ? Required.YES : Required.NO,
        filled,
        counts && autoincrement ? "AUTOINCREMENT" : initial,
        List.of(),
        null);
  }

  private static boolean bare(String sql) {
    return sql.toUpperCase(Locale.ROOT).contains("WITHOUT ROWID");
  }

  /// Columns of keys may be null in SQLite, if nobody said otherwise.
  private boolean hasNull(String table, String column) {
    var sql =
        "SELECT EXISTS (SELECT 1 FROM %s.%s WHERE %s IS NULL)"
            .formatted(Attached.SCHEMA, Sql.name(table), Sql.name(column));
    return all(sql, rows -> rows.number(0)).getFirst() != 0;
  }

  /// A part of a foreign key as the database tells it.
  private record Link(long id, String table, String from, @Nullable String to, String onDelete) {}

  private List<ForeignKey> foreignKeys(String table, List<Named> others) {
    var links = new LinkedHashMap<Long, List<Link>>();
    all(
            "SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list(?, "
                + ATTACHED
                + ") ORDER BY id, seq",
            rows ->
                new Link(
                    rows.number(0),
                    actual(rows.text(1), others),
                    rows.text(2),
                    rows.isNull(3) ? null : rows.text(3),
                    rows.text(4)),
            table)
        .forEach(link -> links.computeIfAbsent(link.id(), _ -> new ArrayList<>()).add(link));
    return links.values().stream().map(SqliteCatalogue::foreignKey).toList();
  }

  private static String actual(String name, List<Named> tables) {
    return tables.stream().map(Named::name).filter(name::equalsIgnoreCase).findFirst().orElse(name);
  }

  /// Where no columns are named, the key of the other table is meant: then `target` is empty.
  private static ForeignKey foreignKey(List<Link> links) {
    var onDelete =
        switch (links.getFirst().onDelete()) {
          case "CASCADE" -> "cascade";
          case "SET NULL" -> "clear";
          default -> "restrict";
        };
    var target = new ArrayList<String>();
    for (var link : links) {
      if (link.to() != null) {
        target.add(link.to());
      }
    }
    var columns = links.stream().map(Link::from).toList();
    return new ForeignKey(columns, links.getFirst().table(), target, onDelete);
  }

  private Indexes indexes(String table) {
    var uniques = new ArrayList<List<String>>();
    var others = new ArrayList<List<String>>();
    all(
            "SELECT name, \"unique\", origin FROM pragma_index_list(?, "
                + ATTACHED
                + ") WHERE partial = 0 ORDER BY name",
            rows -> new Named(rows.text(0), Long.toString(rows.number(1)), rows.text(2)),
            table)
        .forEach(
            index -> {
              var columns = indexed(index.name());
              if (!columns.isEmpty() && !index.sql().equals("pk")) {
                (index.type().equals("1") ? uniques : others).add(columns);
              }
            });
    return new Indexes(uniques, others);
  }

  /// The columns of an index; empty where it is of more than columns.
  private List<String> indexed(String index) {
    var names =
        all(
            "SELECT name FROM pragma_index_info(?, " + ATTACHED + ") ORDER BY seqno",
            rows -> rows.isNull(0) ? "" : rows.text(0),
            index);
    return names.contains("") ? List.of() : names;
  }
}
