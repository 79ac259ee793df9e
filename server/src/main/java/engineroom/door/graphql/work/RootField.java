package engineroom.door.graphql.work;

import engineroom.door.graphql.answer.Splicer;
import engineroom.door.graphql.document.Asked;
import engineroom.door.graphql.schema.Root;

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
  record Rows(Asked asked, Root root, RowPlan plan, Splicer cut) implements RootField {}
}
