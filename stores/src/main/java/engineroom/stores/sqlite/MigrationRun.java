package engineroom.stores.sqlite;

import static engineroom.problem.ProblemException.problem;

import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.migrate.FieldChange;
import engineroom.migrate.Step;
import engineroom.model.History;
import engineroom.model.Stored;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.Violation;
import engineroom.stores.kept.TrashNames;
import engineroom.stores.migrate.ComputedRows;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.migrate.Recorded;
import engineroom.stores.migrate.RowMover;
import engineroom.stores.migrate.TableChange;
import engineroom.stores.session.SessionTables;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Carries a migration out, all of it in one transaction: SQLite's procedure for changes that
/// `ALTER TABLE` can't make, so that keys, references, indexes, triggers and the words searched
/// survive.
final class MigrationRun {
  private static final String RENAMED = "__renamed";

  private final SqliteConnection connection;
  private final Migration migration;
  private final Instant now;
  private final Faults faults = new Faults();

  MigrationRun(SqliteConnection connection, Migration migration, Instant now) {
    this.connection = connection;
    this.migration = migration;
    this.now = now;
  }

  void run() {
    connection.forget();
    connection.execute("PRAGMA foreign_keys = OFF");
    var done = false;
    try {
      connection.execute("BEGIN IMMEDIATE");
      transaction();
      connection.forget();
      connection.execute("COMMIT");
      done = true;
    } finally {
      connection.forget();
      if (!done) {
        rollBack();
      }
      connection.execute("PRAGMA legacy_alter_table = OFF");
      connection.execute("PRAGMA foreign_keys = ON");
    }
  }

  private void rollBack() {
    try {
      connection.execute("ROLLBACK");
    } catch (SqliteFailure _) {
      // SQLite has rolled back by itself, as it does when the disk is full
    }
  }

  private void transaction() {
    var unowned = Unowned.of(connection, migration.layout().model());
    unowned.guard(
        () -> {
          drop();
          rename();
          counters();
          // The new tables take the names of the old ones; who refers to these must not follow.
          connection.execute("PRAGMA legacy_alter_table = ON");
          migration.change().entities().forEach(this::change);
        });
    unowned.putBack();
    new TrashNames(connection, migration.change().entities()).rename();
    indexes();
    compute();
    proveReferences();
    var steps = migration.change().steps();
    Recorded.write(connection, migration.change().layout(), steps, now);
  }

  private void drop() {
    for (var entity : migration.change().dropped()) {
      connection.execute(MigrationSql.dropTable(SearchTable.name(entity.name())));
      connection.execute(MigrationSql.dropTable(entity.name()));
      SequenceTable.forget(connection, entity.name());
    }
  }

  /// By way of names that nobody has, for one may take the name that another had.
  private void rename() {
    var renamed = migration.change().entities().stream().filter(EntityChange::renamed).toList();
    for (var change : renamed) {
      var old = former(change);
      connection.execute(MigrationSql.dropTable(SearchTable.name(old)));
      connection.execute(MigrationSql.renameTable(old, old + RENAMED));
      SequenceTable.rename(connection, old, old + RENAMED);
    }
    for (var change : renamed) {
      SequenceTable.rename(connection, former(change) + RENAMED, change.name());
      connection.execute(MigrationSql.renameTable(former(change) + RENAMED, change.name()));
    }
  }

  /// Counters follow their fields.
  private void counters() {
    for (var change : migration.change().entities()) {
      var name = change.name();
      change.dropped().forEach(field -> SequenceTable.forget(connection, name, field.name()));
      var renamed = change.fields().stream().filter(FieldChange::renamed).toList();
      renamed.forEach(f -> SequenceTable.rename(connection, name, former(f), f.name() + RENAMED));
      renamed.forEach(f -> SequenceTable.rename(connection, name, f.name() + RENAMED, f.name()));
      change.fields().stream()
          .filter(field -> field.after().filling().sequence() == null)
          .forEach(field -> SequenceTable.forget(connection, name, field.name()));
    }
  }

  private static String former(FieldChange change) {
    var before = change.before();
    return before == null ? change.name() : before.name();
  }

  private static String former(EntityChange change) {
    var before = change.before();
    return before == null ? change.name() : before.name();
  }

