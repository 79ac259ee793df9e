package engineroom.stores.mariadb.brand;

import engineroom.stores.MariaAddress;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Dialect.Each;
import engineroom.stores.sql.Dialect.Order;
import engineroom.stores.sql.Sql;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A make of the servers that speak this protocol, and what it says in words of its own. All else
/// is the same for both.
public sealed interface Brand permits MariaBrand, MySqlBrand {
  /// The make that an address asks for.
  static Brand of(MariaAddress.Make make) {
    return switch (make) {
      case MARIADB -> new MariaBrand();
      case MYSQL -> new MySqlBrand();
    };
  }

  /// The make that a connection leads to.
  static Brand of(SqlSession session) {
    return ((Spoken) session.dialect()).brand();
  }

  /// A dialect that is one make's.
  interface Spoken {
    Brand brand();
  }

  /// A statement as the make takes it.
  ///
  /// @param forgiven numbers of failures that say that there was nothing to do
  record Said(String text, Set<Integer> forgiven) {}

  /// A server, as it tells of itself.
  ///
  /// @param product as the driver calls it
  /// @param about other words that it has for itself
  record Server(String product, String version, int major, int minor, String about) {
    /// What it is, in words.
    String words() {
      return product + " " + version;
    }
  }

  /// What explains a statement, and the columns of the explanation.
  record Explaining(
      String words, int kind, int table, int access, int key, int rows, int percent, int extra) {}

  /// How it is called.
  String name();

  /// Asks a server what else it says of itself: names and values.
  String about();

  /// Why a server is none that is served, and what is; empty where it is one.
  Optional<Unfit> unfit(Server server);

  /// A server that is not served.
  record Unfit(String what, String wayOut) {}

  /// Texts in the order of code points, with blanks at the end told apart.
  String collation();

  /// Settings that every connection begins with, behind those that both have.
  String settings();

  /// What stands behind the columns of a table that is ours.
  default String options() {
    return "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=" + collation();
  }

  /// A statement that changes tables.
  Said said(String sql);

  /// A statement that reads, which the server ends by itself when its time is over; null where the
  /// driver is to see to that.
  @Nullable String within(String sql, Duration time);

  /// A statement that deletes, for which no reference is looked at.
  String unlooked(String delete);

  /// Thirty-two letters that are as good as a text.
  String digest(String text);

  /// The JSON array of the texts that are told of the first rows.
  Sql array(Each texts, Order order);

  /// A check, of which each name stands once in the database where that has to be.
  ///
  /// @param constraint from `CONSTRAINT` on
  String check(String constraint);

  /// The bytes that an index of several columns may have, where they are not seen to by the server.
  int keyMax();

  /// A text of any length as a part of an index that tells whole texts apart.
  String hashed(String column);

  /// Stands behind `DROP INDEX` and makes an index that is not unique, where a reference may stand
  /// on the one that goes; empty where that is no matter.
  String standIn(String name, String columns);

  /// Asks for the number that the row before was given; null where the statement that writes it
  /// tells.
  @Nullable String lastNumber();

  Explaining explaining();

  /// Gives the checks of a table: names, and what they say.
  String checks();

  /// Gives the checks of all tables: schema and table, and what they say.
  ///
  /// @return with `#others` behind the column that holds the schema
  String allChecks();

  /// A part of an index, as a column of the catalogue of indexes.
  String indexed();

  /// The same, quoted as it stands in an index.
  String indexColumn();

  /// Gives the settings that durability stands on: names and values in small letters.
  String durability();
}
