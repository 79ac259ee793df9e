package engineroom.stores.mariadb.migrate;

import engineroom.migrate.EntityChange;
import engineroom.migrate.Faults;
import engineroom.model.Entity;
import engineroom.model.History;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.mariadb.migrate.Journal.Move;
import engineroom.stores.migrate.KeyFaults;
import engineroom.stores.migrate.Migration;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.migrate.TableChange;
import engineroom.stores.session.SessionFailure;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Carries a migration out, step by step. What becomes another table is made beside the old one and
/// takes its name when its rows are there; the old one stands aside until all is done. So up to the
/// transaction that records the migration, everything can be put back.
final class MariaMigration {
  private final MariaGround ground;
  private final Migration migration;
  private final Instant now;
  private final SqlSession session;
  private final MariaCatalog catalog;
  private final Journal journal;
  private final Aside aside;
  private final Faults faults = new Faults();
  private final SharedSteps shared;
  private final MigratedCounters counters;
  private final Set<Entity> searched = new LinkedHashSet<>();

  MariaMigration(MariaGround ground, Migration migration, Instant now) {
    this.ground = ground;
    this.migration = migration;
    this.now = now;
    this.session = ground.session();
    this.catalog = ground.catalog();
    this.journal = new Journal(session);
    this.aside = new Aside(catalog, journal, migration, now);
    this.shared = new SharedSteps(ground, migration, now, faults);
    this.counters = new MigratedCounters(session, migration);
  }

  /// Takes the steps; gives where tables are that lost values, or null.
  Aside run() {
    Unowned.refuse(
        migration.tables().values().stream().flatMap(t -> strangers(t).stream()).toList());
    rename();
    migration.change().entities().forEach(this::change);
    migration.change().entities().forEach(this::indexes);
    shared.refuse();
    ground.access().transaction(this::compute);
    new MariaReferences(session).lost(migration.model(), this::lost);
    shared.provenIn();
    shared.checks();
    views();
    var tables = ground.tables(migration.model());
    searched.forEach(entity -> new SearchWords(ground).fill(tables, entity));
    ground.access().transaction(this::commit);
    return aside;
  }

  /// What somebody added by hand would be lost with a table that is made anew, or is where a column
  /// is to come.
  private List<String> strangers(TableChange table) {
    var former = SharedSteps.former(table.change());
    if (!changed(table.change())) {
      return List.of();
    }
    if (anew(table)) {
      return ground.strange(migration.layout(), former);
    }
    var present = catalog.columns(former).keySet();
    return table.additions().stream()
        .map(Columns::added)
        .filter(column -> !column.isEmpty() && present.contains(column))
        .map(column -> "The table " + former + " has a column " + column + " already.")
        .toList();
  }

  private static boolean changed(EntityChange change) {
    return change.renamed() || !change.steps().isEmpty();
  }

  private boolean compute() {
    shared.compute();
    return true;
  }

  private void lost(String entity, String id, String target) {
    new KeyFaults(ground, faults).reference(entity, id, target);
  }

  private boolean commit() {
    counters.follow(shared);
    shared.trash();
    shared.record();
    aside.later();
    journal.commit();
    return true;
  }

  private String words(String entity) {
    return session.dialect().tables().named(entity + "__words");
  }

  /// Tables that go stand aside; others get their names, by way of names that nobody has.
  private void rename() {
    var moves = new ArrayList<Move>();
    for (var entity : migration.change().dropped()) {
      away(entity.name(), moves);
    }
    var renamed = migration.change().entities().stream().filter(EntityChange::renamed).toList();
    var arrivals = new ArrayList<Move>();
    for (var change : renamed) {
      var old = SharedSteps.former(change);
      between(old, change.name(), moves, arrivals);
      if (catalog.has(words(old))) {
        between(words(old), words(change.name()), moves, arrivals);
      }
    }
    moves.addAll(arrivals);
    if (!moves.isEmpty()) {
      journal.rename(moves);
    }
  }

  private void between(String from, String to, List<Move> moves, List<Move> arrivals) {
    var name = aside.name();
    moves.add(new Move(from, name));
    arrivals.add(new Move(name, to));
  }

  private void away(String table, List<Move> moves) {
    moves.add(aside.keep(table));
    if (catalog.has(words(table))) {
      moves.add(aside.drop(words(table)));
    }
  }

