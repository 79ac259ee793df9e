package engineroom.stores.session;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Lookup;
import engineroom.store.Store;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whole rows, as one transaction of a connection sees them.
public final class SessionTables implements Store.Tables, Lookup {
  private final SqlSession connection;
  private final Map<String, EntitySql> entities;

  public SessionTables(SqlSession connection, Map<String, EntitySql> entities) {
    this.connection = connection;
    this.entities = entities;
  }

  /// The language of the database.
  public Dialect dialect() {
    return connection.dialect();
  }

  /// The statements of an entity.
  public EntitySql entity(String name) {
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
    try (var rows = connection.rows(text, values)) {
      while (rows.next()) {
        found.add(entity(entity).row(rows));
      }
    }
    return found;
  }

  @Override
  public Optional<Row> find(String entity, Value id) {
    var sql = entity(entity);
    try (var rows = connection.rows(sql.one(), sql.key(id).toArray())) {
      return rows.next() ? Optional.of(sql.row(rows)) : Optional.empty();
    }
  }

  /// A row as it will be, where fields of it change. It is read again only where all its words are
  /// written with those that change: what was worked out since may be among them.
  ///
  /// @param row whole, as far as whoever changes it knows
  public Row changed(EntitySql sql, Row row, Set<String> fields) {
    var entity = sql.entity();
    if (TableNames.searched(entity).stream().noneMatch(fields::contains)) {
      return row;
    }
    var changed =
        find(entity.name(), row.id())
            .orElseThrow(() -> new IllegalStateException("no " + entity.name() + " to update"));
    for (var field : fields) {
      changed = changed.with(field, row.value(field));
    }
    return changed;
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
