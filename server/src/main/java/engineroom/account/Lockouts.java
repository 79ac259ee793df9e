package engineroom.account;

import engineroom.account.token.OpaqueToken;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.records.Records;
import engineroom.throttle.Attempts;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Sends the holder of a locked account a link that unlocks it.
final class Lockouts {
  /// How long the link is good: who is locked out longer gets another one.
  static final Duration GOOD = Attempts.TOLD_EVERY;

  private static final String EMAIL = "email";
  private static final String WAITING = "newEmail";

  private final Mails mails;
  private final SecureRandom random;

  Lockouts(Mails mails, SecureRandom random) {
    this.mails = mails;
    this.random = random;
  }

  /// Tells a user; for nobody as much is written.
  void tell(Records within, Optional<Row> user, Call call) {
    var tickets = new Tickets(within, random, call.time());
    var field = user.map(row -> Fields.text(row, EMAIL).isEmpty() ? WAITING : EMAIL).orElse("");
    var address = user.map(row -> Fields.text(row, field)).orElse("");
    var purpose = new Tickets.Purpose(user.map(Row::id).orElse(Value.NULL), address, "");
    var token = tickets.make(OpaqueToken.Kind.UNLOCK, purpose, GOOD);
    if (user.isEmpty() || address.isEmpty()) {
      tickets.make(OpaqueToken.Kind.UNLOCK, purpose, GOOD); // as long as a mail
      return;
    }
    var hours = String.valueOf(GOOD.toHours());
    var values = Map.of("token", token.text(), "hours", hours);
    mails.toUser(within, "unlock", user.get(), field, values);
  }
}
