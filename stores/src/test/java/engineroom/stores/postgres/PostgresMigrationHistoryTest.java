package engineroom.stores.postgres;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationHistoryCases;
import java.nio.file.Path;

final class PostgresMigrationHistoryTest extends MigrationHistoryCases {
  @Override
  protected Migrated open(Path file) {
    return new PostgresMigrated();
  }
}
