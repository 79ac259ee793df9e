package engineroom.stores.mariadb;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationStepsCases;
import java.nio.file.Path;

final class MariaMigrationStepsTest extends MigrationStepsCases {
  @Override
  protected Migrated open(Path file) {
    return new MariaMigrated();
  }
}
