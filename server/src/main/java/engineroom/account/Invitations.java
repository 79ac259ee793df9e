package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.token.OpaqueToken;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression.Comparison;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.Nearest;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import engineroom.records.Records;
import engineroom.records.Where;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks people to sign up, with the roles that they get by it. Administrators alone may: whoever
/// gives roles has them all.
public final class Invitations {
  /// How long an invitation is good.
  static final Duration GOOD = Duration.ofDays(7);

  private static final String ENTITY = "invitation";
  private static final int LISTED_MAX = 200;

  /// More than are ever open for one address.
  private static final int SAME_MAX = 1_000;

  private final Base base;
  private final SecureRandom random;

  Invitations(Base base, SecureRandom random) {
    this.base = base;
    this.random = random;
  }

  /// Invites somebody. An invitation of before to the same address is no longer good.
  public Row invite(String email, List<String> roles, Call call) {
    require(call);
    var known = base.model().roles().keySet();
    var violations = roles.stream().filter(role -> !known.contains(role)).map(this::wrong).toList();
    if (!violations.isEmpty()) {
      throw problem(new NotValid(violations));
    }
    return base.together(call, records -> invited(records, Users.folded(email), roles, call));
  }

  private Row invited(Records records, String email, List<String> roles, Call call) {
    var token = OpaqueToken.create(OpaqueToken.Kind.INVITATION, random);
    var values = new LinkedHashMap<String, Value>();
    values.put("email", Value.of(email));
    values.put("roles", new Value.ListOf(roles.stream().map(Value::of).toList()));
    values.put("invitedBy", call.caller() instanceof Caller.User user ? user.id() : Value.NULL);
    values.put("expiresAt", new Value.Timestamp(call.time().plus(GOOD)));
    values.put("hash", Value.of(token.hash()));
    records.deleteWhere(
        ENTITY, Where.is("email", Value.of(email)).andIs("acceptedAt", Value.NULL), SAME_MAX);
    var row = records.create(ENTITY, values);
    tell(records, email, token, call);
    var detail = Map.of(ENTITY, Value.of(SessionWork.plain(row.id())));
    base.reports().done(records, Kind.INVITED, Value.NULL, call, detail);
    return row;
  }

  /// Who has an account already is told that, and nobody else is.
  private void tell(Records records, String email, OpaqueToken token, Call call) {
    var known = new Users(records).byEmail(email);
    if (known.isPresent()) {
      base.mail(records, "account-exists", known.get(), "email", Map.of());
      return;
    }
    var inviter =
        call.caller() instanceof Caller.User user
            ? new Users(records).find(user.id()).map(row -> Fields.text(row, "name")).orElse("")
            : "";
    var days = String.valueOf(GOOD.toDays());
    var values = Map.of("inviter", inviter, "token", token.text(), "days", days);
    base.mails().send(records, ENTITY, email, Value.NULL, values);
  }

  private static void require(Call call) {
    if (!call.caller().administrator()) {
      throw problem(new NotAllowed("Only administrators invite."));
    }
  }

  private Violation wrong(String role) {
    var near = Nearest.of(role, base.model().roles().keySet());
    var hint = near == null ? "" : ". Did you mean " + near + "?";
    return new Violation("roles", "role", "names no role of the model: " + role + hint);
  }

  /// The invitations that nobody accepted yet, the latest first.
  public List<Row> open(Call call) {
    require(call);
    var waiting = Where.is("acceptedAt", Value.NULL);
    return base.records(call).last(ENTITY, waiting, "createdAt", LISTED_MAX);
  }

  /// Takes an invitation back; false where there is none, or it was accepted.
  public boolean revoke(Value id, Call call) {
    require(call);
    var waiting = Where.is("id", id).andIs("acceptedAt", Value.NULL);
    return base.records(call).deleteWhere(ENTITY, waiting, 1) == 1;
  }

  /// The invitation of a token to an address, as long as it is good; it stays so.
  Optional<Row> find(Records records, String text, String email, Instant now) {
    return OpaqueToken.parse(OpaqueToken.Kind.INVITATION, text)
        .flatMap(token -> records.first(ENTITY, good(token, now)))
        .filter(row -> Fields.text(row, "email").equalsIgnoreCase(Users.folded(email)));
  }

  /// Accepts an invitation for who signed up by it; false where somebody else did.
  boolean accept(Records records, Row invitation, Value user, Instant now) {
    var open = Where.is("id", invitation.id()).andIs("acceptedAt", Value.NULL);
    var accepted = Map.of("acceptedAt", new Value.Timestamp(now), "user", user);
    return records.changeWhere(ENTITY, open, accepted, 1) == 1;
  }

  private static Where good(OpaqueToken token, Instant now) {
    return Where.is("hash", Value.of(token.hash()))
        .andIs("acceptedAt", Value.NULL)
        .and("expiresAt", Comparison.GREATER, new Value.Timestamp(now));
  }
}
