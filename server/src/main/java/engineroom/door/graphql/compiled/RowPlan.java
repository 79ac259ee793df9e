package engineroom.door.graphql.compiled;

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
public record RowPlan(Entity entity, Set<String> fields, Map<String, Child> children) {
  /// A reference or a list with more of its rows.
  public sealed interface Child {
    /// What of the rows.
    RowPlan row();

    /// Of a reference.
    record One(RowPlan row) implements Child {}

    /// Of a list.
    ///
    /// @param field the list, which may be there more than once
    record Many(String field, Map<String, Bound> arguments, RowPlan row) implements Child {}
  }

  /// A plan that asks for nothing yet.
  public RowPlan(Entity entity) {
    this(entity, new LinkedHashSet<>(), new LinkedHashMap<>());
  }

  /// The same plan, to be added to for one request.
  public static RowPlan copyOf(RowPlan plan) {
    var copy = new RowPlan(plan.entity());
    copy.fields().addAll(plan.fields());
    plan.children()
        .forEach(
            (name, child) ->
                copy.children()
                    .put(
                        name,
                        child instanceof Child.One(var row) ? new Child.One(copyOf(row)) : child));
    return copy;
  }
}
