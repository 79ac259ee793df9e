package engineroom.stores.kept;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Model;
import engineroom.outcome.Change.Origin;
import engineroom.outcome.TrashUnit;
import engineroom.outcome.TrashUnit.Counts;
import engineroom.outcome.TrashUnit.With;
import engineroom.store.Trash;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.JsonForm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The tables of what was deleted and can be brought back: a unit each deletion, and the rows that
/// went with its row. A unit that came back stays until its time is over, marked with the number of
/// the last change then, for a database that is taken back to a moment before.
public final class TrashTable implements Trash {
  private static final int GONE_WITH_EACH = 2;

  private static final List<String> CREATE =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS "_engineroom_trash" (
            number INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, row_id TEXT NOT NULL,
            until INTEGER NOT NULL, sequence INTEGER NOT NULL, restored INTEGER,
            caller TEXT NOT NULL, request_id TEXT NOT NULL, time TEXT NOT NULL,
            went TEXT NOT NULL, cleared TEXT NOT NULL, row TEXT NOT NULL
          ) STRICT""",
          """
          CREATE INDEX IF NOT EXISTS "_engineroom_trash_entity"
            ON "_engineroom_trash" (entity, number) WHERE restored IS NULL""",
          """
          CREATE INDEX IF NOT EXISTS "_engineroom_trash_id"
            ON "_engineroom_trash" (entity, row_id, number) WHERE restored IS NULL""",
          """
          CREATE INDEX IF NOT EXISTS "_engineroom_trash_until" ON "_engineroom_trash" (until)""",
          """
          CREATE TABLE IF NOT EXISTS "_engineroom_trash_row" (
            number INTEGER NOT NULL, place INTEGER NOT NULL, entity TEXT NOT NULL,
            row TEXT NOT NULL, PRIMARY KEY (number, place)
          ) STRICT, WITHOUT ROWID""");
  private static final String LAST_CHANGE =
      "(SELECT coalesce(max(sequence), 0) FROM \"_engineroom_change\")";
  private static final String KEEP =
      """
      INSERT INTO "_engineroom_trash" (entity, row_id, until, sequence, caller, request_id, time,
        went, cleared, "row")
      VALUES (?, ?, ?, %s, ?, ?, ?, ?, ?, ?)"""
          .formatted(LAST_CHANGE);
  private static final String GIVES = " RETURNING number";
  private static final String KEEP_ROW =
      """
      INSERT INTO "_engineroom_trash_row" (number, place, entity, "row") VALUES (?, ?, ?, ?)""";
  private static final String UNITS =
      """
      SELECT number, entity, until, caller, request_id, time, went, cleared, "row"
      FROM "_engineroom_trash" WHERE restored IS NULL AND entity = ?""";
  private static final String OF_ENTITY =
      UNITS + " AND number < ? AND until > ? ORDER BY number DESC LIMIT ?";
  private static final String OF_ROW =
      UNITS + " AND row_id = ? AND until > ? ORDER BY number DESC LIMIT ?";
  private static final String OTHERS =
      """
      SELECT entity, "row" FROM "_engineroom_trash_row" WHERE number = ? ORDER BY place""";
  private static final String TAKE_OUT =
      """
      UPDATE "_engineroom_trash" SET restored = %s WHERE number = ?"""
          .formatted(LAST_CHANGE);
  private static final String OVER =
      """
      SELECT number FROM "_engineroom_trash" WHERE until <= ?
      ORDER BY until, number LIMIT ?""";
  private static final String FORGET_ROWS =
      "DELETE FROM \"_engineroom_trash_row\" WHERE number = ?";
  private static final String FORGET = "DELETE FROM \"_engineroom_trash\" WHERE number = ?";

  private final SqlSession session;
  private final RowText texts;

  public TrashTable(SqlSession session, Model model) {
    this.session = session;
    this.texts = new RowText(model);
  }

  /// Makes the tables where they are not there.
  public static boolean create(SqlSession session) {
    CREATE.forEach(session::execute);
    return true;
  }

  @Override
  public TrashUnit keep(TrashUnit unit, List<With> others) {
    purge(unit.origin().time(), GONE_WITH_EACH);
    var numbered = unit.numbered(number(unit));
    var place = 0L;
    for (var other : others) {
      var text = RowText.json(other.row().values());
      write(KEEP_ROW, numbered.number(), place++, other.entity(), text);
    }
    return numbered;
  }

  private long number(TrashUnit unit) {
    var last = session.dialect().tables().lastNumber();
    if (last == null) {
      return number(KEEP + GIVES, values(unit));
    }
    write(KEEP, values(unit));
    return number(last);
  }

  private long number(String sql, Object... values) {
    try (var rows = session.rows(sql, values)) {
      rows.next();
      return rows.number(0);
    }
  }

  private static Object[] values(TrashUnit unit) {
    var origin = unit.origin();
    return new Object[] {
      unit.entity(),
      text(unit.row().id()),
      micros(unit.until()),
      origin.caller(),
      origin.requestId(),
      origin.time().toString(),
      json(unit.counts().with()),
      json(unit.counts().cleared()),
      RowText.json(unit.row().values())
    };
  }

  private void write(String sql, Object... values) {
    try (var written = session.rows(sql, values)) {
      written.next();
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static Object text(Value id) {
    return Objects.requireNonNull(Codec.encode(Form.Simple.TEXT, 0, id));
  }

  private static String json(Map<String, Integer> counts) {
    var values = new LinkedHashMap<String, Value>();
    counts.forEach((name, count) -> values.put(name, Value.of(count)));
    return RowText.json(values);
  }

  @Override
  public List<TrashUnit> units(String entity, long before, int limit, Instant now) {
    return read(OF_ENTITY, entity, before, micros(now), (long) limit);
  }

  @Override
  public List<TrashUnit> ofRow(String entity, Value id, Instant now) {
    return read(OF_ROW, entity, text(id), micros(now), (long) OF_ROW_MAX);
  }

  private List<TrashUnit> read(String sql, Object... values) {
    var units = new ArrayList<TrashUnit>();
    try (var rows = session.rows(sql, values)) {
      while (rows.next()) {
        units.add(unit(rows));
      }
    }
    return units;
  }

  private TrashUnit unit(Codec.Columns rows) {
    var entity = rows.text(1);
    return new TrashUnit(
        rows.number(0),
        entity,
        new Row(texts.values(entity, rows.text(8))),
        new Counts(counts(rows.text(6)), counts(rows.text(7))),
        new Origin(rows.text(3), rows.text(4), Instant.parse(rows.text(5))),
        Instant.EPOCH.plus(rows.number(2), ChronoUnit.MICROS));
  }

  private static Map<String, Integer> counts(String json) {
    var counts = new LinkedHashMap<String, Integer>();
    JsonForm.members(json).forEach((name, count) -> counts.put(name, Integer.valueOf(count)));
    return counts;
  }

  @Override
  public List<With> others(long number) {
    var others = new ArrayList<With>();
    try (var rows = session.rows(OTHERS, number)) {
      while (rows.next()) {
        var entity = rows.text(0);
        others.add(new With(entity, new Row(texts.values(entity, rows.text(1)))));
      }
    }
    return others;
  }

  @Override
  public void takeOut(long number) {
    write(TAKE_OUT, number);
  }

  @Override
  public void forget(long number) {
    write(FORGET_ROWS, number);
    write(FORGET, number);
  }

  /// Counts those that came back too, of which only the memory goes.
  @Override
  public int purge(Instant now, int limit) {
    var numbers = new ArrayList<Long>();
    try (var rows = session.rows(OVER, micros(now), (long) limit)) {
      while (rows.next()) {
        numbers.add(rows.number(0));
      }
    }
    numbers.forEach(this::forget);
    return numbers.size();
  }
}
