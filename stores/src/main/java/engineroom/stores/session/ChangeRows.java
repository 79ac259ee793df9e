package engineroom.stores.session;

import engineroom.data.Times;
import engineroom.model.Model;
import engineroom.outcome.Change;
import engineroom.outcome.Change.Kind;
import engineroom.outcome.Change.Origin;
import engineroom.stores.kept.RowText;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of the change log.
public final class ChangeRows {
  /// Changes that one statement adds.
  public static final int TOGETHER = 32;

  /// What [#values] gives, as an insert names it.
  public static final String COLUMNS =
      "entity, row_id, kind, \"before\", \"after\", caller, request_id, time";

  private static final String BEHIND =
      "SELECT sequence, "
          + COLUMNS
          + " FROM \"_engineroom_change\" WHERE sequence > ? AND sequence <= ?";
  private static final String IN_ORDER = " ORDER BY sequence LIMIT ?";
  private static final String LAST =
      "SELECT COALESCE(MAX(sequence), 0) FROM \"_engineroom_change\" WHERE sequence <= ?";

  private final RowText texts;

  ChangeRows(Model model) {
    this.texts = new RowText(model);
  }

  /// What is kept of a change besides its number.
  public static List<@Nullable Object> values(Change change) {
    var values = new ArrayList<@Nullable Object>();
    var origin = change.origin();
    values.add(change.entity());
    values.add(Codec.text(change.id()));
    values.add(change.kind().name());
    values.add(RowText.json(change.before()));
    values.add(RowText.json(change.after()));
    values.add(origin.caller());
    values.add(origin.requestId());
    values.add(origin.time().toString());
    return values;
  }

  /// The changes behind a number and up to another, in order.
  List<Change> between(SqlSession session, long after, long last, int limit) {
    return changes(session, BEHIND + IN_ORDER, after, last, (long) limit);
  }

  /// The same of some entities.
  List<Change> between(
      SqlSession session, long after, long last, Collection<String> entities, int limit) {
    var values = new ArrayList<@Nullable Object>(List.of(after, last));
    values.addAll(entities);
    values.add((long) limit);
    var marks = String.join(", ", Collections.nCopies(entities.size(), "?"));
    var sql = BEHIND + " AND entity IN (" + marks + ")" + IN_ORDER;
    return changes(session, sql, values.toArray());
  }

  /// The number of the last change up to one; 0 where there is none.
  static long last(SqlSession session, long upTo) {
    try (var rows = session.rows(LAST, upTo)) {
      return rows.next() ? rows.number(0) : 0;
    }
  }

  private List<Change> changes(SqlSession session, String sql, @Nullable Object... values) {
    var changes = new ArrayList<Change>();
    try (var rows = session.rows(sql, values)) {
      while (rows.next()) {
        changes.add(change(rows));
      }
    }
    return changes;
  }

  private Change change(Codec.Columns rows) {
    var entity = rows.text(1);
    return new Change(
        rows.number(0),
        entity,
        texts.id(entity, rows.text(2)),
        Kind.valueOf(rows.text(3)),
        texts.values(entity, rows.text(4)),
        texts.values(entity, rows.text(5)),
        new Origin(rows.text(6), rows.text(7), Times.instant(rows.text(8))));
  }
}
