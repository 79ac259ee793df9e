package engineroom.account.flow;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.Entrance;
import engineroom.account.SignInAnswer;
import engineroom.account.Users;
import engineroom.account.Visit;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.records.Records;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Lets in who has shown that they read the mails of their address.
final class Entry {
  private final Accounts accounts;

  Entry(Accounts accounts) {
    this.accounts = accounts;
  }

  /// Lets in the holder of a ticket, in the transaction that uses it.
  ///
  /// @param ticket uses it; empty where it is not good
  SignInAnswer by(Function<Records, Optional<Row>> ticket, Visit visit) {
    return accounts
        .base()
        .together(
            visit.call(),
            records ->
                ticket
                    .apply(records)
                    .flatMap(used -> Asked.holder(records, used))
                    .map(user -> opened(records, user, visit)))
        .map(opened -> accounts.entrance().answer(opened, visit.carrier()))
        .orElseThrow(Entry::refused);
  }

  /// A mail is one factor: where the account has a second one, it is asked for.
  private Entrance.Opened opened(Records records, Row user, Visit visit) {
    var users = new Users(records);
    users.change(user.id(), Map.of("emailVerified", Value.of(true)));
    var present = users.find(user.id()).orElseThrow();
    return accounts.entrance().open(records, present, visit);
  }

  static RuntimeException refused() {
    return problem(
        new BadCredentials("The link or code is not good, or no longer. Ask for a new one."));
  }
}
