package engineroom.account.flow;

import engineroom.account.Accounts;
import engineroom.account.Fields;
import engineroom.account.Tickets;
import engineroom.account.Users;
import engineroom.account.flow.AddressChanges.Progress;
import engineroom.account.token.OpaqueToken.Kind;
import engineroom.audit.Event;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.records.Records;
import engineroom.records.Where;
import java.util.Map;
import java.util.Optional;

/// What one address says to a change, in the transaction that uses its ticket.
record Agreement(Accounts accounts, Records records, Call call) {
  private static final String EMAIL = "email";
  private static final String WAITING = "newEmail";

  /// Agrees; empty where the change is not to be made any more.
  Optional<Progress> agreed(Row ticket) {
    var change = Change.of(ticket);
    var user = new Users(records).find(ticket.value("user")).orElse(null);
    if (user == null || Fields.yes(user, "suspended") || !waits(user, change)) {
      return Optional.empty();
    }
    boolean ofOld = Fields.text(ticket, "kind").equals(Kind.OLD_ADDRESS.name());
    var other = ofOld ? Kind.NEW_ADDRESS : Kind.OLD_ADDRESS;
    var tickets = new Tickets(records, accounts.tools().random(), call.time());
    var partner = tickets.partner(ticket, other).orElse(null);
    if (partner == null || Fields.find(partner, "usedAt") == null) {
      return Optional.of(Progress.WAITING);
    }
    var left = Fields.text(ofOld ? ticket : partner, "address");
    return left.equals(Fields.text(user, EMAIL)) ? changed(user, change) : Optional.empty();
  }

  /// Whether a user still waits for this address: said by a write of their row, so that what both
  /// addresses say at once is done one after the other.
  private boolean waits(Row user, Change change) {
    var address = Value.of(change.address());
    var waiting = Where.is("id", user.id()).andIs(WAITING, address);
    return records.changeWhere(Users.ENTITY, waiting, Map.of(WAITING, address), 1) == 1;
  }

  private Optional<Progress> changed(Row user, Change change) {
    var users = new Users(records);
    if (users.byEmail(change.address()).isPresent()) {
      return Optional.empty();
    }
    users.change(
        user.id(),
        Map.of(
            EMAIL,
            Value.of(change.address()),
            WAITING,
            Value.NULL,
            "emailVerified",
            Value.of(true)));
    Tickets.endAll(records, user.id(), call.time());
    var kept = new Value.Uuid(change.session());
    accounts.sessions().endAll(records, user.id(), kept, call.time());
    accounts.base().reports().done(records, Event.Kind.EMAIL_CHANGED, user.id(), call);
    var values = Map.of("newAddress", change.address());
    accounts.base().mail(records, "email-changed", user, EMAIL, values);
    return Optional.of(Progress.DONE);
  }

  /// Stops the change; false where there is none any more.
  boolean stopped(Row ticket) {
    var user = ticket.value("user");
    var waiting = Where.is("id", user).andIs(WAITING, Value.of(Change.of(ticket).address()));
    var nothing = Map.of(WAITING, Value.NULL);
    if (records.changeWhere(Users.ENTITY, waiting, nothing, 1) != 1) {
      return false;
    }
    Tickets.endAll(records, user, call.time());
    accounts.sessions().endAll(records, user, Value.NULL, call.time());
    accounts.base().reports().stopped(records, Event.Kind.EMAIL_CHANGED, user, call);
    return true;
  }
}
