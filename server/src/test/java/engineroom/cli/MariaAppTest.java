package engineroom.cli;

import engineroom.server.MariaPlace;
import engineroom.stores.MariaAddress;
import java.util.List;

/// An app whose model says `store: mariadb://…`.
class MariaAppTest extends ServerAppCases {
  private final MariaAddress address = fresh();

  MariaAddress fresh() {
    return MariaPlace.fresh();
  }

  @Override
  String kind() {
    return address.make().scheme();
  }

  @Override
  String store() {
    return MariaPlace.written(address);
  }

  @Override
  List<String> tables() {
    return MariaPlace.tables(address);
  }

  @Override
  String copied() {
    return "Backup: tables engineroom_backup_\\w+__note";
  }

  /// Nothing: the servers of tests are quick rather than durable.
  @Override
  void weaken() {}

  @Override
  String weakness() {
    return "WARNING: " + address.make().words() + " runs with innodb_flush_log_at_trx_commit = 0";
  }

  @Override
  String backupTool() {
    return "mariadb-dump";
  }
}
