package engineroom.plan;

import engineroom.expression.Expression;

/// Which rows are counted beside those that are read, and how well.
public sealed interface Counted {
  /// Matching rows that an estimate must count exactly; beyond them it may guess.
  int EXACT_UP_TO = 10_000;

  /// Nothing is counted.
  enum Nothing implements Counted {
    NOTHING
  }

  /// Each row that meets the filter.
  ///
  /// @param filter on variable `row`, without the cursor
  record Exactly(Expression filter) implements Counted {}

  /// The rows that meet the filter, as near as a store knows without looking at all of them.
  ///
  /// @param filter on variable `row`, without the cursor
  record Roughly(Expression filter) implements Counted {}
}
