package engineroom.account;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Reports.Way;
import engineroom.account.password.PasswordRules.Protection;
import engineroom.account.token.OpaqueToken;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.modelfile.AccountSettings.Confirm;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.ProblemException;
import engineroom.problem.Violation;
import engineroom.records.Records;
import engineroom.throttle.Attempts.Door;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes people in. Whether there was an account with their address already shows in nothing but
/// the mail to it: in any case a row is made whose address waits to be confirmed.
public final class SignUps {
  /// How long the link of a mail confirms an address.
  public static final Duration CONFIRMED_WITHIN = Duration.ofDays(2);

  /// The field that an address waits in, and what who signs up calls it.
  private static final String WAITING = "newEmail";

  private static final String EMAIL = "email";

  private final Base base;
  private final SessionWork sessions;
  private final Invitations invitations;
  private final SecureRandom random;

  SignUps(Base base, SessionWork sessions, Invitations invitations, SecureRandom random) {
    this.base = base;
    this.sessions = sessions;
    this.invitations = invitations;
    this.random = random;
  }

  /// The fields of their row that who signs up may give: those that no rule keeps from guests.
  public Set<String> fields(Call call) {
    var fields = new TreeSet<String>();
    base.engine()
        .grants(call.by(Caller.Guest.GUEST))
        .on(Users.ENTITY)
        .fieldWrite()
        .forEach(
            (name, rule) -> {
              if (rule.equals(Expression.TRUE) && !name.equals("id")) {
                fields.add(name);
              }
            });
    return fields;
  }

  /// Makes an account, and signs in where nothing has to be confirmed before.
  public Optional<SignedIn> signUp(Applicant applicant, Visit visit) {
    base.trials().asked(Door.SIGN_UP, applicant.email(), visit.call());
    var invitation = invitation(applicant, visit.call());
    var input = input(applicant, invitation);
    if (invitation != null) {
      var invited = invited(input, invitation, visit);
      return Optional.of(sessions.carried(invited.user(), invited.session(), visit.carrier()));
    }
    if (base.settings().confirm() == Confirm.REQUIRED) {
      made(input, visit);
      return Optional.empty();
    }
    var begun = begun(input, visit);
    return Optional.of(sessions.carried(begun.user(), begun.session(), visit.carrier()));
  }

  /// The invitation of somebody; null where they have none and need none.
  private @Nullable Row invitation(Applicant applicant, Call call) {
    var token = applicant.invitation();
    switch (base.settings().signUp()) {
      case OPEN -> {}
      case INVITED -> {
        if (token == null) {
          throw problem(new NotAllowed("Signing up takes an invitation."));
        }
      }
      case CLOSED -> throw problem(new NotAllowed("Nobody can sign up here."));
    }
    return token == null
        ? null
        : invitations
            .find(base.records(call), token, applicant.email(), call.time())
            .orElseThrow(SignUps::uninvited);
  }

  private static RuntimeException uninvited() {
    return problem(
        new NotAllowed("The invitation is not good, or no longer, or is for another address."));
  }

  /// Who was invited has shown that the address is theirs, and gets the roles.
  private Begun invited(Input input, Row invitation, Visit visit) {
    var now = visit.call().time();
    return base.together(
        visit.call(),
        records -> {
          var at = new Assignment.To(new Value.Timestamp(now));
          var user = records.create(Users.ENTITY, input.with("passwordAt", at));
          if (!invitations.accept(records, invitation, user.id(), now)) {
            throw uninvited();
          }
          return begun(records, user, visit, Way.INVITATION);
        });
  }

  private record Begun(Row user, Row session) {}

  private Begun begun(Input input, Visit visit) {
    return named(
        () ->
            base.together(
                visit.call(),
                records -> {
                  var user = create(records, input, visit);
                  return begun(records, user, visit, Way.PASSWORD);
                }));
  }

  private Begun begun(Records records, Row user, Visit visit, Way way) {
    var session = sessions.begin(records, user, visit, "");
    base.reports().entered(records, Kind.SIGNED_UP, session, visit.call(), way);
    return new Begun(user, session);
  }

  private void made(Input input, Visit visit) {
    named(() -> base.together(visit.call(), records -> waiting(records, input, visit)));
  }

