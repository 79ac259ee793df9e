package engineroom.stores.mariadb;

import engineroom.stores.MariaAddress;
import engineroom.stores.MariaAddress.Make;
import engineroom.stores.testing.MariaServer;
import engineroom.stores.testing.MySqlServer;
import java.util.Map;

/// A database for each test that asks.
public final class Servers {
  private Servers() {}

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
}
