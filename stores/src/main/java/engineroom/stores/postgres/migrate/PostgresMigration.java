package engineroom.stores.postgres.migrate;

import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.model.Entity;
import engineroom.model.FieldType.Reference;
import engineroom.model.History;
import engineroom.store.Transaction.Counter;
import engineroom.stores.migrate.Counters;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.InPlace;
import engineroom.stores.migrate.KeyFaults;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.migrate.Remembered;
import engineroom.stores.migrate.RowRewriter;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.migrate.Strangers;
import engineroom.stores.migrate.TableChange;
import engineroom.stores.postgres.migrate.Catalog.Referring;
import engineroom.stores.sql.SearchTable;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Carries a migration out where the tables stand, within a transaction: whatever fails, nothing of
/// it has been. Rights, views and whatever else stands on a table stay.
public final class PostgresMigration {
  /// Two tables that stand for a moment, for PostgreSQL to tell what it makes of our words.
  private static final String BEFORE = "engineroom__before";

  private static final String AFTER = "engineroom__after";

  private final Migration migration;
  private final Instant now;
  private final Ground ground;
  private final SqlSession session;
  private final Catalog catalog;
  private final Counters counters;
  private final Faults faults = new Faults();
  private final SharedSteps shared;
  private final Map<String, InPlace> places = new LinkedHashMap<>();

  public PostgresMigration(Ground ground, Migration migration, Instant now) {
    this.migration = migration;
    this.now = now;
    this.ground = ground;
    this.session = ground.session();
    this.catalog = new Catalog(session);
    this.counters = new Counters(session);
    this.shared = new SharedSteps(ground, migration, now, faults);
    migration.tables().forEach((name, table) -> places.put(name, new InPlace(table)));
  }

  public void run() {
    var remembered = new Remembered(session, catalog);
    var strangers = Strangers.of(remembered, migration);
    session.execute("SET CONSTRAINTS ALL IMMEDIATE");
    drop();
    rename();
    shared.counters();
    referencesThatGo();
    migration.change().entities().forEach(this::change);
    shared.trash();
    indexes();
    shared.compute();
    referencesThatCome();
    shared.provenIn();
    shared.checks();
    remembered.remember(migration.model().entities().keySet(), strangers.now());
    shared.record();
  }

  private void drop() {
    var dropped = migration.change().dropped().stream().map(entity -> entity.name()).toList();
    for (var reference : catalog.references()) {
      if (dropped.contains(reference.target()) || dropped.contains(reference.table())) {
        drop(reference);
      }
    }
    for (var name : dropped) {
      session.execute(MigrationSql.dropTable(name));
      counters.forget(name);
    }
  }

  private void drop(Referring reference) {
    session.execute(MigrationSql.dropConstraint(reference.table(), reference.name()));
  }

  /// By way of names that nobody has, for one may take the name that another had.
  private void rename() {
    var renamed = migration.change().entities().stream().filter(EntityChange::renamed).toList();
    for (var change : renamed) {
      var old = SharedSteps.former(change);
      session.execute(MigrationSql.renameTable(old, old + SharedSteps.RENAMED));
      counters.rename(old, old + SharedSteps.RENAMED);
    }
    for (var change : renamed) {
      var old = SharedSteps.former(change) + SharedSteps.RENAMED;
      counters.rename(old, change.name());
      session.execute(MigrationSql.renameTable(old, change.name()));
    }
  }

  /// References of columns that go or become others, or to rows that get other ids.
  private void referencesThatGo() {
    for (var reference : catalog.references()) {
      var place = places.get(reference.table());
      if (place != null && !stays(reference, place)) {
        drop(reference);
      } else if (place != null && place.renames().containsKey(reference.column())) {
        session.execute(References.rename(reference, aside(reference.column())));
      }
    }
  }

  private static String aside(String column) {
    return "engineroom__" + column;
  }

  private boolean stays(Referring reference, InPlace place) {
    var column = place.renames().getOrDefault(reference.column(), reference.column());
    var target = places.get(reference.target());
    var wanted = references(migration.model().entity(reference.table())).get(column);
    return reference.target().equals(wanted) && target != null && target.idColumn().equals("id");
  }

  /// What the columns of a table refer to.
  private static Map<String, String> references(Entity entity) {
    var references = new LinkedHashMap<String, String>();
    if (!History.isPast(entity.name())) {
      for (var field : entity.kept().values()) {
        if (field.type() instanceof Reference reference) {
          references.put(field.name(), reference.entity());
        }
      }
    }
    return references;
  }

  private void change(EntityChange change) {
    var table = migration.tables().get(change.name());
    if (table == null) {
      create(change);
    } else if (change.renamed() || !change.steps().isEmpty()) {
      alter(table);
    }
  }

