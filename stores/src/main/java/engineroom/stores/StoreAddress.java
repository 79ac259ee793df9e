package engineroom.stores;

import engineroom.stores.MariaAddress.Make;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an app's rows live, as `store:` says it.
public sealed interface StoreAddress {
  /// The kinds of stores, as they are told.
  List<String> KINDS = List.of("sqlite", "postgres", "mariadb", "mysql");

  /// Whether an address may begin so.
  static boolean knows(String kind) {
    return KINDS.contains(kind) || kind.equals("postgresql");
  }

  /// What stands in front of the file that is attached.
  String ATTACH = "?attach=";

  /// A file of SQLite.
  ///
  /// @param file as written: relative to the app's folder
  /// @param attached somebody else's file whose tables the model adopts, written in the same way;
  ///   null where there is none
  record SqliteFile(Path file, @Nullable Path attached) implements StoreAddress {}

  /// A database of a PostgreSQL server.
  record Postgres(PostgresAddress address) implements StoreAddress {}

  /// A database of a MariaDB or MySQL server.
  record Maria(MariaAddress address) implements StoreAddress {}

  /// Reads `sqlite:data/shop.db`, `postgres://user:password@host:port/name`, or the same with
  /// `mariadb` or `mysql`.
  ///
  /// @throws BadAddress told without what was written, which may hold a password
  static StoreAddress parse(String text) {
    int colon = text.indexOf(':');
    var kind = colon < 0 ? text : text.substring(0, colon);
    return switch (kind) {
      case "sqlite" -> sqlite(colon < 0 ? "" : text.substring(colon + 1));
      case "postgres", "postgresql" -> new Postgres(PostgresAddress.parse(text));
      case "mariadb" -> new Maria(MariaAddress.parse(Make.MARIADB, text));
      case "mysql" -> new Maria(MariaAddress.parse(Make.MYSQL, text));
      default -> throw new BadAddress("There is no such store.", "Write " + BadAddress.SQLITE);
    };
  }

  private static SqliteFile sqlite(String file) {
    if (file.isBlank()) {
      throw new BadAddress("The store says no file.", "Write " + BadAddress.SQLITE);
    }
    int option = file.indexOf(ATTACH);
    if (option < 0) {
      return new SqliteFile(Path.of(file), null);
    }
    var attached = file.substring(option + ATTACH.length());
    if (option == 0 || attached.isBlank()) {
      throw new BadAddress(
          "The store says one file of two.", "Write sqlite:data/app.db" + ATTACH + "../shop.db.");
    }
    return new SqliteFile(Path.of(file.substring(0, option)), Path.of(attached));
  }
}
