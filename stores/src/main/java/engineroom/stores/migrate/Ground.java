package engineroom.stores.migrate;

import engineroom.expression.Lookup;
import engineroom.migrate.Layout;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import engineroom.stores.sql.TableSql;
import java.util.List;
import java.util.Map;

/// What a migration stands on: a database of one kind, seen through one connection.
public interface Ground {
  SqlSession session();

  /// The tables of a model, in the words of this kind.
  default TableNames tables(Model model) {
    return new TableNames(model, session().dialect());
  }

  /// Whole rows, as the connection sees them.
  ///
  /// @param entities by name
  Lookup rows(Map<String, EntitySql> entities);

  /// Reads rows of which there may be more than memory holds.
  SqlSession.Rows every(String sql);

  /// Whether there is such a table.
  boolean has(String table);

  /// Makes the table `_engineroom_migration` of what was done, where it is not there: a growing
  /// number `id`, a number `format`, and `time`, `steps` and `layout` as text.
  void makeRecord();

  /// Where the database is not as it recorded itself.
  List<String> drift(Layout recorded);

  /// What would be lost of a table, were it made anew, because no model knows of it.
  List<String> strange(Layout recorded, String entity);

  /// Makes what finds the rows of an entity by their words, in place of what may be there.
  default void search(TableNames tables, Entity entity) {
    new TableSql(tables, entity).search().forEach(session()::execute);
  }

  /// Does something that fails where two rows would be the same in what is unique; the transaction
  /// goes on then as if it had not begun.
  ///
  /// @return whether it was done
  boolean unlessSame(Runnable work);
}
