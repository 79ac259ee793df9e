package engineroom.server;

import engineroom.stores.MariaAddress;
import engineroom.stores.MariaAddress.Make;
import engineroom.stores.testing.MariaServer;
import engineroom.stores.testing.MySqlServer;
import java.util.List;
import java.util.Map;

/// Databases of the one MariaDB server and of the one MySQL server that tests have.
public final class MariaPlace {
  private MariaPlace() {}

  /// A new, empty database of MariaDB.
  public static MariaAddress fresh() {
    return at(Make.MARIADB, MariaServer.port(), MariaServer.fresh());
  }

  /// A new, empty database of MySQL; the test is skipped where there is none.
  public static MariaAddress freshOfMySql() {
    return at(Make.MYSQL, MySqlServer.port(), MySqlServer.fresh());
  }

  private static MariaAddress at(Make make, int port, String name) {
    var login = new MariaAddress.Login("root", "");
    return new MariaAddress(make, "127.0.0.1", port, name, login, Map.of("sslMode", "disable"));
  }

  /// The address as a model says it.
  public static String written(MariaAddress address) {
    return address + "?sslMode=disable";
  }

  /// Takes away all rows of an app, as if its tables had just been made.
  public static void empty(MariaAddress address) {
    var kept = List.of("_engineroom_migration", "_engineroom_catalog", "_engineroom_log");
    var begin = "UPDATE " + address.database() + "._engineroom_log SET last = 0";
    switch (address.make()) {
      case MARIADB -> {
        MariaServer.empty(address.database(), kept);
        MariaServer.execute(begin);
      }
      case MYSQL -> {
        MySqlServer.empty(address.database(), kept);
        MySqlServer.execute(begin);
      }
    }
  }

  /// The tables of a database.
  public static List<String> tables(MariaAddress address) {
    return switch (address.make()) {
      case MARIADB -> MariaServer.tables(address.database());
      case MYSQL -> MySqlServer.tables(address.database());
    };
  }
}
