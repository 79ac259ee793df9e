package engineroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.Engine;
import engineroom.account.password.QuickPasswords;
import engineroom.audit.Audit;
import engineroom.audit.AuditClock;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.door.openapi.AnswerCheck;
import engineroom.door.openapi.AnswerCheck.Answered;
import engineroom.door.openapi.AnswerCheck.Asked;
import engineroom.expression.Expression.Comparison;
import engineroom.http.Handler;
import engineroom.http.Sent;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.modelfile.Settings.AuditSettings;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.records.Records;
import engineroom.records.Where;
import engineroom.server.Wiring;
import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// An app with accounts whose doors are asked without the network, by a clock of ours; its mails
/// are kept here.
public final class Desk {
  static final String KEY = "er_admin_0123456789abcdef";
  static final String PASSWORD = "quiet river under a bridge";
  static final String ADDRESS = "192.0.2.7";
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final ManualClock clock;
  private final List<Mail> mails;
  private final AtomicLong requests = new AtomicLong();
  private final Engine engine;
  private final AskedDoors doors;
  private final Accounts accounts;
  private final Audit audit;
  private final AuditSettings audits;
  private final AnswerCheck document;

  /// A mail that would have been sent.
  record Mail(String template, String recipient, Map<String, String> values) {}

  /// An answer of a door.
  record Answer(int status, Map<String, String> headers, String body) {
    /// A member of the body; empty where it has none, or it is no text.
    String text(String... path) {
      var json = JsonReader.read(body.getBytes(StandardCharsets.UTF_8), LIMITS);
      for (var name : path) {
        json = json instanceof Json.Obj(var members) ? members.get(name) : null;
      }
      return json instanceof Json.Text(var text) ? text : "";
    }
  }

  private static final JsonLimits LIMITS = JsonLimits.defaults();