  private Row waiting(Records records, Input input, Visit visit) {
    var user = create(records, input, visit);
    base.reports().done(records, Kind.SIGNED_UP, user.id(), visit.call());
    return user;
  }

  /// The row of a user with everything that is wrong with it, and the password as a hash: made
  /// before any transaction, since it takes long.
  private Input input(Applicant applicant, @Nullable Row invitation) {
    var fields = new LinkedHashMap<>(applicant.fields().assignments());
    var address = new Assignment.To(Value.of(Users.folded(applicant.email())));
    if (invitation == null) {
      fields.put(WAITING, address);
    } else {
      fields.put(EMAIL, address);
      fields.put("emailVerified", new Assignment.To(Value.of(true)));
      fields.put("roles", new Assignment.To(invitation.value("roles")));
    }
    var violations = violations(applicant);
    if (violations.isEmpty()) {
      var hash = base.passwords().hash(applicant.password());
      fields.put("password", new Assignment.Hashed(Value.of(hash)));
    }
    for (int i = 0; i < violations.size(); i++) {
      fields.put("password " + i, new Assignment.Unreadable(violations.get(i)));
    }
    return new Input(fields);
  }

  private List<Violation> violations(Applicant applicant) {
    var context = new ArrayList<>(List.of(base.model().name(), applicant.email()));
    for (var field : List.of("name", "userName")) {
      if (applicant.fields().assignments().get(field) instanceof Assignment.To(Value.Text(var t))) {
        context.add(t);
      }
    }
    return base.rules()
        .violations(applicant.password(), Protection.PASSWORD_ALONE, List.copyOf(context));
  }

  private Row create(Records records, Input input, Visit visit) {
    var now = new Value.Timestamp(visit.call().time());
    var user = records.create(Users.ENTITY, input.with("passwordAt", new Assignment.To(now)));
    tell(records, user, visit.call());
    return user;
  }

  /// The one thing that tells a known address from a new one goes to the address itself.
  public void tell(Records records, Row user, Call call) {
    var address = Fields.text(user, WAITING);
    var known = new Users(records).byEmail(address);
    var purpose = new Tickets.Purpose(user.id(), address, "");
    var token =
        new Tickets(records, random, call.time())
            .make(OpaqueToken.Kind.EMAIL_CONFIRMATION, purpose, CONFIRMED_WITHIN);
    if (known.isPresent()) {
      base.mail(records, "account-exists", known.get(), EMAIL, Map.of());
    } else {
      var hours = String.valueOf(CONFIRMED_WITHIN.toHours());
      var values = Map.of("token", token.text(), "hours", hours);
      base.mail(records, "confirm-email", user, WAITING, values);
    }
  }

  /// Confirms the address that a mail was sent to; false where the link is not good, or no longer,
  /// or somebody else has the address by now.
  public boolean confirm(String token, Call call) {
    return base.trials()
        .byToken(
            call,
            records ->
                new Tickets(records, random, call.time())
                    .use(OpaqueToken.Kind.EMAIL_CONFIRMATION, token)
                    .filter(ticket -> confirmed(records, ticket, call)))
        .isPresent();
  }

  private boolean confirmed(Records records, Row ticket, Call call) {
    var users = new Users(records);
    var address = Fields.text(ticket, "address");
    var user = users.find(ticket.value("user"));
    if (user.isEmpty()
        || !Fields.text(user.get(), WAITING).equals(address)
        || users.byEmail(address).isPresent()) {
      return false;
    }
    users.change(
        user.get().id(),
        Map.of(
            EMAIL,
            Value.of(address),
            WAITING,
            Value.NULL,
            "emailVerified",
            Value.of(true),
            "anonymous",
            Value.of(false)));
    base.reports().done(records, Kind.EMAIL_CONFIRMED, user.get().id(), call);
    return true;
  }

  /// Tells mistakes of the waiting address by the name under which it was sent.
  public static <T> T named(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProblemException refused) {
      if (refused.problem() instanceof NotValid(var errors)) {
        throw problem(new NotValid(errors.stream().map(SignUps::named).toList()));
      }
      throw refused;
    }
  }

  private static Violation named(Violation violation) {
    return violation.path().equals(WAITING) && !violation.code().equals("unknown")
        ? new Violation(EMAIL, violation.code(), violation.message(), violation.params())
        : violation;
  }
}
