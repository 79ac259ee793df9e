package engineroom.stores.sqlite;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationNumbersCases;
import java.nio.file.Path;

final class MigrationNumbersTest extends MigrationNumbersCases {
  @Override
  protected Migrated open(Path file) {
    return new SqliteMigrated(file);
  }
}
