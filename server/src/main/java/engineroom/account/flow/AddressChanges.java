package engineroom.account.flow;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.Base;
import engineroom.account.Fields;
import engineroom.account.SessionWork;
import engineroom.account.SignUps;
import engineroom.account.Tickets;
import engineroom.account.Tickets.Purpose;
import engineroom.account.Users;
import engineroom.account.token.OpaqueToken.Kind;
import engineroom.audit.Event;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import engineroom.records.Records;
import engineroom.throttle.Attempts.Door;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changes the address of an account once both addresses have agreed; the old one can stop it.
public final class AddressChanges {
  static final Duration GOOD = Duration.ofMinutes(60);

  private static final String EMAIL = "email";
  private static final String WAITING = "newEmail";

  private final Accounts accounts;
  private final Base base;
  private final Presence presence;
  private final SecureRandom random;

  AddressChanges(Accounts accounts, Presence presence) {
    this.accounts = accounts;
    this.base = accounts.base();
    this.presence = presence;
    this.random = accounts.tools().random();
  }

  /// Asks both addresses. Whether the new one has an account already shows in the mail to it alone.
  ///
  /// @param password empty where it was not given; then the sign-in must be fresh
  public void ask(Caller.User caller, String email, String password, Call call) {
    var user = presence.proved(caller, password, Event.Kind.EMAIL_CHANGED, call);
    base.trials().asked(Door.RESET, email, call);
    if (Fields.yes(user, "anonymous")) {
      throw problem(new NotAllowed("This account has no address yet: see /auth/upgrade."));
    }
    var address = Users.folded(email);
    if (address.equalsIgnoreCase(Fields.text(user, EMAIL))) {
      var same = new Violation(EMAIL, "same", "is the address of this account already");
      throw problem(new NotValid(List.of(same)));
    }
    SignUps.named(() -> base.together(call, records -> asked(records, caller, address, call)));
  }

  private boolean asked(Records records, Caller.User caller, String address, Call call) {
    Tickets.endAll(records, caller.id(), call.time());
    new Users(records).change(caller.id(), Map.of(WAITING, Value.of(address)));
    var user = new Users(records).find(caller.id()).orElseThrow();
    if (Fields.text(user, EMAIL).isEmpty()) {
      accounts.signUps().tell(records, user, call);
      return true;
    }
    var change = Change.of(SessionWork.session(caller), address);
    tellOld(records, user, change, call);
    tellNew(records, user, change, call);
    return true;
  }

  private void tellOld(Records records, Row user, Change change, Call call) {
    var purpose = new Purpose(user.id(), Fields.text(user, EMAIL), change.text());
    var token = tickets(records, call).make(Kind.OLD_ADDRESS, purpose, GOOD);
    var values =
        Map.of("token", token.text(), "newAddress", change.address(), "minutes", minutes());
    base.mail(records, "email-leaving", user, EMAIL, values);
  }

  private void tellNew(Records records, Row user, Change change, Call call) {
    var known = new Users(records).byEmail(change.address());
    var purpose = new Purpose(user.id(), change.address(), change.text());
    var token = tickets(records, call).make(Kind.NEW_ADDRESS, purpose, GOOD);
    if (known.isPresent()) {
      base.mail(records, "account-exists", known.get(), EMAIL, Map.of());
    } else {
      var values = Map.of("token", token.text(), "minutes", minutes());
      base.mail(records, "email-change", user, WAITING, values);
    }
  }

  private static String minutes() {
    return String.valueOf(GOOD.toMinutes());
  }

  private Tickets tickets(Records records, Call call) {
    return new Tickets(records, random, call.time());
  }

  /// Whether a change is done, or waits for the other address.
  public enum Progress {
    DONE,
    WAITING
  }

  /// Agrees for one of the addresses by the token of its mail, once.
  public Progress agree(String token, Call call) {
    var progress = base.trials().byToken(call, records -> agreed(records, token, call));
    accounts.callers().distrust();
    return progress.orElseThrow(Entry::refused);
  }

  private Optional<Progress> agreed(Records records, String token, Call call) {
    var tickets = tickets(records, call);
    return tickets
        .use(Kind.NEW_ADDRESS, token)
        .or(() -> tickets.use(Kind.OLD_ADDRESS, token))
        .flatMap(new Agreement(accounts, records, call)::agreed);
  }

  /// Stops a change by the token of the old address's mail, once. All sessions end: one of them may
  /// be of somebody else.
  public void stop(String token, Call call) {
    var stopped =
        base.trials()
            .byToken(
                call,
                records ->
                    tickets(records, call)
                        .use(Kind.OLD_ADDRESS, token)
                        .filter(new Agreement(accounts, records, call)::stopped));
    if (stopped.isEmpty()) {
      throw Entry.refused();
    }
    accounts.callers().distrust();
  }
}
