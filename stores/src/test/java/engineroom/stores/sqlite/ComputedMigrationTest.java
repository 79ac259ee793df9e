package engineroom.stores.sqlite;

import engineroom.stores.migration.ComputedMigrationCases;
import engineroom.stores.migration.Migrated;
import java.nio.file.Path;

final class ComputedMigrationTest extends ComputedMigrationCases {
  @Override
  protected Migrated open(Path file) {
    return new SqliteMigrated(file);
  }
}
