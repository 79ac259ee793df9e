package engineroom.stores.postgres.migrate;

import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.postgres.migrate.Catalog.Referring;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.TableSql;

/// The statements that hold rows to the rows that they refer to.
final class References {
  private References() {}

  /// What a reference is called.
  static String name(Dialect dialect, String column) {
    return dialect.tables().named(column + "__reference");
  }

  /// Gives a reference another name.
  static String rename(Referring reference, String name) {
    return "ALTER TABLE %s RENAME CONSTRAINT %s TO %s"
        .formatted(
            TableSql.name(reference.table()), TableSql.name(reference.name()), TableSql.name(name));
  }

  /// Has a column refer to the ids of a table from now on.
  static String add(Referring reference) {
    return "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (\"id\")"
        .formatted(
            TableSql.name(reference.table()),
            TableSql.name(reference.name()),
            TableSql.name(reference.column()),
            TableSql.name(reference.target()));
  }

  /// Reads the ids of rows that refer to nothing.
  static String lost(Referring reference) {
    return MigrationSql.lost(
        reference.table(), reference.column(), reference.target(), "CAST(r.\"id\" AS text)");
  }
}
