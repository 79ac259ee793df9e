package engineroom.bench;

import engineroom.bench.LimitWriter.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// The limit on PostgreSQL: what a careful programmer writes with the driver alone, with the very
/// SQL that the real program was seen to ask. As many connections as the real one has; a write is a
/// transaction of two inserts.
public final class LimitPostgres implements LimitStore {
  private static final int CONNECTIONS = 16;

  private final BlockingQueue<Session> sessions = new ArrayBlockingQueue<>(CONNECTIONS);
  private final Recorded one;
  private final Recorded list;
  private final Recorded expanded;
  private final Recorded insert;
  private final Recorded log;

  private LimitPostgres(String database, Properties recorded) throws SQLException {
    one = Recorded.read("one", recorded);
    list = Recorded.read("list", recorded);
    expanded = Recorded.read("expanded", recorded);
    insert = Recorded.read("insert", recorded);
    log = Recorded.read("log", recorded);
    for (int i = 0; i < CONNECTIONS; i++) {
      sessions.add(new Session(database));
    }
  }

  /// Serves a database; the arguments are its address as JDBC writes it, and the file of what the
  /// real program asks.
  public static void main(String... arguments) throws Exception {
    LimitServer.serve(new LimitPostgres(arguments[0], read(Path.of(arguments[1]))));
  }

  private static Properties read(Path file) throws IOException {
    var recorded = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      recorded.load(in);
    }
    return recorded;
  }

  /// One connection's statements.
  private final class Session {
    final Connection connection;
    final PreparedStatement ofOne;
    final PreparedStatement ofList;
    final PreparedStatement ofExpanded;
    final PreparedStatement ofInsert;
    final PreparedStatement ofLog;

    Session(String database) throws SQLException {
      connection = DriverManager.getConnection(database);
      ofOne = connection.prepareStatement(one.jdbc());
      ofList = connection.prepareStatement(list.jdbc());
      ofExpanded = connection.prepareStatement(expanded.jdbc());
      ofInsert = connection.prepareStatement(insert.jdbc());
      ofLog = connection.prepareStatement(log.jdbc());
    }
  }

  private interface Work {
    byte[] on(Session session) throws SQLException;
  }

  private byte[] with(Work work) {
    try {
      var session = sessions.take();
      try {
        return work.on(session);
      } finally {
        sessions.add(session);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException("the limit program can't go on", e);
    }
  }

  private static PreparedStatement bound(PreparedStatement statement, List<String> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setString(i + 1, values.get(i).isEmpty() ? null : values.get(i));
    }
    return statement;
  }

  @Override
  public byte @Nullable [] one(String id) {
    var values = one.values(Map.of(PostgresBench.ID, id));
    var found =
        with(
            session -> {
              try (var rows = bound(session.ofOne, values).executeQuery()) {
                return rows.next() ? rows.getBytes(1) : new byte[0];
              }
            });
    return found.length == 0 ? null : found;
  }

  @Override
  public byte[] list(String category) {
    var values = list.values(Map.of(PostgresBench.CATEGORY, category));
    return with(session -> page(bound(session.ofList, values)));
  }

  @Override
  public byte[] expanded() {
    return with(session -> page(bound(session.ofExpanded, expanded.values())));
  }

  private static byte[] page(PreparedStatement statement) throws SQLException {
    var out = new ByteArrayOutputStream(16_384);
    out.writeBytes("{\"data\":[".getBytes(StandardCharsets.US_ASCII));
    try (var rows = statement.executeQuery()) {
      boolean more = page(rows, out);
      var next = more ? '"' + LimitReads.CURSOR + '"' : "null";
      var end = "],\"page\":{\"next\":" + next + ",\"hasMore\":" + more + "}}";
      out.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }

  private static boolean page(ResultSet rows, ByteArrayOutputStream out) throws SQLException {
    for (int count = 0; rows.next(); count++) {
      if (count == LimitReads.PAGE) {
        return true;
      }
      if (count > 0) {
        out.write(',');
      }
      out.writeBytes(rows.getBytes(1));
    }
    return false;
  }

  @Override
  public byte[] groups() {
    throw new IllegalStateException("not measured on PostgreSQL");
  }

  @Override
  public byte[] write(Address address) {
    var now = Instant.now();
    var id = LimitWriter.id(now.toEpochMilli());
    var others =
        Map.of(
            PostgresBench.NEW_ID, id,
            PostgresBench.CUSTOMER, address.customer(),
            PostgresBench.STREET, address.street());
    return with(
        session -> {
          session.connection.setAutoCommit(false);
          bound(session.ofInsert, insert.values(others)).execute();
          bound(session.ofLog, log.values(others)).execute();
          session.connection.commit();
          session.connection.setAutoCommit(true);
          return LimitWriter.json(id, now.toString(), address, "{\"id\":\"", "\"}")
              .getBytes(StandardCharsets.UTF_8);
        });
  }
}
