package engineroom.cli;

import engineroom.server.MariaPlace;
import engineroom.stores.MariaAddress;

/// An app whose model says `store: mysql://…`.
final class MySqlAppTest extends MariaAppTest {
  @Override
  MariaAddress fresh() {
    return MariaPlace.freshOfMySql();
  }

  @Override
  String backupTool() {
    return "mysqldump";
  }
}
