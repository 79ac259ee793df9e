package engineroom.stores.mariadb;

import engineroom.stores.MariaAddress;

final class MySqlStoreTest extends MariaStoreTest {
  @Override
  MariaAddress fresh() {
    return Servers.freshOfMySql();
  }
}
