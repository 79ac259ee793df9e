package engineroom.account.flow;

import engineroom.account.Accounts;
import engineroom.account.Fields;
import engineroom.account.Tickets;
import engineroom.account.Tickets.Purpose;
import engineroom.account.Users;
import engineroom.account.token.OpaqueToken.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.records.Records;
import java.util.UUID;

/// Confirms the addresses that were given when signing up, and sends the mail for it again.
public final class Confirmations {
  private static final Value NOBODY = new Value.Uuid(new UUID(0, 0));

  private final Accounts accounts;

  Confirmations(Accounts accounts) {
    this.accounts = accounts;
  }

  /// Sends the mail again to who signed up with an address and this password. An address alone does
  /// not do: several can have signed up with it, and its owner would confirm somebody else's
  /// account.
  public void again(String email, String password, Call call) {
    var id = accounts.signIns().claiming(email, password, call).map(Row::id).orElse(NOBODY);
    accounts.base().together(call, records -> sent(records, id, email, call));
  }

  /// Sends the mail again to a caller whose address waits to be confirmed.
  public void again(Caller.User caller, Call call) {
    accounts.base().together(call, records -> sent(records, caller.id(), "", call));
  }

  /// @param email as it was asked for
  private boolean sent(Records records, Value id, String email, Call call) {
    var tickets = new Tickets(records, accounts.tools().random(), call.time());
    var user = new Users(records).find(id).filter(Confirmations::waits);
    long open = tickets.open(Kind.EMAIL_CONFIRMATION, user.map(Row::id).orElse(NOBODY));
    if (user.isEmpty() || open >= Asked.OPEN_MAX) {
      var nobodys = new Purpose(Value.NULL, Users.folded(email), "");
      for (int i = 0; i < 2; i++) { // as long as a ticket and a mail take
        tickets.make(Kind.EMAIL_CONFIRMATION, nobodys, LinkSignIns.GOOD);
      }
      return false;
    }
    accounts.signUps().tell(records, user.get(), call);
    return true;
  }

  private static boolean waits(Row user) {
    return Fields.text(user, "email").isEmpty()
        && !Fields.text(user, "newEmail").isEmpty()
        && !Fields.yes(user, "suspended");
  }

  /// Confirms an address by a link's token, once.
  public void confirm(String token, Call call) {
    if (!accounts.signUps().confirm(token, call)) {
      throw Entry.refused();
    }
    accounts.callers().distrust();
  }
}
