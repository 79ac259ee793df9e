package engineroom.cli;

import engineroom.server.MariaPlace;
import engineroom.stores.MariaAddress;

/// A database of MySQL is adopted.
final class ChinookMySqlTest extends ChinookMariaTest {
  @Override
  MariaAddress fresh() {
    return MariaPlace.freshOfMySql();
  }

  /// A key of nothing, as plans are asked for, is a constant table without a row.
  @Override
  String indexed() {
    return "(?s).*(const table|PRIMARY|IFK_).*";
  }
}
