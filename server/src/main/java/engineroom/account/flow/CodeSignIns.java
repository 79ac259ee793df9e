package engineroom.account.flow;

import engineroom.account.Accounts;
import engineroom.account.Base;
import engineroom.account.Entrance.Shown;
import engineroom.account.Fields;
import engineroom.account.Reports.Way;
import engineroom.account.SignInAnswer;
import engineroom.account.Tickets;
import engineroom.account.Trials;
import engineroom.account.Trials.Login;
import engineroom.account.Visit;
import engineroom.account.flow.Asked.Errand;
import engineroom.account.token.EmailCodes;
import engineroom.account.token.MasterKey;
import engineroom.account.token.OpaqueToken;
import engineroom.account.token.OpaqueToken.Kind;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.operation.Call;
import engineroom.records.Records;
import engineroom.throttle.Attempts.Door;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Signs in by a code that is sent by mail and typed where it was asked for.
public final class CodeSignIns {
  /// How long a code is good.
  public static final Duration GOOD = Duration.ofMinutes(10);

  private static final int DIGITS = 8;

  private final Base base;
  private final Asked asked;
  private final Entry entry;
  private final MasterKey master;
  private final SecureRandom random;

  CodeSignIns(Accounts accounts, Asked asked, Entry entry) {
    this.base = accounts.base();
    this.asked = asked;
    this.entry = entry;
    this.master = accounts.tools().master();
    this.random = accounts.tools().random();
  }

  /// Sends a code to who has an address, and gives the transaction that it is good for.
  public String ask(String email, Call call) {
    var transaction = OpaqueToken.create(Kind.EMAIL_CODE, random);
    var code = codes().create(DIGITS);
    var data = codes().hash(transaction.text(), code);
    var values = Map.of("code", code);
    asked.send(email, new Errand(transaction, "email-code", data, values, GOOD), call);
    return transaction.text();
  }

  /// Signs in by the code of a transaction, once. After five tries it is over.
  public SignInAnswer signIn(String transaction, String code, Visit visit) {
    var call = visit.call();
    var ticket =
        new Tickets(base.records(call), random, call.time()).find(Kind.EMAIL_CODE, transaction);
    var accounts = ticket.map(CodeSignIns::account).stream().toList();
    var attempt = base.trials().begin(Door.ONE_TIME_CODE, accounts, call);
    return entry.by(
        records -> used(records, transaction, code, visit),
        ticket.map(row -> row.value("user")).orElse(Value.NULL),
        visit,
        new Shown(attempt, Way.CODE));
  }

  /// Nobody's code is counted as somebody's is.
  private static String account(Row ticket) {
    return ticket.value("user") == Value.NULL
        ? Trials.account(Optional.empty(), Login.ADDRESS, Fields.text(ticket, "address"))
        : Trials.account(ticket.value("user"));
  }

  private Optional<Row> used(Records records, String transaction, String code, Visit visit) {
    var tickets = new Tickets(records, random, visit.call().time());
    if (!tickets.tries(Kind.EMAIL_CODE, transaction)) {
      return Optional.empty();
    }
    return tickets
        .find(Kind.EMAIL_CODE, transaction)
        .filter(ticket -> codes().matches(transaction, code, Fields.text(ticket, "data")))
        .flatMap(_ -> tickets.use(Kind.EMAIL_CODE, transaction));
  }

  /// Its key is made when it is needed: most starts of the program never do.
  private EmailCodes codes() {
    return new EmailCodes(master, random);
  }
}
