package engineroom.stores.postgres.replica;

import engineroom.stores.PostgresAddress;
import engineroom.stores.session.Pool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pools of connections to PostgreSQL's servers.
public final class Connections {
  private static final String OPTIONS = "-c TimeZone=UTC -c DateStyle=ISO";

  /// How long a read waits for a replica that is busy: another server may be free.
  private static final Duration WAIT = Duration.ofMillis(250);

  /// How long a replica may take to answer at all.
  private static final String CONNECT_SECONDS = "2";

  private Connections() {}

  /// To the server that is written to.
  public static Pool primary(PostgresAddress address) {
    return new Pool(opening(address, properties(address, OPTIONS), null));
  }

  /// To a standby. Nothing is ever written there, even after it has become a server of its own.
  ///
  /// @param first a statement that fails where the connection is to another server than was meant
  static Pool replica(PostgresAddress address, String first) {
    var properties = properties(address, OPTIONS + " -c default_transaction_read_only=on");
    properties.putIfAbsent("connectTimeout", CONNECT_SECONDS);
    return new Pool(opening(address, properties, first), WAIT);
  }

  private static Map<String, String> properties(PostgresAddress address, String options) {
    var properties =
        new HashMap<>(
            Map.of(
                "stringtype", "unspecified",
                "prepareThreshold", "2",
                "preparedStatementCacheQueries", "512",
                "ApplicationName", "engineroom",
                "cancelSignalTimeout", "5",
                "options", options));
    properties.putAll(address.driverOptions());
    return properties;
  }

  private static Pool.Opening opening(
      PostgresAddress address, Map<String, String> properties, @Nullable String first) {
    var login = new Pool.Login(address.login().user(), address.login().password());
    var session = new Pool.Session(properties, first, null, address.connections());
    return new Pool.Opening("postgres", address.toString(), address.url(), login, session);
  }
}
