package engineroom.door.graphql.work;

import engineroom.door.graphql.document.Asked.Bound;
import engineroom.model.Entity;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What of a row a document asks for, as it is put together.
///
/// @param fields of the row itself
/// @param children references and lists, by the members that show them
record RowPlan(Entity entity, Set<String> fields, Map<String, Child> children) {
  /// A reference or a list with more of its rows.
  sealed interface Child {
    RowPlan row();

    record One(RowPlan row) implements Child {}

    /// @param field the list, which may be there more than once
    record Many(String field, Map<String, Bound> arguments, RowPlan row) implements Child {}
  }

  RowPlan(Entity entity) {
    this(entity, new LinkedHashSet<>(), new LinkedHashMap<>());
  }
}
