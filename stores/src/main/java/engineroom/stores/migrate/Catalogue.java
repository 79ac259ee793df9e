package engineroom.stores.migrate;

import java.util.Collection;
import java.util.Map;

/// What a server tells of its tables, in words of its own. Implemented by each kind.
public interface Catalogue {
  /// A thing that a table has.
  ///
  /// @param kind as it is told, as in `column`
  record Thing(String kind, String table, String name) {}

  boolean has(String table);

  /// Everything that some tables have.
  Map<Thing, String> things(Collection<String> tables);

  /// Makes the table `_engineroom_catalog`, where it is not there: texts `kind`, `of`, `name` and
  /// `definition`.
  void makeMemory();
}
