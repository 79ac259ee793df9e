package engineroom.expression;

import engineroom.data.Type;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// What the names of an expression may mean: the model as the writer of the expression may see it.
public interface Scope {
  /// A field or inverse list.
  ///
  /// @param ignoreCase compares without regard to case; the typing wraps it in `LOWER`
  record Member(Type type, boolean ignoreCase) {}

  /// The entity whose fields plain names are, or nothing where there is no row (presets and
  /// defaults).
  Optional<String> entity();

  /// The field or list of an entity, as far as it may be named.
  Optional<Member> member(String entity, String name);

  /// The names that hints may offer.
  Collection<String> members(String entity);

  /// Whether `old` may be named.
  boolean old();

  /// Whether a field has no value of its own in `old`, for rows do not hold it.
  default boolean virtual(String entity, String field) {
    return false;
  }

  /// Whether `caller` and `request` may be named; a request's filter names them too.
  boolean facts();

  /// Whether `arg.x` may be named.
  boolean arguments();

  /// The roles that `caller.is` may name.
  Set<String> roles();
}
