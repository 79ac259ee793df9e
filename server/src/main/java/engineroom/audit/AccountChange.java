package engineroom.audit;

import engineroom.audit.Event.Kind;
import engineroom.data.Value;
import engineroom.outcome.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a change of a row means for accounts, where the row alone says so: roles, suspensions, and
/// what administrators and users do by the paths of rows. What the program does with accounts it
/// reports itself.
final class AccountChange {
  private static final String PROGRAM = "program";

  /// Whose changes mean something.
  static final Set<String> ENTITIES = Set.of("user", "session", "apiKey", "identity", "invitation");

  private final Change change;
  private final Circumstances by;
  private final List<Event> events = new ArrayList<>();

  private AccountChange(Change change, Circumstances by) {
    this.change = change;
    this.by = by;
  }

  static List<Event> of(Change change, Circumstances by) {
    var meaning = new AccountChange(change, by);
    meaning.read();
    return List.copyOf(meaning.events);
  }

  private void read() {
    boolean byRow = !change.origin().caller().equals(PROGRAM);
    switch (change.entity()) {
      case "user" -> user(byRow);
      case "session" -> tell(byRow && (deleted() || set("endedAt")), Kind.SESSION_ENDED);
      case "apiKey" -> tell(byRow && deleted(), Kind.KEY_REVOKED);
      case "identity" -> {
        tell(change.kind() == Change.Kind.CREATED, Kind.IDENTITY_LINKED);
        tell(deleted(), Kind.IDENTITY_REMOVED);
      }
      default -> {} // no entity of accounts
    }
  }

  private void user(boolean byRow) {
    if (deleted()) {
      tell(byRow, Kind.ACCOUNT_DELETED);
      return;
    }
    roles(Kind.ROLE_GIVEN, roles(change.after()), roles(change.before()));
    roles(Kind.ROLE_TAKEN, roles(change.before()), roles(change.after()));
    tell(yes(change.after(), "suspended"), Kind.SUSPENDED);
    tell(yes(change.before(), "suspended"), Kind.RESTORED);
    if (byRow && change.kind() == Change.Kind.CHANGED) {
      tell(change.after().containsKey("email"), Kind.EMAIL_CHANGED);
      tell(change.after().containsKey("password"), Kind.PASSWORD_CHANGED);
      tell(yes(change.before(), "secondFactor"), Kind.FACTOR_REMOVED);
    }
  }

  private boolean deleted() {
    return change.kind() == Change.Kind.DELETED;
  }

  private boolean set(String field) {
    return change.after().getOrDefault(field, Value.NULL) != Value.NULL;
  }

  private static boolean yes(Map<String, Value> row, String field) {
    return Value.of(true).equals(row.get(field));
  }

  private static List<Value> roles(Map<String, Value> row) {
    return row.get("roles") instanceof Value.ListOf(var roles) ? roles : List.of();
  }

  private void roles(Kind kind, List<Value> these, List<Value> those) {
    var some = these.stream().filter(role -> !those.contains(role)).toList();
    if (!some.isEmpty()) {
      events.add(event(kind).with("roles", new Value.ListOf(some)));
    }
  }

  private void tell(boolean so, Kind kind) {
    if (so) {
      events.add(event(kind));
    }
  }

  private Event event(Kind kind) {
    return Event.done(kind, by).about(change.entity(), Circumstances.plain(change.id()));
  }
}
