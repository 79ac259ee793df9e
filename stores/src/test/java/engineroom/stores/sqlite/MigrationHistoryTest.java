package engineroom.stores.sqlite;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationHistoryCases;
import java.nio.file.Path;

final class MigrationHistoryTest extends MigrationHistoryCases {
  @Override
  protected Migrated open(Path file) {
    return new SqliteMigrated(file);
  }
}
