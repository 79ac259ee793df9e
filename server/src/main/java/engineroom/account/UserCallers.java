package engineroom.account;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Expression.Variable;
import engineroom.expression.Lookup;
import engineroom.model.Field;
import engineroom.model.Model;
import engineroom.operation.Caller;
import engineroom.operation.Ceiling;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the caller of a user's row: with their roles, and without what nobody may know of them.
final class UserCallers {
  /// Rows that sign in.
  private static final Set<String> CREDENTIALS =
      Set.of("session", "identity", "apiKey", "invitation");

  /// The name of the claim that is the session's id.
  static final String SESSION = "sid";

  private final Model model;
  private final List<Field> shown;
  private final Ceiling lower;
  private final Evaluator evaluator;

  UserCallers(Model model) {
    this.model = model;
    this.shown =
        model.entity("user").fields().values().stream()
            .filter(field -> !field.secret() && !field.traits().internal())
            .toList();
    var written = new LinkedHashSet<>(model.entities().keySet());
    written.removeAll(CREDENTIALS);
    this.lower = new Ceiling.Only(model.entities().keySet(), written);
    this.evaluator =
        new Evaluator(
            Lookup.NOWHERE,
            Arguments.NONE,
            fact -> {
              throw new IllegalStateException("the rule of a role sees the user's fields only");
            });
  }

  /// Who calls in a session. Somebody else in the user's name may do what the user may, but change
  /// nothing that signs in.
  Caller.User caller(Row user, Row session) {
    return session.value("impersonator") instanceof Value.Text impersonator
        ? caller(user, Map.of(SESSION, session.id(), Caller.IMPERSONATOR, impersonator), lower)
        : caller(user, Map.of(SESSION, session.id()), Ceiling.Open.OPEN);
  }

  Caller.User caller(Row user, Map<String, Value> claims, Ceiling ceiling) {
    var row = new LinkedHashMap<String, Value>();
    shown.forEach(field -> row.put(field.name(), user.value(field.name())));
    return new Caller.User(user.id(), roles(user), claims, new Row(row), ceiling);
  }

  /// Those that administrators gave, as far as the model knows them, and those whose rule holds.
  private Set<String> roles(Row user) {
    var roles = new LinkedHashSet<>(Fields.texts(user, "roles"));
    roles.retainAll(model.roles().keySet());
    var variables = Map.of(Variable.ROW, user);
    model
        .terms()
        .forEach(
            (role, terms) -> {
              var when = terms.when();
              if (when != null && evaluator.holds(when, variables)) {
                roles.add(role);
              }
            });
    if (roles.stream().anyMatch(this::administers)) {
      roles.add(Caller.ADMINISTRATOR_ROLE);
    }
    return roles;
  }

  private boolean administers(String role) {
    return model.roles().getOrDefault(role, Set.of()).contains(Caller.ADMINISTRATOR_ROLE);
  }
}
