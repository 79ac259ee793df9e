package engineroom.account.flow;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Accounts;
import engineroom.account.Fields;
import engineroom.account.SignedIn;
import engineroom.account.Users;
import engineroom.account.Visit;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.problem.AuthorizeProblem.BadCredentials;
import engineroom.problem.AuthorizeProblem.NotAllowed;
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

  private record Begun(Row user, Row session) {}

  /// Begins a session for the holder of a ticket, in the transaction that uses it.
  ///
  /// @param ticket uses it; empty where it is not good
  SignedIn by(Function<Records, Optional<Row>> ticket, Visit visit) {
    return accounts
        .base()
        .together(
            visit.call(),
            records ->
                ticket
                    .apply(records)
                    .flatMap(used -> Asked.holder(records, used))
                    .map(user -> begun(records, user, visit)))
        .map(in -> accounts.sessions().carried(in.user(), in.session(), visit.carrier()))
        .orElseThrow(Entry::refused);
  }

  /// A mail is one factor: where the account has a second one, it alone does not do.
  private Begun begun(Records records, Row user, Visit visit) {
    if (Fields.yes(user, "secondFactor")) {
      throw problem(new NotAllowed("Signing in takes a second factor."));
    }
    var now = new Value.Timestamp(visit.call().time());
    new Users(records)
        .change(user.id(), Map.of("lastSignInAt", now, "emailVerified", Value.of(true)));
    var present = new Users(records).find(user.id()).orElseThrow();
    return new Begun(present, accounts.sessions().begin(records, present, visit, ""));
  }

  static RuntimeException refused() {
    return problem(
        new BadCredentials("The link or code is not good, or no longer. Ask for a new one."));
  }
}
