package engineroom.stores.sqlite;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationStepsCases;
import java.nio.file.Path;

final class MigrationStepsTest extends MigrationStepsCases {
  @Override
  protected Migrated open(Path file) {
    return new SqliteMigrated(file);
  }
}
