package engineroom.account.flow;

import engineroom.account.Accounts;
import engineroom.account.Tickets;
import engineroom.account.Tickets.Purpose;
import engineroom.account.Users;
import engineroom.account.token.OpaqueToken.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.records.Records;
import java.util.UUID;

/// Confirms the addresses that were given when signing up, and sends the mail for it again.
public final class Confirmations {
  private static final Value NOBODY = new Value.Uuid(new UUID(0, 0));

  private final Accounts accounts;

  Confirmations(Accounts accounts) {
    this.accounts = accounts;
  }

  /// Sends the mail again to an address that waits to be confirmed.
  public void again(String email, Call call) {
    accounts.base().together(call, records -> sent(records, email, call));
  }

  private boolean sent(Records records, String email, Call call) {
    var tickets = new Tickets(records, accounts.tools().random(), call.time());
    var user = new Users(records).claiming(email);
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

  /// Confirms an address by a link's token, once.
  public void confirm(String token, Call call) {
    if (!accounts.signUps().confirm(token, call)) {
      throw Entry.refused();
    }
    accounts.callers().distrust();
  }
}
