package engineroom.door.graphql.compiled;

import engineroom.door.graphql.answer.Splicer;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.schema.Root;
import engineroom.model.Entity;
import java.util.List;
import java.util.Map;

/// A field of `Query` or `Mutation`, compiled.
public sealed interface RootField {
  /// As the document has it.
  Asked asked();

  /// `__typename`.
  record TypeName(Asked asked, String type) implements RootField {}

  /// `requestId`.
  record RequestId(Asked asked) implements RootField {}

  /// `__schema` or `__type`, which the library answers.
  record Introspection(Asked asked) implements RootField {}

  /// Rows, read or written.
  ///
  /// @param cut makes the answer of each row
  /// @param steady what later requests need not find out again
  record Rows(Asked asked, Root root, RowPlan plan, Splicer cut, Steady steady)
      implements RootField {}

  /// How many rows a write of many concerned.
  ///
  /// @param count makes the answer out of `{"count": n}`
  record Counted(Asked asked, Root.Write root, Entity entity, Splicer count) implements RootField {}

  /// Groups of rows and what is measured of them.
  ///
  /// @param measures as REST's parameters have them
  record Totals(
      Asked asked, Root.Totals root, Entity entity, Map<String, List<String>> measures, Splicer cut)
      implements RootField {}

  /// A page of rows with their cursors.
  record Paged(Asked asked, Root.Page root, RowPlan plan, PageShape shape) implements RootField {}
}
