package engineroom.stores.mariadb.migrate;

import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What would undo the steps of a migration, each written down before the step is done, because
/// MariaDB commits each by itself. When all are done, one transaction puts what is left to do in
/// place of it. So whoever finds the journal knows which way to go, and all that it says can be
/// done again.
final class Journal {
  static final String TABLE = "_engineroom_journal";
  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_journal" (
        id BIGINT AUTO_INCREMENT PRIMARY KEY, done BIGINT NOT NULL, given VARCHAR(64) NOT NULL,
        statement LONGTEXT NOT NULL
      ) #options""";
  private static final String ADD =
      "INSERT INTO \"_engineroom_journal\" (done, given, statement) VALUES (?, ?, ?)";
  private static final String UNDO =
      "SELECT id, given, statement FROM \"_engineroom_journal\" WHERE done = 0 ORDER BY id DESC";
  private static final String LEFT =
      "SELECT id, given, statement FROM \"_engineroom_journal\" WHERE done = 1 ORDER BY id";
  private static final String REMOVE = "DELETE FROM \"_engineroom_journal\" WHERE id = ?";
  private static final String CLEAR = "DELETE FROM \"_engineroom_journal\"";

  /// Tables whose being there tells that names were changed.
  private static final String MARK = "_engineroom_mark_";

  private static final String MARKED = "_engineroom_marked_";

  private final SqlSession session;
  private final MariaCatalog catalog;
  private final List<Later> later = new ArrayList<>();
  private int marks;

  Journal(SqlSession session) {
    this.session = session;
    this.catalog = new MariaCatalog(session);
  }

  /// Makes the table, outside of any migration.
  static void create(SqlSession session) {
    session.execute(CREATE.replace("#options", Brand.of(session).options()));
  }

  /// What a migration that was cut short came to.
  enum End {
    /// None was.
    NONE,
    /// Not all steps were done: they are to be undone.
    UNDONE,
    /// All were done, and something is left to do.
    DONE
  }

  /// A table that gets another name.
  record Move(String from, String to) {
    Move back() {
      return new Move(to, from);
    }
  }

  /// What is written down: done where a table is there, or always where that is empty.
  private record Entry(long id, String given, String statement) {}

  /// What is left to do: where a table is there, or always where that is empty.
  private record Later(String given, String statement) {}

  End end() {
    return !entries(UNDO).isEmpty() ? End.UNDONE : entries(LEFT).isEmpty() ? End.NONE : End.DONE;
  }

  private List<Entry> entries(String sql) {
    var entries = new ArrayList<Entry>();
    if (catalog.has(TABLE)) {
      try (var rows = session.rows(sql)) {
        while (rows.next()) {
          entries.add(new Entry(rows.number(0), rows.text(1), rows.text(2)));
        }
      }
    }
    return entries;
  }

  private void add(long done, String given, String statement) {
    session.rows(ADD, done, given, statement).close();
  }

  /// Does a step.
  ///
  /// @param undo may be done whether the step was or not
  void step(String undo, String statement) {
    add(0, "", undo);
    session.execute(statement);
  }

  /// Makes a table; refused where there is one, which undoing would drop.
  void make(String table, String statement) {
    if (catalog.has(table)) {
      Unowned.refuse(List.of("The table " + table + " is there already."));
    }
    step(dropped(table), statement);
  }

  static String dropped(String table) {
    return "DROP TABLE IF EXISTS " + TableSql.name(table);
  }

  /// Gives tables other names, all of them at once, one after the other.
  void rename(List<Move> moves) {
    var mark = new Move(MARK + ++marks, MARKED + marks);
    make(mark.from(), "CREATE TABLE " + TableSql.name(mark.from()) + " (one BIGINT PRIMARY KEY)");
    var all = new ArrayList<>(moves);
    all.add(mark);
    add(0, mark.to(), renamed(all.reversed().stream().map(Move::back).toList()));
    session.execute(renamed(all));
    later(dropped(mark.to()));
  }

  static String renamed(List<Move> moves) {
    return moves.stream()
        .map(move -> TableSql.name(move.from()) + " TO " + TableSql.name(move.to()))
        .collect(Collectors.joining(", ", "RENAME TABLE ", ""));
  }

  /// Leaves a statement to be done after the migration; may be done twice.
  void later(String statement) {
    later("", statement);
  }

  /// Leaves a statement about a table to be done after the migration, if the table is there then.
  void later(String table, String statement) {
    later.add(new Later(table, statement));
  }

  /// From here on nothing is undone: within the transaction that records the migration.
  void commit() {
    clear();
    add(1, "", "SELECT 1"); // something is left in any case
    later.forEach(left -> add(1, left.given(), left.statement()));
  }

  /// Undoes what was done.
  void undo() {
    entries(UNDO).forEach(this::done);
  }

  /// Does what is left.
  void left() {
    entries(LEFT).forEach(this::run);
  }

  /// Forgets what was left, when it is done.
  void clear() {
    session.rows(CLEAR).close();
  }

  private void run(Entry entry) {
    if (entry.given().isEmpty() || catalog.has(entry.given())) {
      session.execute(entry.statement());
    }
  }

  private void done(Entry entry) {
    run(entry);
    session.rows(REMOVE, entry.id()).close();
  }
}
