package engineroom.account.flow;

import engineroom.account.Accounts;
import engineroom.account.Base;
import engineroom.account.Entrance.Shown;
import engineroom.account.Reports.Way;
import engineroom.account.SignInAnswer;
import engineroom.account.Tickets;
import engineroom.account.Visit;
import engineroom.account.flow.Asked.Errand;
import engineroom.account.token.OpaqueToken;
import engineroom.account.token.OpaqueToken.Kind;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.throttle.Attempts.Door;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Signs in by the link of a mail.
public final class LinkSignIns {
  static final Duration GOOD = Duration.ofMinutes(15);

  private final Base base;
  private final Asked asked;
  private final Entry entry;
  private final SecureRandom random;

  LinkSignIns(Accounts accounts, Asked asked, Entry entry) {
    this.base = accounts.base();
    this.asked = asked;
    this.entry = entry;
    this.random = accounts.tools().random();
  }

  /// Sends a link to who has an address.
  public void ask(String email, Call call) {
    var token = OpaqueToken.create(Kind.MAGIC_LINK, random);
    var values = Map.of("token", token.text());
    asked.send(email, new Errand(token, "magic-link", "", values, GOOD), call);
  }

  /// Signs in by a link's token, once.
  public SignInAnswer signIn(String token, Visit visit) {
    var call = visit.call();
    var attempt = base.trials().begin(Door.LINK, List.of(), call);
    var user =
        new Tickets(base.records(call), random, call.time())
            .find(Kind.MAGIC_LINK, token)
            .map(ticket -> ticket.value("user"))
            .orElse(Value.NULL);
    return entry.by(
        records -> new Tickets(records, random, call.time()).use(Kind.MAGIC_LINK, token),
        user,
        visit,
        new Shown(attempt, Way.LINK));
  }
}
