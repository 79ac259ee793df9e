package engineroom.stores.mariadb;

import engineroom.stores.migration.ComputedMigrationCases;
import engineroom.stores.migration.Migrated;
import java.nio.file.Path;

final class MariaComputedMigrationTest extends ComputedMigrationCases {
  @Override
  protected Migrated open(Path file) {
    return new MariaMigrated();
  }
}
