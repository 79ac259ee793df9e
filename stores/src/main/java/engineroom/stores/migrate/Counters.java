package engineroom.stores.migrate;

import engineroom.migrate.EntityChange;
import engineroom.migrate.FieldChange;
import engineroom.store.Transaction.Counter;
import java.util.List;

/// Has the counters of numbered rows follow what a migration does to entities and fields.
public final class Counters {
  private static final String FORGET =
      """
      DELETE FROM "_engineroom_sequence" WHERE entity = ? AND field = ?""";
  private static final String FORGET_ENTITY =
      """
      DELETE FROM "_engineroom_sequence" WHERE entity = ?""";
  private static final String LAST =
      """
      SELECT last FROM "_engineroom_sequence" WHERE entity = ? AND field = ? AND scope = ?""";
  private static final String ADD =
      """
      INSERT INTO "_engineroom_sequence" (entity, field, scope, last) VALUES (?, ?, ?, ?)""";
  private static final String PASS =
      """
      UPDATE "_engineroom_sequence" SET last = ?
      WHERE entity = ? AND field = ? AND scope = ? AND last < ?""";
  private static final String RENAME =
      """
      UPDATE "_engineroom_sequence" SET field = ? WHERE entity = ? AND field = ?""";
  private static final String RENAME_ENTITY =
      """
      UPDATE "_engineroom_sequence" SET entity = ? WHERE entity = ?""";

  private final SqlSession session;

  public Counters(SqlSession session) {
    this.session = session;
  }

  /// Forgets the counters of a field.
  public void forget(String entity, String field) {
    run(FORGET, entity, field);
  }

  /// Forgets the counters of an entity.
  public void forget(String entity) {
    run(FORGET_ENTITY, entity);
  }

  /// Counts on behind a number that a row has.
  public void passed(Counter counter, long number) {
    if (counts(counter)) {
      run(PASS, number, counter.entity(), counter.field(), counter.scope(), number);
    } else {
      run(ADD, counter.entity(), counter.field(), counter.scope(), number);
    }
  }

  private boolean counts(Counter counter) {
    try (var rows = session.rows(LAST, counter.entity(), counter.field(), counter.scope())) {
      return rows.next();
    }
  }

  /// Those of an entity that has another name.
  public void rename(String from, String to) {
    run(RENAME_ENTITY, to, from);
  }

  private void rename(String entity, String from, String to) {
    run(RENAME, to, entity, from);
  }

  private void run(String sql, Object... values) {
    try (var rows = session.rows(sql, values)) {
      rows.next();
    }
  }

  /// Follows the fields, by way of names that nobody has.
  void follow(List<EntityChange> entities) {
    entities.forEach(this::follow);
  }

  private void follow(EntityChange change) {
    var name = change.name();
    change.dropped().forEach(field -> forget(name, field.name()));
    var renamed = change.fields().stream().filter(FieldChange::renamed).toList();
    renamed.forEach(f -> rename(name, former(f), f.name() + SharedSteps.RENAMED));
    renamed.forEach(f -> rename(name, f.name() + SharedSteps.RENAMED, f.name()));
    change.fields().stream()
        .filter(field -> field.after().filling().sequence() == null)
        .forEach(field -> forget(name, field.name()));
  }

  private static String former(FieldChange change) {
    var before = change.before();
    return before == null ? change.name() : before.name();
  }
}
