package engineroom.stores.postgres.migrate;

import engineroom.stores.migrate.Catalogue;
import engineroom.stores.migrate.SqlSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What stands in the schema that is in use.
///
/// @param session sees it
record Catalog(SqlSession session) implements Catalogue {
  private static final String MEMORY =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_catalog" (
        kind TEXT NOT NULL, "of" TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
        PRIMARY KEY (kind, "of", name))""";

  private static final String TABLE =
      """
      SELECT 1 FROM pg_class
      WHERE relnamespace = current_schema()::regnamespace AND relname = ? AND relkind IN ('r', 'p')
      """;
  private static final String OWN =
      """
      SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        AND relname LIKE '\\_engineroom\\_%' AND relkind = 'r' ORDER BY relname""";
  private static final String REFERENCES =
      """
      SELECT k.conname, c.relname, a.attname, t.relname
      FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_class t ON t.oid = k.confrelid
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace
      ORDER BY c.relname, k.conname""";

  /// Without those that make constraints true, which constraints tell.
  private static final String INDEXES =
      """
      SELECT c.relname, pg_get_indexdef(i.indexrelid)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
      WHERE i.indrelid = to_regclass(quote_ident(?))
        AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
      ORDER BY c.relname""";

  /// A reference from one table to another.
  ///
  /// @param name of the constraint
  record Referring(String name, String table, String column, String target) {}

  @Override
  public boolean has(String table) {
    try (var rows = session.rows(TABLE, table)) {
      return rows.next();
    }
  }

  /// The program's own tables.
  List<String> own() {
    var own = new ArrayList<String>();
    try (var rows = session.rows(OWN)) {
      while (rows.next()) {
        own.add(rows.text(0));
      }
    }
    return own;
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

  /// The indexes of a table, each with what it is made by.
  Map<String, String> indexes(String table) {
    var indexes = new LinkedHashMap<String, String>();
    try (var rows = session.rows(INDEXES, table)) {
      while (rows.next()) {
        indexes.put(rows.text(0), rows.text(1));
      }
    }
    return indexes;
  }

  @Override
  public Map<Thing, String> things(Collection<String> tables) {
    var things = new LinkedHashMap<Thing, String>();
    for (var table : tables) {
      var shape = Shape.of(session, table);
      shape
          .columns()
          .forEach(
              (name, column) -> things.put(new Thing("column", table, name), column.toString()));
      shape
          .constraints()
          .forEach(
              (definition, name) -> things.put(new Thing("constraint", table, name), definition));
      indexes(table)
          .forEach((name, definition) -> things.put(new Thing("index", table, name), definition));
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

  @Override
  public void makeMemory() {
    session.execute(MEMORY);
  }
}
