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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the caller of a user's row: with their roles, and without what nobody may know of them.
final class UserCallers {
  /// The name of the claim that is the session's id.
  static final String SESSION = "sid";

  private final Model model;
  private final List<Field> shown;
  private final Evaluator evaluator;

  UserCallers(Model model) {
    this.model = model;
    this.shown =
        model.entity("user").fields().values().stream()
            .filter(field -> !field.secret() && !field.traits().internal())
            .toList();
    this.evaluator =
        new Evaluator(
            Lookup.NOWHERE,
            Arguments.NONE,
            fact -> {
              throw new IllegalStateException("the rule of a role sees the user's fields only");
            });
  }

  Caller.User caller(Row user, Value session) {
    var row = new LinkedHashMap<String, Value>();
    shown.forEach(field -> row.put(field.name(), user.value(field.name())));
    return new Caller.User(user.id(), roles(user), Map.of(SESSION, session), new Row(row));
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
