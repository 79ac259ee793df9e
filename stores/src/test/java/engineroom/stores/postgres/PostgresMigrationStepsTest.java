package engineroom.stores.postgres;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationStepsCases;
import java.nio.file.Path;

final class PostgresMigrationStepsTest extends MigrationStepsCases {
  @Override
  protected Migrated open(Path file) {
    return new PostgresMigrated();
  }
}
