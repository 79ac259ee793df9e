package engineroom.authorize;

import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.Facts;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;

/// What expressions may know of one call.
public record CallerFacts(Model model, Call call) implements Facts {
  @Override
  public Value value(Expression.Fact fact) {
    return switch (fact.kind()) {
      case CALLER_ID -> call.caller() instanceof Caller.User user ? user.id() : Value.NULL;
      case SIGNED_IN -> Value.of(!(call.caller() instanceof Caller.Guest));
      case ROLES -> new Value.ListOf(roles().stream().map(Value::of).toList());
      case HAS_ROLE -> Value.of(hasRole(fact.name()));
      case CLAIM ->
          call.caller() instanceof Caller.User user
              ? user.claims().getOrDefault(fact.name(), Value.NULL)
              : Value.NULL;
      case USER_FIELD ->
          call.caller() instanceof Caller.User user ? user.row().value(fact.name()) : Value.NULL;
      case REQUEST_TIME, NOW -> new Value.Timestamp(call.time());
      case TODAY -> new Value.Date(LocalDate.ofInstant(call.time(), ZoneOffset.UTC));
      case REQUEST_METHOD -> Value.of(call.method());
      case REQUEST_ADDRESS -> Value.of(call.address());
    };
  }

  private boolean hasRole(String role) {
    return switch (call.caller()) {
      case Caller.Guest _ -> false;
      case Caller.Administrator _, Caller.Program _ -> true;
      case Caller.User user when user.unbound() -> true;
      case Caller.User user ->
          user.roles().stream()
              .anyMatch(
                  r -> r.equals(role) || model.roles().getOrDefault(r, Set.of()).contains(role));
    };
  }

  private Set<String> roles() {
    return switch (call.caller()) {
      case Caller.Guest _ -> Set.of();
      case Caller.Administrator _, Caller.Program _ -> new TreeSet<>(model.roles().keySet());
      case Caller.User user when user.unbound() -> new TreeSet<>(model.roles().keySet());
      case Caller.User user -> {
        var all = new TreeSet<>(user.roles());
        user.roles().forEach(r -> all.addAll(model.roles().getOrDefault(r, Set.of())));
        yield all;
      }
    };
  }
}
