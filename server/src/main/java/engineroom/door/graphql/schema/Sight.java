package engineroom.door.graphql.schema;

import java.util.Set;

/// What one caller may ever do: what is outside of it is left out of the schema, as if it did not
/// exist. Equal for callers with the same rights.
public interface Sight {
  /// The fields and lists that the caller may read; empty where no row is.
  Set<String> readable(String entity);

  /// The fields that the caller may give values for.
  Set<String> writable(String entity);

  /// Whether the caller may ever create rows.
  boolean creates(String entity);

  /// Whether the caller may ever change rows.
  boolean updates(String entity);

  /// Whether the caller may ever delete rows.
  boolean deletes(String entity);

  /// Whether the caller may read every row.
  boolean all(String entity);

  /// Whether the caller may read a field of every row that they may read.
  boolean always(String entity, String field);
}