  private void create(EntityChange change) {
    var tables = ground.tables(migration.model());
    var table = new TableSql(tables, change.after());
    session.execute(table.create(change.name()));
    if (History.isPast(change.name())) {
      session.execute(new MigrationSql(tables, change.after()).firstVersions(now));
    }
    if (!TableNames.searched(change.after()).isEmpty()) {
      table.search().forEach(session::execute);
    }
    shared.takeIn(change.name());
  }

  private void alter(TableChange table) {
    var name = table.change().name();
    var place = new InPlace(table);
    session.execute(table.createBefore(BEFORE));
    session.execute(table.createAfter(AFTER));
    List.of(name, BEFORE).forEach(each -> rename(each, place.renames()));
    var shapes = new Alteration.Shapes(Shape.of(session, BEFORE), Shape.of(session, AFTER));
    var alteration = Alteration.of(name, Shape.of(session, name), shapes, List.of(BEFORE, AFTER));
    session.execute(MigrationSql.dropTable(BEFORE));
    session.execute(MigrationSql.dropTable(AFTER));
    table.goneIndexes(SharedSteps.former(table.change())).stream()
        .map(MigrationSql::dropIndex)
        .forEach(session::execute);
    searchThatGoes(table.change());
    alteration.opening().forEach(session::execute);
    if (!place.written().isEmpty()) {
      rewrite(table, place);
    }
    alteration.closing().forEach(session::execute);
    searchThatComes(table);
  }

  /// The index of words is called after its table.
  private void searchThatGoes(EntityChange change) {
    if (change.renamed()) {
      var name = SearchTable.name(SharedSteps.former(change));
      session.execute(MigrationSql.dropIndex(session.dialect().tables().named(name)));
    }
  }

  private void searchThatComes(TableChange table) {
    var now = new TableSql(ground.tables(migration.model()), table.change().after());
    var search = table.change().renamed() ? now.search() : table.search(table.change().name());
    search.forEach(session::execute);
  }

  private void rename(String table, Map<String, String> names) {
    names.keySet().forEach(from -> rename(table, from, from + SharedSteps.RENAMED));
    names.forEach((from, to) -> rename(table, from + SharedSteps.RENAMED, to));
  }

  private void rename(String table, String from, String to) {
    session.execute(MigrationSql.renameColumn(table, from, to));
  }

  private void rewrite(TableChange table, InPlace place) {
    var recorded = migration.change().renamed().model();
    var name = table.change().name();
    Map<Counter, Long> numbers =
        new RowRewriter(ground, migration.rules(), now)
            .rewrite(table, place, recorded, migration.model());
    table.change().counted().forEach(field -> counters.forget(name, field.name()));
    numbers.forEach(counters::passed);
  }

  private void indexes() {
    for (var change : migration.change().entities()) {
      var table = new TableSql(ground.tables(migration.model()), change.after());
      var present = catalog.indexes(change.name());
      table.indexes().entrySet().stream()
          .filter(index -> !present.containsKey(index.getKey()))
          .forEach(index -> index(change, table, index.getKey(), index.getValue()));
    }
    shared.refuse();
  }

  private void index(EntityChange change, TableSql table, String name, TableSql.Index index) {
    if (!ground.unlessSame(() -> session.execute(table.create(name, index)))) {
      var rows = new MigrationSql(ground.tables(migration.model()), change.after());
      var fields = index.columns().stream().map(c -> c.replaceAll("__.*$", "")).distinct();
      new KeyFaults(ground, faults)
          .duplicates(change.name(), rows, fields.toList(), index.columns());
    }
  }

  private void referencesThatCome() {
    var present = catalog.references();
    var keys = new KeyFaults(ground, faults);
    for (var entity : migration.model().entities().values()) {
      references(entity)
          .forEach(
              (column, target) -> {
                var name = References.name(session.dialect(), column);
                var wanted = new Referring(name, entity.name(), column, target);
                var there = present.stream().filter(r -> same(r, wanted)).findFirst();
                if (there.isEmpty()) {
                  reference(keys, wanted);
                } else if (!there.get().name().equals(name)) {
                  session.execute(References.rename(there.get(), name));
                }
              });
    }
  }

  private static boolean same(Referring one, Referring other) {
    return one.table().equals(other.table())
        && one.column().equals(other.column())
        && one.target().equals(other.target());
  }

  private void reference(KeyFaults keys, Referring reference) {
    boolean whole = true;
    try (var rows = session.rows(References.lost(reference))) {
      while (rows.next()) {
        whole = false;
        keys.reference(reference.table(), rows.text(0), reference.target());
      }
    }
    if (whole) {
      session.execute(References.add(reference));
    }
  }
}
