package engineroom.model;

import engineroom.expression.Expression;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the owner says of a role besides what it includes.
///
/// @param when a condition on a user's own row: who meets it has the role, as long as they do; null
///   where only administrators give it
/// @param administers the entities on which the role has every right
public record RoleTerms(@Nullable Expression when, Set<String> administers) {
  public RoleTerms {
    administers = Set.copyOf(administers);
  }
}
