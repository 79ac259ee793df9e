package engineroom.stores.postgres;

import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.stores.SharedNotes;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Notes as a table that is in no log of the server.
///
/// @param database has the table
record PostgresNotes(PostgresDatabase database) implements SharedNotes {
  static final String CREATE =
      """
      CREATE UNLOGGED TABLE IF NOT EXISTS "_engineroom_note" (
        name text COLLATE "C" PRIMARY KEY, note text COLLATE "C" NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp()
      )""";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String LEAVE =
      """
      INSERT INTO "_engineroom_note" (name, note)
      SELECT key, value FROM json_each_text(CAST(? AS json)) ON CONFLICT (name) DO NOTHING""";
  private static final String READ =
      """
      SELECT name, note FROM "_engineroom_note"
      WHERE name IN (SELECT value FROM json_array_elements_text(CAST(? AS json)))""";
  private static final String FORGET =
      """
      DELETE FROM "_engineroom_note"
      WHERE at < clock_timestamp() - make_interval(secs => CAST(? AS double precision))""";

  @Override
  public void leave(Map<String, String> notes) {
    var members = new StringBuilder("{");
    notes.forEach(
        (name, note) -> {
          JsonText.quote(members.append(members.length() > 1 ? "," : ""), name);
          JsonText.quote(members.append(':'), note);
        });
    run(LEAVE, members.append('}').toString());
  }

  private void run(String sql, Object value) {
    database.read(
        LIMIT,
        connection -> {
          connection.run(sql, value);
          return sql;
        });
  }

  @Override
  public Map<String, String> read(Collection<String> names) {
    var asked = JsonText.of(new Value.ListOf(names.stream().map(Value::of).toList()));
    return database.read(
        LIMIT,
        connection -> {
          var found = new LinkedHashMap<String, String>();
          try (var rows = connection.rows(READ, asked)) {
            while (rows.next()) {
              found.put(rows.text(0), rows.text(1));
            }
          }
          return found;
        });
  }

  @Override
  public void forget(Duration age) {
    run(FORGET, age.toSeconds());
  }
}