  private Desk(Reading.Good good, Store store, Node node) {
    clock = node.clock();
    mails = node.mails();
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]), clock, new Random(node.seed()));
    engine = wiring.engine(store);
    audit = new Audit(node.folder(), wiring.journal());
    audits = good.settings().audit();
    Mails kept =
        (records, template, recipient, locale, values) ->
            mails.add(new Mail(template, recipient, values));
    var usual = wiring.accounts(engine, good.settings(), kept);
    var tools = node.tools().apply(usual.tools());
    accounts = Accounts.of(engine, good.settings(), kept, tools);
    Handler handler = wiring.doors(engine, good.settings(), accounts, null);
    doors = new AskedDoors(handler, accounts, KEY, clock);
    var guest = Call.ofProgram(Desk.START).by(Caller.Guest.GUEST);
    var api = new Sent("GET", "/openapi.json", Map.of(), "").to(handler, guest);
    document = AnswerCheck.of(Sent.text(api));
  }

  /// One of the programs that share a store.
  ///
  /// @param seed of the ids that it makes
  private record Node(
      Path folder,
      ManualClock clock,
      List<Mail> mails,
      long seed,
      UnaryOperator<Accounts.Tools> tools) {
    static Node of(Path folder, UnaryOperator<Accounts.Tools> tools) {
      return new Node(folder, new ManualClock(START), new CopyOnWriteArrayList<>(), 1, tools);
    }

    Node next() {
      return new Node(folder, clock, mails, seed + 1, tools);
    }
  }

  /// Over the store in memory.
  static Desk of(Path folder) {
    return of(folder, "");
  }

  /// @param settings more lines of the app's file
  static Desk of(Path folder, String settings) {
    return over(folder, settings, good -> new MemoryStore(good.model()));
  }

  private static String model(String settings) {
    return """
    engineroom: 1
    name: Shop
    roles:
      staff: { when: "email.endsWith('@shop.example') && emailVerified" }
      clerk: { administers: [note] }
      chief: { includes: [administrator] }
    %s
    entities:
      user: { fields: { nick: text?, rank: { type: integer?, readOnly: true } } }
      note:
        fields: { text: text, by: { type: user?, set: caller.id } }
        access: { read: caller.signedIn && by == caller.id, create: caller.signedIn }
      ledger:
        plural: ledger
        fields: { text: text }
        access: { read: "caller.is('staff')" }
    """
        .formatted(settings);
  }

  static Desk over(Path folder, String settings, Function<Reading.Good, Store> store) {
    var good = read(folder, settings);
    return new Desk(good, store.apply(good), Node.of(folder, tools -> tools));
  }

  /// Two programs over one store, with one clock and one bag of mails; their passwords are hashed
  /// in no time.
  static List<Desk> pair(Path folder, String settings, Function<Reading.Good, Store> store) {
    var good = read(folder, settings);
    var shared = store.apply(good);
    var first =
        Node.of(
            folder,
            usual ->
                new Accounts.Tools(
                    QuickPasswords.of(usual.random()),
                    usual.rules(),
                    usual.master(),
                    usual.clock(),
                    usual.random(),
                    usual.journal()));
    return List.of(new Desk(good, shared, first), new Desk(good, shared, first.next()));
  }

  private static Reading.Good read(Path folder, String settings) {
    return AskedDoors.read(folder, model(settings));
  }

  Accounts accounts() {
    return accounts;
  }

  void later(Duration time) {
    clock.advance(time);
  }

  Instant now() {
    return clock.instant();
  }

  List<Mail> mails() {
    return List.copyOf(mails);
  }

  /// Rows, for the program.
  Records records() {
    return new Records(engine.model(), engine, Call.ofProgram(clock.instant()));
  }

  /// The audit log as it is when everything is taken into it; the first time it begins.
  List<Row> audited() {
    new AuditClock(audit, () -> new AuditClock.Served(engine, audits), clock).start().close();
    return records().all("auditEntry", Where.ALL, 500);
  }

  /// As if ninety-nine attempts in a row had been wrong wherever one was, and the waiting were
  /// over.
  void nearlyLocked() {
    var tried = Where.ALL.and("failures", Comparison.GREATER, Value.of(0));
    records().changeWhere("attempt", tried, Map.of("failures", Value.of(99)), 100);
    later(Duration.ofHours(1));
  }

  Row user(String field, String value) {
    return records().first("user", Where.is(field, Value.of(value))).orElseThrow();
  }

  Answer send(String method, String target, Map<String, String> headers, String body) {
    return from(ADDRESS, method, target, headers, body);
  }

  /// Asks from another address.
  Answer from(
      String address, String method, String target, Map<String, String> headers, String body) {
    var sent = AskedDoors.request(method, target, headers, body);
    var id = "request-" + requests.incrementAndGet();
    var response = doors.answer(sent, address, id);
    var text = Sent.text(response).replace(id, "request-1");
    return described(sent, new Answer(response.status(), response.headers(), text));
  }

  /// Every answer about accounts is held against the document.
  private Answer described(Sent sent, Answer answer) {
    if (sent.target().startsWith("/auth/") && answer.status() < 500) {
      var asked = new Asked(sent.method(), sent.target(), sent.headers(), sent.body());
      var answered = new Answered(answer.status(), answer.headers(), answer.body());
      assertThat(document.mistakes(asked, answered)).as(sent + " " + answer).isEmpty();
    }
    return answer;
  }

  Answer post(String target, String body) {
    return send("POST", target, Map.of(), body);
  }

  /// Asks with an access token, or the administrator's key.
  Answer as(String token, String method, String target, String body) {
    return send(method, target, Map.of("Authorization", "Bearer " + token), body);
  }

  Answer get(String token, String target) {
    return as(token, "GET", target, "");
  }

  Answer signUp(String email) {
    return post(
        "/auth/sign-up", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
  }

  Answer signIn(String login, String password) {
    return post(
        "/auth/sign-in", "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, password));
  }

  Answer signIn(String login) {
    return signIn(login, PASSWORD);
  }

  Answer refresh(String token) {
    return post("/auth/refresh", "{\"refreshToken\":\"%s\"}".formatted(token));
  }

  /// Signs up, and confirms the address by the link of the mail.
  Answer confirmed(String email) {
    var answer = signUp(email);
    var token = mails.getLast().values().getOrDefault("token", "");
    var call = Call.ofProgram(clock.instant());
    if (!accounts.signUps().confirm(token, call)) {
      throw new AssertionError("the link confirms nothing");
    }
    return answer;
  }
}