  private void change(EntityChange change) {
    var table = migration.tables().get(change.name());
    if (table == null) {
      create(change);
    } else if (table.rebuilt()) {
      rebuild(table);
    } else {
      table.additions().forEach(connection::execute);
      table.goneIndexes(former(change)).stream()
          .map(MigrationSql::dropIndex)
          .forEach(connection::execute);
    }
    if (table != null) {
      table.search(former(change)).forEach(connection::execute);
    }
  }

  private void create(EntityChange change) {
    var table =
        new TableSql(new TableNames(migration.model(), connection.dialect()), change.after());
    connection.execute(table.create(change.name()));
    if (History.isPast(change.name())) {
      var tables = new TableNames(migration.model(), connection.dialect());
      connection.execute(new MigrationSql(tables, change.after()).firstVersions(now));
    }
    if (!TableNames.searched(change.after()).isEmpty()) {
      table.search().forEach(connection::execute);
    }
  }

  private void rebuild(TableChange table) {
    var name = table.change().name();
    connection.execute(table.create());
    if (table.rewritten()) {
      var recorded = migration.change().renamed().model();
      var numbers =
          new RowMover(connection, migration.rules(), now).move(table, recorded, migration.model());
      table.change().counted().forEach(f -> SequenceTable.forget(connection, name, f.name()));
      numbers.forEach((counter, last) -> SequenceTable.passed(connection, counter, last));
    } else {
      connection.execute(table.copy());
    }
    connection.forget();
    connection.execute(MigrationSql.dropTable(name));
    connection.execute(MigrationSql.renameTable(table.fresh(), name));
  }

  /// Works out what follows from others.
  private void compute() {
    var model = migration.model();
    var tables = new TableNames(model, connection.dialect());
    var entities = new LinkedHashMap<String, EntitySql>();
    model.entities().values().forEach(e -> entities.put(e.name(), new EntitySql(tables, e)));
    var rows = new SessionTables(connection, entities);
    var computed = new ComputedRows(connection, model, rows, faults);
    migration.change().computed().forEach(stored -> compute(computed, stored));
    refuse();
  }

  private void compute(ComputedRows rows, Stored stored) {
    try {
      rows.fill(stored);
    } catch (SqliteFailure e) {
      if (!SqliteProblems.unique(e)) {
        throw e;
      }
      faults.add(
          stored.toString(),
          "Leave out unique, or change rows first.",
          new Violation(stored.toString(), "unique", "would be the same in two rows"));
    }
  }

  private void indexes() {
    var present = Schema.read(connection).items();
    for (var change : migration.change().entities()) {
      var table =
          new TableSql(new TableNames(migration.model(), connection.dialect()), change.after());
      table.indexes().entrySet().stream()
          .filter(index -> !present.containsKey(index.getKey()))
          .forEach(index -> index(change, table, index.getKey(), index.getValue()));
    }
    refuse();
  }

  private void index(EntityChange change, TableSql table, String name, TableSql.Index index) {
    try {
      connection.execute(table.create(name, index));
    } catch (SqliteFailure e) {
      if (!SqliteProblems.unique(e)) {
        throw e;
      }
      var rows =
          new MigrationSql(new TableNames(migration.model(), connection.dialect()), change.after());
      var fields = index.columns().stream().map(c -> c.replaceAll("__.*$", "")).distinct();
      new KeyFaults(connection, faults)
          .duplicates(change.name(), rows, fields.toList(), index.columns());
    }
  }

  private void proveReferences() {
    var keys = new KeyFaults(connection, faults);
    keys.references(migration.model());
    migration.change().entities().forEach(change -> keys.checks(migration.model(), change, now));
    refuse();
  }

  private void refuse() {
    if (!faults.none()) {
      throw refused(faults.violations());
    }
  }

  /// The exception for rows that stand in the way.
  static RuntimeException refused(List<Violation> violations) {
    return problem(
        new MigrationNeeded(
            "The rows that are there don't fit the model. Nothing was changed.", violations));
  }

  /// The exception for steps by which values would be lost.
  static RuntimeException wouldLose(List<Step.Planned> losses) {
    var lost = new ArrayList<Violation>();
    for (var planned : losses) {
      var rows = planned.rows() == 1 ? "1 row" : planned.rows() + " rows";
      lost.add(new Violation(planned.step().words(), "loss", "loses the values of " + rows));
    }
    return problem(
        new MigrationNeeded(
            "The model leaves out what the database holds, and it would be lost: nothing was"
                + " changed. `engineroom migrate --allow-loss` makes a backup and takes these"
                + " steps.",
            lost));
  }
}
