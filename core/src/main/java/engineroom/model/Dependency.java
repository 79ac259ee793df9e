package engineroom.model;

import java.util.List;

/// Something that a value depends on: a field of the row itself, or of rows that it reaches.
///
/// @param entity of the field
/// @param field of the reference in a list's rows it says that rows come to the list and go
/// @param path from the row that has the value to the one that has the field
public record Dependency(String entity, String field, List<Step> path) {
  public Dependency {
    path = List.copyOf(path);
  }

  /// One step from row to row.
  public sealed interface Step {
    /// To the row that a reference of this entity's rows holds.
    record Reference(String entity, String field) implements Step {}

    /// To the rows of this entity whose reference holds the row.
    record Members(String entity, String field) implements Step {}
  }
}
