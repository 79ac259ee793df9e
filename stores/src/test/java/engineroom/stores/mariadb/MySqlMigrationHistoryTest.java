package engineroom.stores.mariadb;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationHistoryCases;
import java.nio.file.Path;

final class MySqlMigrationHistoryTest extends MigrationHistoryCases {
  @Override
  protected Migrated open(Path file) {
    return new MariaMigrated(Servers.freshOfMySql());
  }
}
