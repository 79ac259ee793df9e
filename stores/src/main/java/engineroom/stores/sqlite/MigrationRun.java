package engineroom.stores.sqlite;

import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.model.History;
import engineroom.stores.migrate.Counters;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.KeyFaults;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.migrate.RowMover;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.migrate.TableChange;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Instant;

/// Carries a migration out, all of it in one transaction: SQLite's procedure for changes that
/// `ALTER TABLE` can't make, so that keys, references, indexes, triggers and the words searched
/// survive.
final class MigrationRun {
  private final SqliteConnection connection;
  private final Migration migration;
  private final Instant now;
  private final Ground ground;
  private final Counters counters;
  private final Faults faults = new Faults();
  private final SharedSteps shared;

  MigrationRun(SqliteConnection connection, Migration migration, Instant now) {
    this.connection = connection;
    this.migration = migration;
    this.now = now;
    this.ground = new SqliteGround(connection);
    this.counters = new Counters(connection);
    this.shared = new SharedSteps(ground, migration, now, faults);
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
          shared.counters();
          // The new tables take the names of the old ones; who refers to these must not follow.
          connection.execute("PRAGMA legacy_alter_table = ON");
          migration.change().entities().forEach(this::change);
        });
    unowned.putBack();
    shared.trash();
    indexes();
    shared.compute();
    references();
    shared.provenIn();
    shared.checks();
    shared.record();
  }

  private void drop() {
    for (var entity : migration.change().dropped()) {
      connection.execute(MigrationSql.dropTable(SearchTable.name(entity.name())));
      connection.execute(MigrationSql.dropTable(entity.name()));
      counters.forget(entity.name());
    }
  }

  /// By way of names that nobody has, for one may take the name that another had.
  private void rename() {
    var renamed = migration.change().entities().stream().filter(EntityChange::renamed).toList();
    for (var change : renamed) {
      var old = SharedSteps.former(change);
      connection.execute(MigrationSql.dropTable(SearchTable.name(old)));
      connection.execute(MigrationSql.renameTable(old, old + SharedSteps.RENAMED));
      counters.rename(old, old + SharedSteps.RENAMED);
    }
    for (var change : renamed) {
      counters.rename(SharedSteps.former(change) + SharedSteps.RENAMED, change.name());
      connection.execute(
          MigrationSql.renameTable(
              SharedSteps.former(change) + SharedSteps.RENAMED, change.name()));
    }
  }

  private void change(EntityChange change) {
    var table = migration.tables().get(change.name());
    if (table == null) {
      create(change);
    } else if (table.rebuilt()) {
      rebuild(table);
    } else {
      table.additions().forEach(connection::execute);
      table.goneIndexes(SharedSteps.former(change)).stream()
          .map(MigrationSql::dropIndex)
          .forEach(connection::execute);
    }
    if (table != null) {
      table.search(SharedSteps.former(change)).forEach(connection::execute);
    }
  }

  private void create(EntityChange change) {
    var table = new TableSql(ground.tables(migration.model()), change.after());
    connection.execute(table.create(change.name()));
    if (History.isPast(change.name())) {
      var tables = ground.tables(migration.model());
      connection.execute(new MigrationSql(tables, change.after()).firstVersions(now));
    }
    if (!TableNames.searched(change.after()).isEmpty()) {
      table.search().forEach(connection::execute);
    }
    shared.takeIn(change.name());
  }

  private void rebuild(TableChange table) {
    var name = table.change().name();
    connection.execute(table.create());
    if (table.rewritten()) {
      var recorded = migration.change().renamed().model();
      var numbers =
          new RowMover(ground, migration.rules(), now).move(table, recorded, migration.model());
      table.change().counted().forEach(f -> counters.forget(name, f.name()));
      numbers.forEach((counter, last) -> SequenceTable.passed(connection, counter, last));
    } else {
      connection.execute(table.copy());
    }
    connection.forget();
    connection.execute(MigrationSql.dropTable(name));
    connection.execute(MigrationSql.renameTable(table.fresh(), name));
  }

  private void indexes() {
    var present = Schema.read(connection).items();
    for (var change : migration.change().entities()) {
      var table = new TableSql(ground.tables(migration.model()), change.after());
      table.indexes().entrySet().stream()
          .filter(index -> !present.containsKey(index.getKey()))
          .forEach(index -> index(change, table, index.getKey(), index.getValue()));
    }
    shared.refuse();
  }

  private void index(EntityChange change, TableSql table, String name, TableSql.Index index) {
    if (!ground.unlessSame(() -> connection.execute(table.create(name, index)))) {
      var rows = new MigrationSql(ground.tables(migration.model()), change.after());
      var fields = index.columns().stream().map(c -> c.replaceAll("__.*$", "")).distinct();
      new KeyFaults(ground, faults)
          .duplicates(change.name(), rows, fields.toList(), index.columns());
    }
  }

  /// Rows that refer to nothing.
  private void references() {
    var keys = new KeyFaults(ground, faults);
    for (var entity : migration.model().entities().values()) {
      var table = new MigrationSql(ground.tables(migration.model()), entity);
      var check = MigrationSql.foreignKeys(entity.name());
      try (var rows = connection.statement(check).run()) {
        while (rows.next()) {
          keys.reference(entity.name(), id(table, rows.number(1)), rows.text(2));
        }
      }
    }
  }

  private String id(MigrationSql table, long key) {
    try (var rows = connection.statement(table.idOf()).run(key)) {
      return rows.next() ? rows.text(0) : "with key " + key;
    }
  }
}
