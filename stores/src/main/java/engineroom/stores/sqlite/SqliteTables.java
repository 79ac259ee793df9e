package engineroom.stores.sqlite;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.store.Store;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.EntitySql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whole rows, as one transaction of a connection sees them.
final class SqliteTables implements Store.Tables, Lookup {
  private final SqliteConnection connection;
  private final Map<String, EntitySql> entities;

  SqliteTables(SqliteConnection connection, Map<String, EntitySql> entities) {
    this.connection = connection;
    this.entities = entities;
  }

  Dialect dialect() {
    return connection.dialect();
  }

  EntitySql entity(String name) {
    var sql = entities.get(name);
    if (sql == null) {
      throw new IllegalArgumentException("entity " + name + " does not exist");
    }
    return sql;
  }

  @Override
  public List<Row> rows(String entity) {
    return read(entity, entity(entity).all());
  }

  private List<Row> read(String entity, String text, @Nullable Object... values) {
    var found = new ArrayList<Row>();
    try (var rows = connection.statement(text).run(values)) {
      while (rows.next()) {
        found.add(entity(entity).row(rows));
      }
    }
    return found;
  }

  @Override
  public Optional<Row> find(String entity, Value id) {
    var sql = entity(entity);
    try (var rows = connection.statement(sql.one()).run(sql.id(id))) {
      return rows.next() ? Optional.of(sql.row(rows)) : Optional.empty();
    }
  }

  @Override
  public Iterable<Row> list(String entity, String list, Value id) {
    var owner = entity(entity);
    var inverse = owner.entity().findList(list).orElseThrow();
    var listed = entity(inverse.entity());
    return read(inverse.entity(), listed.listed(inverse.field()), owner.id(id));
  }

  @Override
  public @Nullable Expression computed(String entity, String field) {
    return entity(entity).entity().virtual(field);
  }
}
