package engineroom.stores.mariadb.migrate;

import engineroom.model.Entity;
import engineroom.model.FieldType.Reference;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.stores.mariadb.migrate.MariaCatalog.Referring;
import engineroom.stores.migrate.MigrationSql;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.List;

/// The constraints that hold rows to the rows that they refer to.
final class MariaReferences {
  private final SqlSession session;

  MariaReferences(SqlSession session) {
    this.session = session;
  }

  /// What the tables of a model are to have. Versions of the past refer to what may be gone.
  private List<Referring> wanted(Model stored) {
    var wanted = new ArrayList<Referring>();
    for (var entity : stored.entities().values()) {
      if (!History.isPast(entity.name())) {
        wanted.addAll(wanted(entity, session.dialect()));
      }
    }
    return wanted;
  }

  private static List<Referring> wanted(Entity entity, Dialect dialect) {
    var wanted = new ArrayList<Referring>();
    for (var field : entity.kept().values()) {
      if (field.type() instanceof Reference reference) {
        var name = dialect.tables().named(entity.name() + "__" + field.name() + "__reference");
        wanted.add(new Referring(name, entity.name(), field.name(), reference.entity()));
      }
    }
    return wanted;
  }

  /// Makes those that are missing, and takes away those that lead elsewhere. No row is looked at.
  void repair(Model stored) {
    var wanted = wanted(stored);
    var present = new MariaCatalog(session).references();
    present.stream()
        .filter(reference -> stored.entities().containsKey(reference.table()))
        .filter(reference -> ours(reference, wanted) && !wanted.contains(reference))
        .forEach(this::drop);
    wanted.stream().filter(reference -> !present.contains(reference)).forEach(this::add);
  }

  /// Whether a reference is of a column of the model's, or to a table that is aside.
  private static boolean ours(Referring reference, List<Referring> wanted) {
    return reference.target().startsWith("_engineroom_")
        || wanted.stream()
            .anyMatch(
                own ->
                    own.table().equals(reference.table())
                        && own.column().equals(reference.column()));
  }

  private void drop(Referring reference) {
    session.execute(dropped(reference));
  }

  static String dropped(Referring reference) {
    return "ALTER TABLE %s DROP FOREIGN KEY IF EXISTS %s"
        .formatted(TableSql.name(reference.table()), TableSql.name(reference.name()));
  }

  private void add(Referring reference) {
    session.execute(
        "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (\"id\")"
            .formatted(
                TableSql.name(reference.table()),
                TableSql.name(reference.name()),
                TableSql.name(reference.column()),
                TableSql.name(reference.target())));
  }

  /// Tells the rows that refer to nothing.
  void lost(Model stored, MariaFit.Lost lost) {
    for (var reference : wanted(stored)) {
      var sql =
          MigrationSql.lost(reference.table(), reference.column(), reference.target(), "r.\"id\"");
      try (var rows = session.rows(sql)) {
        while (rows.next()) {
          lost.row(reference.table(), rows.text(0), reference.target());
        }
      }
    }
  }
}
