package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.key.Scopes;
import engineroom.account.token.ApiKey;
import engineroom.audit.Event.Kind;
import engineroom.data.Ids;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.net.Network;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import engineroom.records.Records;
import engineroom.records.Where;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes, lists and revokes keys for programs.
///
/// Every key has a user, whose rights bound it. A program of nobody's gets a user of its own, whom
/// nobody can sign in as: so its rows have an owner, and it is suspended like anybody.
public final class ApiKeys {
  /// Keys of one user.
  static final int KEYS_MAX = 100;

  /// What leaked-secret scanners see besides `er_`.
  private static final String ENVIRONMENT = "live";

  private static final String ENTITY = KeyCredential.ENTITY;
  private static final String USER = "user";

  private final Base base;
  private final SessionWork sessions;
  private final Callers callers;
  private final SecureRandom random;
  private final Ids ids;
  private final Scopes scopes;

  ApiKeys(Base base, SessionWork sessions, Callers callers, SecureRandom random, Ids ids) {
    this.base = base;
    this.sessions = sessions;
    this.callers = callers;
    this.random = random;
    this.ids = ids;
    this.scopes = new Scopes(base.model());
  }

  /// A key that was made.
  ///
  /// @param text that its holder gets, once
  public record Made(Row row, String text) {}

  /// Makes a key of the caller's, who signed in just now.
  ///
  /// @param fields of its row
  public Made make(Caller.User caller, Map<String, Value> fields, Call call) {
    sessions.requireFresh(base.records(call), caller, SessionWork.FRESH, call.time());
    return made(caller.id(), fields, call);
  }

  /// Makes a key for a program's own user, by an administrator.
  public Made makeFor(Value id, Map<String, Value> fields, Call call) {
    var records = base.records(call);
    if (!call.caller().administrator()) {
      throw problem(new NotAllowed("Only administrators make keys for others."));
    }
    if (call.caller() instanceof Caller.User caller) {
      sessions.requireFresh(records, caller, SessionWork.FRESH, call.time());
    }
    var user = new Users(records).find(id).orElseThrow(() -> problem(new NotFound(USER)));
    if (!ofProgram(user)) {
      throw problem(
          new NotAllowed(
              "Somebody signs in as this user, so only they make keys for it. Make a user without"
                  + " e-mail address and password for the program."));
    }
    if (call.caller() instanceof Caller.User && callers.administrator(user)) {
      throw problem(
          new NotAllowed("Keys of other administrators are made by the administrator's key."));
    }
    return made(id, fields, call);
  }

  /// Whether nobody can sign in as a user.
  private static boolean ofProgram(Row user) {
    return !Fields.yes(user, "anonymous")
        && List.of("email", "newEmail", "password").stream()
            .allMatch(field -> user.value(field) == Value.NULL);
  }

  private Made made(Value user, Map<String, Value> fields, Call call) {
    var violations = violations(fields, call);
    if (!violations.isEmpty()) {
      throw problem(new NotValid(violations));
    }
    var key = ApiKey.create(ENVIRONMENT, ids.next(), random);
    var values = new LinkedHashMap<>(fields);
    values.put("id", new Value.Uuid(key.id()));
    values.put(USER, user);
    values.put("hash", Value.of(key.hash()));
    var row = base.together(call, records -> create(records, user, values, call));
    return new Made(row, key.text());
  }

  private Row create(Records records, Value user, Map<String, Value> values, Call call) {
    if (records.count(ENTITY, Where.is(USER, user)) >= KEYS_MAX) {
      throw problem(new NotAllowed("There are " + KEYS_MAX + " keys already: delete one first."));
    }
    var row = records.create(ENTITY, values);
    base.reports().done(records, Kind.KEY_MADE, user, call, named(row.id()));
    return row;
  }

  private static Map<String, Value> named(Value key) {
    return Map.of("key", Value.of(SessionWork.plain(key)));
  }

  private List<Violation> violations(Map<String, Value> fields, Call call) {
    var violations = new ArrayList<Violation>();
    if (fields.get("scopes") instanceof Value.ListOf) {
      violations.addAll(scopes.violations(Fields.texts(new Row(fields), "scopes")));
    }
    if (fields.get("addresses") instanceof Value.ListOf(var networks)) {
      if (networks.isEmpty()) {
        violations.add(new Violation("addresses", "required", "must name a network at least"));
      }
      Fields.texts(new Row(fields), "addresses").stream()
          .filter(text -> Network.parse(text).isEmpty())
          .map(text -> "must be like 192.0.2.7 or 2001:db8::/32, was \"" + text + "\"")
          .forEach(text -> violations.add(new Violation("addresses", "network", text)));
    }
    if (fields.get("expiresAt") instanceof Value.Timestamp(var end) && !end.isAfter(call.time())) {
      violations.add(new Violation("expiresAt", "past", "must be in the future"));
    }
    return violations;
  }

  /// The keys of a caller, the latest first.
  public List<Row> all(Caller.User caller, Call call) {
    var own = Where.is(USER, caller.id());
    return base.records(call).last(ENTITY, own, "createdAt", KEYS_MAX);
  }

  /// A key of a caller's.
  public Optional<Row> find(Caller.User caller, Value id, Call call) {
    return base.records(call).first(ENTITY, Where.is("id", id).andIs(USER, caller.id()));
  }

  /// Revokes a key of a caller's; false where there is none.
  public boolean revoke(Caller.User caller, Value id, Call call) {
    boolean revoked = base.together(call, records -> revoked(records, caller, id, call));
    callers.distrust();
    return revoked;
  }

  private boolean revoked(Records records, Caller.User caller, Value id, Call call) {
    var own = Where.is("id", id).andIs(USER, caller.id());
    if (records.deleteWhere(ENTITY, own, 1) != 1) {
      return false;
    }
    base.reports().done(records, Kind.KEY_REVOKED, caller.id(), call, named(id));
    return true;
  }
}
