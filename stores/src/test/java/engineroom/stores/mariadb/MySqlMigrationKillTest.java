package engineroom.stores.mariadb;

import engineroom.stores.MariaAddress;

final class MySqlMigrationKillTest extends MariaMigrationKillTest {
  @Override
  MariaAddress fresh() {
    return Servers.freshOfMySql();
  }
}
