package engineroom.stores;

import java.nio.file.Path;
import java.util.List;

/// Where an app's rows live, as `store:` says it.
public sealed interface StoreAddress {
  /// The kinds of stores, as they are told.
  List<String> KINDS = List.of("sqlite", "postgres");

  /// Whether an address may begin so.
  static boolean knows(String kind) {
    return KINDS.contains(kind) || kind.equals("postgresql");
  }

  /// A file of SQLite.
  ///
  /// @param file as written: relative to the app's folder
  record SqliteFile(Path file) implements StoreAddress {}

  /// A database of a PostgreSQL server.
  record Postgres(PostgresAddress address) implements StoreAddress {}

  /// Reads `sqlite:data/shop.db` or `postgres://user:password@host:port/name`.
  ///
  /// @throws BadAddress told without what was written, which may hold a password
  static StoreAddress parse(String text) {
    int colon = text.indexOf(':');
    var kind = colon < 0 ? text : text.substring(0, colon);
    return switch (kind) {
      case "sqlite" -> sqlite(colon < 0 ? "" : text.substring(colon + 1));
      case "postgres", "postgresql" -> new Postgres(PostgresAddress.parse(text));
      default -> throw new BadAddress("There is no such store.", "Write " + BadAddress.SQLITE);
    };
  }

  private static SqliteFile sqlite(String file) {
    if (file.isBlank()) {
      throw new BadAddress("The store says no file.", "Write " + BadAddress.SQLITE);
    }
    return new SqliteFile(Path.of(file));
  }
}
