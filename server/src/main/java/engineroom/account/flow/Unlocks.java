package engineroom.account.flow;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Base;
import engineroom.account.Tickets;
import engineroom.account.Users;
import engineroom.account.token.OpaqueToken.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.NotFound;
import engineroom.records.Records;
import java.security.SecureRandom;
import java.util.Optional;

/// Unlocks accounts at which somebody guessed too often: by the link of the mail that told it, or
/// by an administrator.
public final class Unlocks {
  private final Base base;
  private final SecureRandom random;

  Unlocks(Base base, SecureRandom random) {
    this.base = base;
    this.random = random;
  }

  /// Unlocks the account that a mail was about, once.
  public void byToken(String token, Call call) {
    if (base.trials().byToken(call, records -> unlocked(records, token, call)).isEmpty()) {
      throw Entry.refused();
    }
  }

  private Optional<Row> unlocked(Records records, String token, Call call) {
    var user =
        new Tickets(records, random, call.time())
            .use(Kind.UNLOCK, token)
            .flatMap(ticket -> new Users(records).find(ticket.value("user")));
    user.ifPresent(row -> base.trials().unlock(records, row.id(), call));
    return user;
  }

  /// Unlocks any account, for an administrator.
  public void byAdministrator(Value user, Call call) {
    if (!call.caller().administrator()) {
      throw problem(new NotAllowed("Only administrators unlock accounts of others."));
    }
    base.together(call, records -> unlocked(records, user, call));
  }

  private Row unlocked(Records records, Value id, Call call) {
    var user = new Users(records).find(id).orElseThrow(() -> problem(new NotFound("user")));
    base.trials().unlock(records, user.id(), call);
    return user;
  }
}
