package engineroom.account.flow;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.Entrance;
import engineroom.account.Entrance.Shown;
import engineroom.account.SignInAnswer;
import engineroom.account.Users;
import engineroom.account.Visit;
import engineroom.audit.Event.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.records.Records;
import java.util.Map;
import java.util.Optional;

/// Lets in who has shown that they read the mails of their address.
final class Entry {
  private final Accounts accounts;

  Entry(Accounts accounts) {
    this.accounts = accounts;
  }

  /// Lets in the holder of a ticket, in the transaction that uses it.
  ///
  /// @param ticket uses it; empty where it is not good
  /// @param about whose it is, as far as that is known; else the null value
  SignInAnswer by(Ticket ticket, Value about, Visit visit, Shown shown) {
    var call = visit.call();
    var opened =
        accounts
            .base()
            .together(
                call,
                records ->
                    ticket
                        .use(records)
                        .flatMap(used -> Asked.holder(records, used))
                        .map(user -> opened(records, user, visit, shown)));
    if (opened.isEmpty()) {
      accounts.base().reports().refused(Kind.SIGN_IN_FAILED, about, call, shown.way());
      throw refused();
    }
    return accounts.entrance().answer(opened.get(), visit.carrier());
  }

  /// Uses a ticket, once.
  interface Ticket {
    Optional<Row> use(Records records);
  }

  /// A mail is one factor: where the account has a second one, it is asked for.
  private Entrance.Opened opened(Records records, Row user, Visit visit, Shown shown) {
    var users = new Users(records);
    users.change(user.id(), Map.of("emailVerified", Value.of(true)));
    var present = users.find(user.id()).orElseThrow();
    return accounts.entrance().open(records, present, visit, shown);
  }

  static RuntimeException refused() {
    return problem(
        new BadCredentials("The link or code is not good, or no longer. Ask for a new one."));
  }
}
