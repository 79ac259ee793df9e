package engineroom.stores.postgres.migrate;

import engineroom.stores.postgres.migrate.Catalog.Referring;
import engineroom.stores.sql.TableSql;

/// The statements that hold rows to the rows that they refer to.
final class References {
  private References() {}

  /// Has a column refer to the ids of a table from now on.
  static String add(Referring reference) {
    return "ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (\"id\")"
        .formatted(
            TableSql.name(reference.table()),
            TableSql.name(reference.column()),
            TableSql.name(reference.target()));
  }

  /// Reads the ids of rows that refer to nothing.
  static String lost(Referring reference) {
    return ("SELECT CAST(r.\"id\" AS text) FROM %s r WHERE r.%s IS NOT NULL"
            + " AND NOT EXISTS (SELECT 1 FROM %s t WHERE t.\"id\" = r.%s) ORDER BY r.\"id\"")
        .formatted(
            TableSql.name(reference.table()),
            TableSql.name(reference.column()),
            TableSql.name(reference.target()),
            TableSql.name(reference.column()));
  }
}
