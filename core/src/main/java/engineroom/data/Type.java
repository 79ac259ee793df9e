package engineroom.data;

/// The kind of a value, as expressions and stores see it. Limits such as `max` belong to the
/// model's fields.
public sealed interface Type {
  /// A type with no parts.
  enum Scalar implements Type {
    TEXT,
    INTEGER,
    DECIMAL,
    NUMBER,
    BOOLEAN,
    TIMESTAMP,
    DATE,
    TIME,
    DURATION,
    UUID,
    BYTES,
    JSON,
    POINT,
    MONEY,
    /// The type of the literal `null`; agrees with every other.
    NULL
  }

  /// An ordered list of scalars.
  record ListOf(Type element) implements Type {}

  /// The rows of an inverse list.
  record RowsOf(String entity) implements Type {}

  /// A row of an entity: the value of a reference, a row variable, `old`. Compares with texts and
  /// ids by its id.
  record RowOf(String entity) implements Type {}
}
