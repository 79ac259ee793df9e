package engineroom.stores.postgres;

import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.MigrationWalkCases;
import java.nio.file.Path;

final class PostgresMigrationWalkTest extends MigrationWalkCases {
  @Override
  protected Migrated open(Path file) {
    return new PostgresMigrated();
  }
}
