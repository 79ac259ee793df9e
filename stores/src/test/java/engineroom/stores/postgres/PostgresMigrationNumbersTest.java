package engineroom.stores.postgres;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationNumbersCases;
import java.nio.file.Path;

final class PostgresMigrationNumbersTest extends MigrationNumbersCases {
  @Override
  protected Migrated open(Path file) {
    return new PostgresMigrated();
  }
}
