package engineroom.cli;

import engineroom.server.PostgresServer;
import engineroom.stores.PostgresAddress;
import java.util.List;

/// An app whose model says `store: postgres://…`.
final class PostgresAppTest extends ServerAppCases {
  private final PostgresAddress address = PostgresServer.fresh();

  @Override
  String kind() {
    return "postgres";
  }

  @Override
  String store() {
    return address.toString();
  }

  @Override
  List<String> tables() {
    return PostgresServer.tables(address);
  }

  @Override
  String copied() {
    return "Backup: schema \\w+: note";
  }

  @Override
  void weaken() {
    PostgresServer.execute(
        "ALTER DATABASE " + address.database() + " SET synchronous_commit = off");
  }

  @Override
  String weakness() {
    return "WARNING: PostgreSQL runs with synchronous_commit = off";
  }

  @Override
  String backupTool() {
    return "pg_dump";
  }
}
