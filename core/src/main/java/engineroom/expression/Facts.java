package engineroom.expression;

import engineroom.data.Value;

/// Knows the caller and the request.
public interface Facts {
  /// The value of a fact; null where it is absent.
  Value value(Expression.Fact fact);
}
