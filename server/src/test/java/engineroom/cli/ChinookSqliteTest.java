package engineroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A file of SQLite is adopted.
final class ChinookSqliteTest extends ChinookCases {
  @Override
  String database() throws IOException {
    Files.copy(DATA.resolve("Chinook_Sqlite.sqlite"), file());
    file().toFile().setWritable(true);
    return "sqlite:" + file();
  }

  @Override
  String alone(String app) {
    return app.replaceFirst("\\?attach=\\S*", "");
  }

  private Path file() {
    return folder.resolve("chinook.db");
  }

  private List<String> rows(String sql) {
    var rows = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      while (found.next()) {
        var row = new ArrayList<String>();
        for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
          row.add(found.getString(column));
        }
        rows.add(row.toString());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  @Override
  String dump() {
    var dump = new ArrayList<>(rows("SELECT type, name, sql FROM sqlite_schema ORDER BY name"));
    dump.addAll(rows("PRAGMA journal_mode"));
    for (var table : rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
      var name = table.substring(1, table.length() - 1);
      dump.addAll(rows("SELECT '" + name + "', * FROM \"" + name + "\" ORDER BY rowid"));
    }
    return String.join("\n", dump);
  }

  @Override
  void otherwise(String sql) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  String named(String name) {
    return name;
  }

  @Test
  void access_tests_have_tables_of_their_own() throws IOException {
    var before = dump();
    var model = project().resolve("model/adopted.yaml");
    Files.writeString(model, Files.readString(model).replace("  # access: {", "  access: {"));
    Files.createDirectories(project().resolve("tests"));
    Files.writeString(
        project().resolve("tests/access.yaml"),
        """
        users:
          ann: { name: Ann }
        rows:
          mediaType: { tape: { id: 1, name: Tape } }
          playlist: { mine: { id: 1, name: Mine } }
          track:
            song: { id: 1, name: Song, mediaType: tape, milliseconds: 1, unitPrice: "0.99" }
          playlistTrack: { listed: { id: "1,1", playlist: mine, track: song } }
        tests:
          - { name: guests see nothing, as: guest, sees: { track: [], playlistTrack: [] } }
          - name: people see all
            as: ann
            sees: { track: [song], playlistTrack: [listed] }
            mayNot: [ delete playlistTrack listed ]
        """);
    assertThat(engineroom("test", project().toString())).as(printed()).isZero();
    assertThat(printed()).contains("people see all");
    assertThat(dump()).isEqualTo(before);
  }
}
