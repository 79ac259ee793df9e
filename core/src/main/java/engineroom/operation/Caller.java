package engineroom.operation;

import engineroom.data.Row;
import engineroom.data.Value;
import java.util.Map;
import java.util.Set;

/// Who is calling.
public sealed interface Caller {
  /// The built-in role that has every right.
  String ADMINISTRATOR_ROLE = "administrator";

  /// The name of the claim that tells who acts in their name.
  String IMPERSONATOR = "impersonator";

  /// Whether they may do everything: by the key, or by their role with nothing above it.
  default boolean administrator() {
    return unbound() && ceiling() == Ceiling.Open.OPEN;
  }

  /// Whether no rule binds them, but every check does: by the key or by their role. What they call
  /// with may still be good for less: see [#ceiling].
  default boolean unbound() {
    return switch (this) {
      case Administrator _ -> true;
      case User user -> user.roles().contains(ADMINISTRATOR_ROLE);
      case Guest _, Program _ -> false;
    };
  }

  /// The most that what they call with is good for.
  default Ceiling ceiling() {
    return this instanceof User(_, _, _, _, var ceiling) ? ceiling : Ceiling.Open.OPEN;
  }

  /// Who acts in their name; empty for nobody.
  default String impersonator() {
    return this instanceof User user
            && user.claims().get(IMPERSONATOR) instanceof Value.Text(var impersonator)
        ? impersonator
        : "";
  }

  /// Somebody who did not say who they are.
  enum Guest implements Caller {
    GUEST
  }

  /// Somebody who holds the administrator's key: no rule binds them, but every check does.
  enum Administrator implements Caller {
    ADMINISTRATOR
  }

  /// The program itself, in the name of nobody: no rule binds it, and it alone sees what is
  /// internal. No credential of a request makes this caller.
  enum Program implements Caller {
    PROGRAM
  }

  /// Somebody signed in.
  ///
  /// @param roles as assigned; what they include is the model's to know
  /// @param claims what their token says, by name
  /// @param row their own row of the entity `user`
  /// @param ceiling of what they call with
  record User(Value id, Set<String> roles, Map<String, Value> claims, Row row, Ceiling ceiling)
      implements Caller {
    public User {
      roles = Set.copyOf(roles);
      claims = Map.copyOf(claims);
    }

    /// With a credential that is good for everything they may do.
    public User(Value id, Set<String> roles, Map<String, Value> claims, Row row) {
      this(id, roles, claims, row, Ceiling.Open.OPEN);
    }
  }
}