  private void change(EntityChange change) {
    var table = migration.tables().get(change.name());
    if (table == null) {
      create(change.after());
    } else if (changed(change) && anew(table)) {
      rebuild(table);
    } else if (changed(change)) {
      extend(table);
    }
  }

  private void create(Entity entity) {
    var tables = ground.tables(migration.model());
    journal.make(entity.name(), new TableSql(tables, entity).create(entity.name()));
    if (History.isPast(entity.name())) {
      session.rows(new MigrationSql(tables, entity).firstVersions(now)).close();
    }
    makeWords(entity);
    ground.access().transaction(() -> takeIn(entity));
  }

  private boolean takeIn(Entity entity) {
    shared.takeIn(entity.name());
    return true;
  }

  private void makeWords(Entity entity) {
    if (!TableNames.searched(entity).isEmpty()) {
      var table = new TableSql(ground.tables(migration.model()), entity);
      journal.make(words(entity.name()), table.search().getLast());
      searched.add(entity);
    }
  }

  /// Whether rows become others, or limits of what they may be.
  private boolean anew(TableChange table) {
    var name = table.change().name();
    return table.rebuilt()
        || table.rewritten()
        || migration.change().computed().stream().anyMatch(f -> f.entity().name().equals(name));
  }

  private void rebuild(TableChange table) {
    var entity = table.change().after();
    var name = entity.name();
    journal.make(table.fresh(), table.create());
    ground.access().transaction(() -> fill(table));
    var moves = new ArrayList<Move>();
    var losing = migration.losing().contains(SharedSteps.former(table.change()));
    moves.add(losing ? aside.keep(name) : aside.drop(name));
    if (catalog.has(words(name))) {
      moves.add(aside.drop(words(name)));
    }
    moves.add(new Move(table.fresh(), name));
    journal.rename(moves);
    makeWords(entity);
  }

  private boolean fill(TableChange table) {
    var folds = table.change().after().kept().values().stream().anyMatch(TableNames::ignoresCase);
    if (table.rewritten() || folds) {
      counters.moved(ground, table, now);
    } else {
      session.rows(table.copy()).close();
    }
    return true;
  }

  /// Adds columns that are empty, where the table stands.
  private void extend(TableChange table) {
    var entity = table.change().after();
    var name = TableSql.name(entity.name());
    for (var added : table.additions()) {
      var addition = Columns.named(added, Brand.of(session));
      if (!Columns.added(addition).isEmpty()) {
        journal.step(
            "ALTER TABLE " + name + " " + Columns.undone(addition),
            "ALTER TABLE " + name + " " + Columns.apart(addition));
      }
    }
    for (var index : table.goneIndexes(SharedSteps.former(table.change()))) {
      journal.later("ALTER TABLE " + name + " DROP INDEX IF EXISTS " + TableSql.name(index));
    }
    if (!table.search(entity.name()).isEmpty()) {
      if (catalog.has(words(entity.name()))) {
        journal.rename(List.of(aside.drop(words(entity.name()))));
      }
      makeWords(entity);
    }
  }

  private void indexes(EntityChange change) {
    var table = new TableSql(ground.tables(migration.model()), change.after());
    var present = catalog.indexes(change.name());
    table.indexes().entrySet().stream()
        .filter(index -> !present.containsKey(index.getKey()))
        .forEach(index -> index(change, table, index.getKey(), index.getValue()));
  }

  private void index(EntityChange change, TableSql table, String name, TableSql.Index index) {
    var undo =
        "ALTER TABLE IF EXISTS %s DROP INDEX IF EXISTS %s"
            .formatted(TableSql.name(change.name()), TableSql.name(name));
    if (!ground.unlessSame(() -> journal.step(undo, table.create(name, index)))) {
      var rows = new MigrationSql(ground.tables(migration.model()), change.after());
      var fields = index.columns().stream().map(c -> c.replaceAll("__.*$", "")).distinct();
      new KeyFaults(ground, faults)
          .duplicates(change.name(), rows, fields.toList(), index.columns());
    }
  }

  /// Views of somebody else go on giving what they gave.
  private void views() {
    var broken = new ArrayList<String>();
    for (var view : aside.views()) {
      try (var rows = session.rows(MigrationSql.nothingOf(view))) {
        rows.next();
      } catch (SessionFailure _) {
        broken.add("The view " + view + " gives what the model leaves out.");
      }
    }
    Unowned.refuse(broken);
  }
}
