package engineroom.stores.mariadb.migrate;

import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.migrate.Catalogue;
import engineroom.stores.migrate.SqlSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What stands in the database that is in use.
///
/// @param session sees it
record MariaCatalog(SqlSession session) implements Catalogue {
  private static final String HERE = " WHERE table_schema = DATABASE()";
  private static final String MEMORY =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_catalog" (
        kind VARCHAR(20), "of" VARCHAR(64), name VARCHAR(64), definition LONGTEXT NOT NULL,
        PRIMARY KEY (kind, "of", name)) #options""";
  private static final String TABLE =
      "SELECT 1 FROM information_schema.tables" + HERE + " AND table_name = ?";
  private static final String TABLES =
      "SELECT table_name, table_type FROM information_schema.tables" + HERE + " ORDER BY 1";
  private static final String COLUMNS =
      """
      SELECT column_name, CONCAT(column_type,
          CASE WHEN collation_name IS NULL THEN '' ELSE CONCAT(' COLLATE ', collation_name) END,
          CASE WHEN COALESCE(column_default, 'NULL') = 'NULL' THEN ''
            ELSE CONCAT(' DEFAULT ', column_default) END,
          CASE WHEN extra = '' THEN '' ELSE CONCAT(' ', extra) END,
          CASE WHEN is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END)
      FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position""";
  private static final String INDEXES =
      """
      SELECT index_name, CONCAT(CASE WHEN MIN(non_unique) = 0 THEN 'unique ' ELSE '' END,
        GROUP_CONCAT(CONCAT(#column, CASE WHEN sub_part IS NULL THEN ''
          ELSE CONCAT('(', sub_part, ')') END) ORDER BY seq_in_index))
      FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = ? GROUP BY index_name ORDER BY 1""";
  private static final String REFERENCES =
      """
      SELECT constraint_name, table_name, column_name, referenced_table_name
      FROM information_schema.key_column_usage
      WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL ORDER BY 2, 1""";
  private static final String TRIGGERS =
      """
      SELECT trigger_name FROM information_schema.triggers
      WHERE trigger_schema = DATABASE() AND event_object_table = ? ORDER BY 1""";

  /// A reference from one table to another.
  ///
  /// @param name of the constraint
  record Referring(String name, String table, String column, String target) {}

  private Brand brand() {
    return Brand.of(session);
  }

  @Override
  public boolean has(String table) {
    try (var rows = session.rows(TABLE, table)) {
      return rows.next();
    }
  }

  /// The tables, in order of their names.
  List<String> tables() {
    return named("BASE TABLE");
  }

  /// The views, in order of their names.
  List<String> views() {
    return named("VIEW");
  }

  private List<String> named(String type) {
    var found = new ArrayList<String>();
    try (var rows = session.rows(TABLES)) {
      while (rows.next()) {
        if (rows.text(1).equals(type)) {
          found.add(rows.text(0));
        }
      }
    }
    return found;
  }

  List<Referring> references() {
    var found = new ArrayList<Referring>();
    try (var rows = session.rows(REFERENCES)) {
      while (rows.next()) {
        found.add(new Referring(rows.text(0), rows.text(1), rows.text(2), rows.text(3)));
      }
    }
    return found;
  }

  /// The columns of a table, each with what it is.
  Map<String, String> columns(String table) {
    return pairs(COLUMNS, table);
  }

  /// The indexes of a table, each with what it is of.
  Map<String, String> indexes(String table) {
    return pairs(INDEXES.replace("#column", brand().indexed()), table);
  }

  List<String> triggers(String table) {
    var found = new ArrayList<String>();
    try (var rows = session.rows(TRIGGERS, table)) {
      while (rows.next()) {
        found.add(rows.text(0));
      }
    }
    return found;
  }

  private Map<String, String> pairs(String sql, String table) {
    var pairs = new LinkedHashMap<String, String>();
    try (var rows = session.rows(sql, table)) {
      while (rows.next()) {
        pairs.put(rows.text(0), rows.text(1));
      }
    }
    return pairs;
  }

  @Override
  public Map<Thing, String> things(Collection<String> tables) {
    var things = new LinkedHashMap<Thing, String>();
    for (var table : tables) {
      add(things, "column", table, columns(table));
      add(things, "constraint", table, pairs(brand().checks(), table));
      add(things, "index", table, indexes(table));
    }
    for (var reference : references()) {
      if (tables.contains(reference.table())) {
        things.put(
            new Thing("reference", reference.table(), reference.column()),
            "to " + reference.target());
      }
    }
    return things;
  }

  private static void add(
      Map<Thing, String> things, String kind, String table, Map<String, String> named) {
    named.forEach((name, definition) -> things.put(new Thing(kind, table, name), definition));
  }

  @Override
  public void makeMemory() {
    session.execute(MEMORY.replace("#options", brand().options()));
  }
}
