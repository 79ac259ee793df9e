package engineroom.account.flow;

import engineroom.account.Base;
import engineroom.account.Fields;
import engineroom.account.Tickets;
import engineroom.account.Tickets.Purpose;
import engineroom.account.Users;
import engineroom.account.token.OpaqueToken;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.records.Records;
import engineroom.throttle.Attempts.Door;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Sends what somebody asked for to a confirmed address. For all other addresses the same is
/// written and answered, and nothing is sent.
final class Asked {
  /// What one user can have open of a kind: who asks for more fills nobody's mailbox.
  static final int OPEN_MAX = 5;

  private static final Value NOBODY = new Value.Uuid(new UUID(0, 0));

  private final Base base;
  private final SecureRandom random;

  Asked(Base base, SecureRandom random) {
    this.base = base;
    this.random = random;
  }

  /// What was asked for.
  ///
  /// @param token of the ticket
  /// @param data what the ticket's use needs to know; may be empty
  /// @param values of the mail, besides `name` and `minutes`
  record Errand(
      OpaqueToken token, String template, String data, Map<String, String> values, Duration good) {}

  void send(String email, Errand errand, Call call) {
    base.trials().asked(Door.RESET, email, call);
    base.together(call, records -> written(records, email, errand, call));
  }

  private boolean written(Records records, String email, Errand errand, Call call) {
    var tickets = new Tickets(records, random, call.time());
    var user = new Users(records).byEmail(email).filter(row -> !Fields.yes(row, "suspended"));
    long open = tickets.open(errand.token().kind(), user.map(Row::id).orElse(NOBODY));
    if (user.isEmpty() || open >= OPEN_MAX) {
      tickets.make(errand.token(), nobodys(email, errand), errand.good());
      tickets.make(
          errand.token().kind(), nobodys(email, errand), errand.good()); // as long as a mail
      return false;
    }
    var address = Fields.text(user.get(), "email");
    var purpose = new Purpose(user.get().id(), address, errand.data());
    tickets.make(errand.token(), purpose, errand.good());
    var values = new LinkedHashMap<>(errand.values());
    values.put("minutes", String.valueOf(errand.good().toMinutes()));
    base.mail(records, errand.template(), user.get(), "email", values);
    return true;
  }

  private static Purpose nobodys(String email, Errand errand) {
    return new Purpose(Value.NULL, Users.folded(email), errand.data());
  }

  /// Whom a ticket is for, as long as they may sign in and have the address that it was sent to.
  static Optional<Row> holder(Records records, Row ticket) {
    return ticket.value("user") == Value.NULL
        ? Optional.empty()
        : new Users(records)
            .find(ticket.value("user"))
            .filter(user -> !Fields.yes(user, "suspended"))
            .filter(user -> Fields.text(user, "email").equals(Fields.text(ticket, "address")));
  }
}
