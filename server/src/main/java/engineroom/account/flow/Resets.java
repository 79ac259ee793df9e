package engineroom.account.flow;

import engineroom.account.Accounts;
import engineroom.account.Base;
import engineroom.account.Reports.Way;
import engineroom.account.Tickets;
import engineroom.account.Users;
import engineroom.account.flow.Asked.Errand;
import engineroom.account.token.OpaqueToken;
import engineroom.account.token.OpaqueToken.Kind;
import engineroom.audit.Event;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.records.Records;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Sets a new password for who has forgotten theirs, by the link of a mail. A second factor stays.
public final class Resets {
  static final Duration GOOD = Duration.ofMinutes(60);

  private final Accounts accounts;
  private final Base base;
  private final Asked asked;
  private final SecureRandom random;

  Resets(Accounts accounts, Asked asked) {
    this.accounts = accounts;
    this.base = accounts.base();
    this.asked = asked;
    this.random = accounts.tools().random();
  }

  /// Sends a link to who has an address.
  public void ask(String email, Call call) {
    var token = OpaqueToken.create(Kind.PASSWORD_RESET, random);
    var values = Map.of("token", token.text());
    asked.send(email, new Errand(token, "reset-password", "", values, GOOD), call);
  }

  /// Sets a new password by a link's token, once: all sessions end. A password that can't be chosen
  /// leaves the link good.
  public void reset(String token, String password, Call call) {
    var user = base.trials().byToken(call, within -> holder(within, token, call)).orElse(null);
    if (user == null) {
      base.reports().refused(Event.Kind.PASSWORD_RESET, Value.NULL, call, Way.LINK);
      throw Entry.refused();
    }
    accounts.signIns().refuseWhereWeak(user, password);
    var hash = base.passwords().hash(password);
    boolean done =
        base.together(
            call,
            within ->
                tickets(within, call)
                    .use(Kind.PASSWORD_RESET, token)
                    .flatMap(ticket -> Asked.holder(within, ticket))
                    .map(row -> changed(within, row, hash, call))
                    .orElse(false));
    if (!done) {
      throw Entry.refused();
    }
    accounts.callers().distrust();
  }

  private Optional<Row> holder(Records records, String token, Call call) {
    return tickets(records, call)
        .find(Kind.PASSWORD_RESET, token)
        .flatMap(ticket -> Asked.holder(records, ticket));
  }

  private boolean changed(Records records, Row user, String hash, Call call) {
    accounts.sessions().endAll(records, user.id(), Value.NULL, call.time());
    Tickets.endAll(records, user.id(), call.time());
    var values = new LinkedHashMap<String, Value>();
    values.put("password", Value.of(hash));
    values.put("passwordAt", new Value.Timestamp(call.time()));
    values.put("emailVerified", Value.of(true));
    values.put("newEmail", Value.NULL);
    new Users(records).change(user.id(), values);
    base.reports().done(records, Event.Kind.PASSWORD_RESET, user.id(), call);
    base.trials().unlock(records, user.id(), call);
    var time = call.time().truncatedTo(ChronoUnit.SECONDS).toString();
    base.mail(records, "password-changed", user, "email", Map.of("time", time));
    return true;
  }

  private Tickets tickets(Records records, Call call) {
    return new Tickets(records, random, call.time());
  }
}
