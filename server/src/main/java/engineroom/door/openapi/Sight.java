package engineroom.door.openapi;

import java.util.Set;

/// What one caller may ever do: what is outside of it is left out of the document, as if it did not
/// exist.
public interface Sight {
  /// Whether some rows of the entity may be readable.
  boolean reads(String entity);

  /// Whether the caller may see how reads are done: `explain=plan`.
  boolean explains();

  /// Whether the caller may ever create rows.
  boolean creates(String entity);

  /// Whether the caller may ever change rows.
  boolean updates(String entity);

  /// Whether the caller may ever delete rows.
  boolean deletes(String entity);

  /// The fields and lists that the caller may read.
  Set<String> readable(String entity);

  /// The fields that the caller may give values for; secrets belong here alone.
  Set<String> writable(String entity);
}
