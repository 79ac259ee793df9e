package engineroom.stores.mariadb.migrate;

import engineroom.model.Entity;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;

/// Keeps the words of rows that are there.
record SearchWords(MariaGround ground) {
  /// Of all rows of an entity; none are kept yet.
  void fill(TableNames tables, Entity entity) {
    var access = ground.access();
    var sql = new EntitySql(tables, entity);
    access.transaction(
        () -> {
          try (var rows = ground.every(new MigrationSql(tables, entity).rows())) {
            while (rows.next()) {
              access.words(sql, sql.row(rows));
            }
          }
          return true;
        });
  }
}
