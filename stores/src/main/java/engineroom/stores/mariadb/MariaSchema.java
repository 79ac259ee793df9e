package engineroom.stores.mariadb;

import engineroom.model.Entity;
import engineroom.model.FieldType.Reference;
import engineroom.model.History;
import engineroom.model.Model;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.List;

/// Makes the tables of a model that are not there yet, with their indexes and references.
final class MariaSchema {
  private static final String PRESENT =
      "SELECT 1 FROM information_schema.tables"
          + " WHERE table_schema = DATABASE() AND table_name = ?";

  private final MariaConnection connection;
  private final TableNames tables;
  private final Model stored;

  MariaSchema(MariaConnection connection, Model model) {
    this.connection = connection;
    this.stored = History.stored(model);
    this.tables = new TableNames(stored, connection.dialect());
  }

  /// Makes what is missing.
  void create() {
    var missing = stored.entities().values().stream().filter(e -> !present(e.name())).toList();
    missing.forEach(this::create);
    for (var entity : missing) {
      references(entity).forEach(connection::execute);
    }
  }

  private boolean present(String table) {
    try (var rows = connection.rows(PRESENT, table)) {
      return rows.next();
    }
  }

  private void create(Entity entity) {
    var table = new TableSql(tables, entity);
    connection.execute(table.create(entity.name()));
    table.indexes().forEach((name, index) -> connection.execute(table.create(name, index)));
    table.search().forEach(connection::execute);
  }

  /// What makes the references of a table true. Versions of the past refer to what may be gone.
  private List<String> references(Entity entity) {
    var sql = new ArrayList<String>();
    if (History.isPast(entity.name())) {
      return sql;
    }
    for (var field : entity.kept().values()) {
      if (field.type() instanceof Reference reference) {
        var name =
            connection
                .dialect()
                .tables()
                .named(entity.name() + "__" + field.name() + "__reference");
        sql.add(
            "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (\"id\")"
                .formatted(
                    Sql.name(entity.name()),
                    Sql.name(name),
                    Sql.name(field.name()),
                    Sql.name(reference.entity())));
      }
    }
    return sql;
  }
}
