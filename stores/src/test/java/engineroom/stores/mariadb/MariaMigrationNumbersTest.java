package engineroom.stores.mariadb;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationNumbersCases;
import java.nio.file.Path;

final class MariaMigrationNumbersTest extends MigrationNumbersCases {
  @Override
  protected Migrated open(Path file) {
    return new MariaMigrated();
  }
}
