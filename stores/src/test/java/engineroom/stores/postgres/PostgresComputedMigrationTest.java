package engineroom.stores.postgres;

import engineroom.stores.migration.ComputedMigrationCases;
import engineroom.stores.migration.Migrated;
import java.nio.file.Path;

final class PostgresComputedMigrationTest extends ComputedMigrationCases {
  @Override
  protected Migrated open(Path file) {
    return new PostgresMigrated();
  }
}
