package engineroom.stores.postgres.migrate;

import engineroom.stores.migrate.SqlSession;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a table has, in PostgreSQL's own words, so that what is compared was said by one mouth.
///
/// @param columns by name
/// @param constraints names by definition, references left out
record Shape(Map<String, Column> columns, Map<String, String> constraints) {
  private static final String COLUMNS =
      """
      SELECT a.attname,
        format_type(a.atttypid, a.atttypmod)
          || CASE WHEN a.attcollation <> t.typcollation
               THEN ' COLLATE ' || quote_ident(l.collname) ELSE '' END,
        CASE WHEN a.attnotnull THEN 1 ELSE 0 END,
        CASE WHEN a.attidentity <> '' THEN 'GENERATED ALWAYS AS IDENTITY'
          WHEN a.attgenerated <> ''
            THEN 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
          WHEN d.adbin IS NOT NULL THEN 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
          ELSE '' END
      FROM pg_attribute a
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_collation l ON l.oid = a.attcollation
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = to_regclass(quote_ident(?)) AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum""";

  /// Without references, and without `NOT NULL`, which columns tell.
  private static final String CONSTRAINTS =
      """
      SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
      WHERE conrelid = to_regclass(quote_ident(?)) AND contype IN ('c', 'p', 'u', 'x')
      ORDER BY conname""";

  Shape {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    constraints = Collections.unmodifiableMap(new LinkedHashMap<>(constraints));
  }

  /// A column.
  ///
  /// @param type with its collation where that is not the usual one
  /// @param preset how it gets a value by itself; empty where it gets none
  record Column(String type, boolean required, String preset) {
    /// As it is told.
    @Override
    public String toString() {
      return type + (preset.isEmpty() ? "" : " " + preset) + (required ? " NOT NULL" : "");
    }
  }

  /// The shape of a table; without columns where there is none.
  static Shape of(SqlSession session, String table) {
    var columns = new LinkedHashMap<String, Column>();
    try (var rows = session.rows(COLUMNS, table)) {
      while (rows.next()) {
        columns.put(rows.text(0), new Column(rows.text(1), rows.number(2) == 1, rows.text(3)));
      }
    }
    var constraints = new LinkedHashMap<String, String>();
    try (var rows = session.rows(CONSTRAINTS, table)) {
      while (rows.next()) {
        constraints.put(rows.text(1), rows.text(0));
      }
    }
    return new Shape(columns, constraints);
  }
}
