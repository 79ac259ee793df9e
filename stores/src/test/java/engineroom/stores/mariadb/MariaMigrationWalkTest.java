package engineroom.stores.mariadb;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationWalkCases;
import java.nio.file.Path;

final class MariaMigrationWalkTest extends MigrationWalkCases {
  @Override
  protected Migrated open(Path file) {
    return new MariaMigrated();
  }
}
