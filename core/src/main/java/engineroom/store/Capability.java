package engineroom.store;

/// What a store may be able to do by itself. Declared means proved by `StoreContract`; what is not
/// declared is not used.
public enum Capability {
  /// Several rows in one all-or-nothing step.
  TRANSACTIONS,
  /// References that the database itself keeps true.
  FOREIGN_KEYS,
  /// Uniques that the database itself keeps true.
  UNIQUE,
  /// Checks that the database itself keeps true.
  CHECKS,
  /// Ordering by any field and through references.
  SORT,
  /// Totals with groups.
  SUMMARIES,
  /// Nested rows in one statement.
  NESTED_JSON,
  /// Full-text search with accents folded and prefixes.
  SEARCH,
  /// RE2 regular expressions.
  MATCHES,
  /// Survives the end of the process.
  DURABLE
}
