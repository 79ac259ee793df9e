package engineroom.stores.mariadb.migrate;

import engineroom.data.Row;
import engineroom.expression.Lookup;
import engineroom.migrate.Layout;
import engineroom.model.Entity;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.mariadb.migrate.MariaCatalog.Referring;
import engineroom.stores.migrate.Catalogue.Thing;
import engineroom.stores.migrate.Ground;
import engineroom.stores.migrate.Remembered;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.session.SessionTables;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What migrations of a MariaDB database stand on.
public record MariaGround(SqlSession session, Access access) implements Ground {
  private static final String RECORD =
      """
      CREATE TABLE IF NOT EXISTS "_engineroom_migration" (
        id BIGINT AUTO_INCREMENT PRIMARY KEY, format BIGINT NOT NULL, time VARCHAR(40) NOT NULL,
        steps LONGTEXT NOT NULL, layout LONGTEXT NOT NULL
      ) #options""";

  /// What a migration asks of the open database.
  public interface Access {
    /// Reads what is committed, some rows at a time, whatever is done meanwhile.
    SqlSession.Rows every(String sql);

    /// Runs work in a transaction.
    <T> T transaction(Supplier<T> work);

    /// Whether a failure says that two rows would be the same in what is unique.
    boolean same(RuntimeException failure);

    /// Keeps the words of a row that has none kept yet.
    void words(EntitySql sql, Row row);
  }

  MariaCatalog catalog() {
    return new MariaCatalog(session);
  }

  Remembered remembered() {
    return new Remembered(session, catalog());
  }

  @Override
  public Lookup rows(Map<String, EntitySql> entities) {
    return new SessionTables(session, entities);
  }

  @Override
  public SqlSession.Rows every(String sql) {
    return access.every(sql);
  }

  @Override
  public boolean has(String table) {
    return catalog().has(table);
  }

  @Override
  public void makeRecord() {
    if (!has("_engineroom_migration")) {
      session.execute(RECORD.replace("#options", Brand.of(session).options()));
    }
  }

  @Override
  public List<String> drift(Layout recorded) {
    return remembered().drift(recorded.entities().keySet());
  }

  /// Columns, indexes and triggers that somebody added by hand.
  @Override
  public List<String> strange(Layout recorded, String entity) {
    var told = new ArrayList<String>();
    strangers(recorded, Set.of(entity)).forEach(thing -> told.add(strange(thing)));
    for (var trigger : catalog().triggers(entity)) {
      told.add(strange(new Thing("trigger", entity, trigger)));
    }
    for (var reference : catalog().references()) {
      if (reference.target().equals(entity) && foreign(recorded, reference)) {
        told.add(
            "The table " + reference.table() + ", which is not the model's, refers to " + entity);
      }
    }
    return told;
  }

  /// The columns and indexes of tables that a recorded model does not have.
  Set<Thing> strangers(Layout recorded, Set<String> tables) {
    var model = recorded.model();
    var known = new LinkedHashSet<Thing>();
    for (var entity : model.entities().values()) {
      var name = entity.name();
      var table = new TableSql(tables(model), entity);
      known.add(new Thing("index", name, "PRIMARY"));
      table.indexes().keySet().forEach(index -> known.add(new Thing("index", name, index)));
      for (var field : entity.kept().values()) {
        var columns = table.columns(field).keySet();
        columns.forEach(column -> known.add(new Thing("column", name, column)));
      }
    }
    var strangers = new LinkedHashSet<Thing>();
    for (var thing : catalog().things(tables).keySet()) {
      boolean told = thing.kind().equals("column") || thing.kind().equals("index");
      if (told && !known.contains(thing)) {
        strangers.add(thing);
      }
    }
    return strangers;
  }

  private boolean foreign(Layout recorded, Referring reference) {
    var words =
        recorded.entities().keySet().stream()
            .map(entity -> session.dialect().tables().named(entity + "__words"));
    return !recorded.entities().containsKey(reference.table())
        && words.noneMatch(reference.table()::equals);
  }

  private static String strange(Thing thing) {
    var one = thing.kind().equals("index") ? "an " : "a ";
    return "The table %s has %s that the model does not have: %s"
        .formatted(thing.table(), one + thing.kind(), thing.name());
  }

  /// Nothing: the words of a table that is made anew are kept when all its rows are there.
  @Override
  public void search(TableNames tables, Entity entity) {}

  @Override
  public boolean unlessSame(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      if (!access.same(e)) {
        throw e;
      }
      return false;
    }
  }
}
