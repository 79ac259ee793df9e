package engineroom.stores.sqlite;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationWalkCases;
import java.nio.file.Path;

final class MigrationWalkTest extends MigrationWalkCases {
  @Override
  protected Migrated open(Path file) {
    return new SqliteMigrated(file);
  }
}
