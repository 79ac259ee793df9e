package engineroom.cli;

import engineroom.server.PostgresServer;
import engineroom.stores.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Locale;

/// A database of PostgreSQL is adopted.
final class ChinookPostgresTest extends ChinookCases {
  private final PostgresAddress server = PostgresServer.fresh();

  @Override
  String database() throws IOException {
    var script = Files.readString(DATA.resolve("Chinook_PostgreSql.sql"));
    var tables = script.substring(script.indexOf("CREATE TABLE album"));
    PostgresServer.execute(server, tables);
    // Tables of a page or two are read whole once they are analyzed: cheaper than by any index.
    PostgresServer.execute(
        server, "ALTER DATABASE \"" + server.database() + "\" SET enable_seqscan = off");
    return server.toString();
  }

  /// A plan that an index finds the rows for; one may also be read for its order alone.
  @Override
  String indexed() {
    return "(?s).*Index Cond.*";
  }

  @Override
  String alone(String app) {
    return app.replaceFirst("(?m)^(store: .*)$", "$1?schema=engineroom");
  }

  @Override
  String dump() {
    var dump =
        new ArrayList<>(
            PostgresServer.rows(
                server,
                """
                SELECT table_schema || '.' || table_name || '.' || column_name || ' ' || data_type
                  || coalesce(column_default, '') || is_nullable
                FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1"""));
    dump.addAll(
        PostgresServer.rows(
            server,
            "SELECT pg_get_constraintdef(oid) || conname FROM pg_constraint"
                + " WHERE connamespace = 'public'::regnamespace ORDER BY 1"));
    dump.addAll(
        PostgresServer.rows(
            server, "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"));
    for (var table : PostgresServer.tables(server)) {
      dump.addAll(PostgresServer.rows(server, "SELECT t::text FROM " + table + " t ORDER BY 1"));
    }
    return String.join("\n", dump);
  }

  @Override
  void otherwise(String sql) {
    PostgresServer.execute(server, sql);
  }

  @Override
  String named(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
