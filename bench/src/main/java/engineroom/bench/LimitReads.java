package engineroom.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/// The reads of the limit program: as many connections as cores, each with its statements.
final class LimitReads {
  static final int PAGE = 30;
  private static final byte[] NONE = {};

  /// Stands for a cursor; as long as a real one, and never read.
  static final String CURSOR = "x".repeat(94);

  private final BlockingQueue<Reader> readers;

  LimitReads(Path file) throws SQLException {
    int cores = Runtime.getRuntime().availableProcessors();
    readers = new ArrayBlockingQueue<>(cores);
    for (int i = 0; i < cores; i++) {
      readers.add(new Reader(open(file, "query_only = ON")));
    }
  }

  /// A connection with the settings that the real program has.
  static SQLiteConnection open(Path file, String... settings) throws SQLException {
    var connection = (SQLiteConnection) DriverManager.getConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      for (var setting : settings) {
        statement.execute("PRAGMA " + setting);
      }
      for (var setting : new String[] {"busy_timeout = 10000", "temp_store = MEMORY"}) {
        statement.execute("PRAGMA " + setting);
      }
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.execute("PRAGMA cache_size = -16000");
    }
    return connection;
  }

  /// One connection's statements.
  private static final class Reader {
    final LimitStatement one;
    final LimitStatement list;
    final LimitStatement expanded;
    final LimitStatement groups;

    Reader(SQLiteConnection connection) throws SQLException {
      one = new LimitStatement(connection, LimitSql.ONE);
      list = new LimitStatement(connection, LimitSql.LIST);
      expanded = new LimitStatement(connection, LimitSql.EXPANDED);
      groups = new LimitStatement(connection, LimitSql.GROUPS);
      connection.setAutoCommit(false);
      connection.getDatabase()._exec("COMMIT");
    }
  }

  private interface Read {
    byte[] on(Reader reader) throws SQLException;
  }

  private byte[] read(Read read) {
    try {
      var reader = readers.take();
      try {
        return read.on(reader);
      } finally {
        readers.add(reader);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException("the limit program can't read", e);
    }
  }

  byte @Nullable [] one(String id) {
    var found =
        read(
            reader -> {
              var there = reader.one.run(id);
              var json = there ? reader.one.bytes(0) : NONE;
              reader.one.reset();
              return json;
            });
    return found.length == 0 ? null : found;
  }

  byte[] list(String category) {
    return read(reader -> page(reader.list, reader.list.run(category, PAGE + 1L)));
  }

  byte[] expanded() {
    return read(reader -> page(reader.expanded, reader.expanded.run(PAGE + 1L)));
  }

  private static byte[] page(LimitStatement rows, boolean first) throws SQLException {
    var out = new ByteArrayOutputStream(16_384);
    out.writeBytes(ascii("{\"data\":["));
    int count = 0;
    var there = first;
    for (; there && count < PAGE; there = rows.next()) {
      if (count++ > 0) {
        out.write(',');
      }
      out.writeBytes(rows.bytes(0));
    }
    rows.reset();
    var next = there ? '"' + CURSOR + '"' : "null";
    out.writeBytes(ascii("],\"page\":{\"next\":" + next + ",\"hasMore\":" + there + "}}"));
    return out.toByteArray();
  }

  byte[] groups() {
    return read(
        reader -> {
          var json = new StringBuilder(8192).append("{\"data\":[");
          var rows = reader.groups;
          var separator = "";
          for (var there = rows.run(); there; there = rows.next()) {
            json.append(separator).append("{\"group\":{\"category.name\":").append(rows.text(0));
            json.append("},\"count\":").append(rows.number(1)).append(",\"avg\":{\"price\":");
            json.append(rows.real(2)).append("}}");
            separator = ",";
          }
          rows.reset();
          json.append("],\"page\":{\"next\":null,\"hasMore\":false}}");
          return json.toString().getBytes(StandardCharsets.UTF_8);
        });
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
