package engineroom.stores.postgres.migrate;

import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.migrate.SqlSession;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A copy of the tables that lose something by a migration, made within it, in a schema of its own.
///
/// @param session within the migration's transaction
record Rescue(SqlSession session, Migration migration) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  /// Makes the copies and tells where they are.
  String write(Instant now) {
    var schema =
        "engineroom_backup_" + NAME.format(now) + "_" + (migration.recorded().number() + 1);
    session.execute(MigrationSql.createSchema(schema));
    var tables = migration.losing();
    tables.forEach(table -> session.execute(MigrationSql.copyTable(table, schema)));
    return "schema " + schema + ": " + String.join(", ", tables);
  }
}
