package engineroom.security;

import engineroom.Engine;
import engineroom.account.Accounts;
import engineroom.account.AskedDoors;
import engineroom.account.Authenticator;
import engineroom.account.Mails;
import engineroom.audit.Verification.Report;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.door.admin.AdminDoor;
import engineroom.door.admin.Backups;
import engineroom.http.Sent;
import engineroom.mail.Outbox;
import engineroom.mail.Posting;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.records.Records;
import engineroom.records.Where;
import engineroom.server.Engineroom;
import engineroom.server.Wiring;
import engineroom.store.MemoryStore;
import engineroom.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An app whose doors are all asked without the network, by a clock of ours, each time from another
/// address, so that no limit hides what a door says.
final class Site {
  static final String ADMIN = "er_admin_0123456789abcdef";
  static final String PASSWORD = "quiet river under a bridge";
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final Path folder;
  private final ManualClock clock = new ManualClock(START);
  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final Engine engine;
  private final AskedDoors doors;

  /// A mail that would have been sent.
  record Mail(String template, String recipient, Map<String, String> values) {}

  /// There are no backups here.
  private enum NoBackups implements Backups {
    NONE;

    @Override
    public One make() {
      return new One("one", START, 1, 1, 1);
    }

    @Override
    public All all() {
      return new All(List.of(), List.of(), null, null);
    }
  }

  /// @param yaml the whole model
  Site(Path folder, String yaml) {
    this.folder = folder;
    var good = AskedDoors.read(folder, yaml);
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]), clock, new Random(1));
    engine = wiring.engine(new MemoryStore(good.model()));
    Mails kept =
        (records, template, recipient, locale, values) ->
            mails.add(new Mail(template, recipient, values));
    Accounts accounts = wiring.accounts(engine, good.settings(), kept);
    var admin =
        new AdminDoor(
            NoBackups.NONE,
            () -> new Outbox(Posting.KEEP, clock),
            this::records,
            () -> new Report(0, 0, 0, List.of()));
    doors =
        new AskedDoors(
            wiring.doors(engine, good.settings(), accounts, admin), accounts, ADMIN, clock);
  }

  Model model() {
    return engine.model();
  }

  /// All that the program answers but the probes, as `engineroom routes` lists it.
  List<Route> routes() {
    return new Engineroom()
        .routes(folder).stream().map(Route::parse).filter(route -> !route.probe()).toList();
  }

  /// The rows, for the program.
  Records records() {
    return new Records(engine.model(), engine, Call.ofProgram(clock.instant()));
  }

  Row row(String entity, String field, String value) {
    return records().first(entity, Where.is(field, Value.of(value))).orElseThrow();
  }

  /// The id of a row, as paths spell it.
  String id(String entity, String field, String value) {
    return spelled(row(entity, field, value).id());
  }

  /// An id as paths spell it.
  static String spelled(Value id) {
    return id instanceof Value.Uuid(var uuid) ? uuid.toString() : "none";
  }

  /// Everything that is kept, as text: what of it was used shows. That it was asked for is in the
  /// audit log, and no effect.
  String kept() {
    var text = new StringBuilder();
    forgive();
    for (var entity : model().entities().keySet()) {
      if (!entity.startsWith("audit")) {
        text.append(entity).append(records().all(entity, Where.ALL, 1_000)).append('\n');
      }
    }
    return text.toString();
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

  /// The token, or the like, of the newest mail of a kind.
  String mailed(String template, String value) {
    return mails.reversed().stream()
        .filter(mail -> mail.template().equals(template))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no mail " + template))
        .values()
        .getOrDefault(value, "");
  }

  Answer send(String method, String target, Map<String, String> headers, String body) {
    forgive();
    int number = asked.incrementAndGet();
    var address = "198.%d.%d.%d".formatted(18 + number / 65_536, number / 256 % 256, number % 256);
    var sent = AskedDoors.request(method, target, headers, body);
    var response = doors.answer(sent, address, "request-1");
    return new Answer(response.status(), response.headers(), Sent.text(response));
  }

  /// Nobody waits here for mistakes made before: that is what `TrialsTest` is about.
  private void forgive() {
    records().deleteWhere("attempt", Where.ALL, 1_000);
  }

  /// Asks as nobody.
  Answer post(String target, String body) {
    return send("POST", target, Map.of(), body);
  }

  /// Asks with a credential in the header; as a guest where it is empty.
  Answer as(String credential, String method, String target, String body) {
    return send(method, target, bearer(credential), body);
  }

  Answer get(String credential, String target) {
    return as(credential, "GET", target, "");
  }

  static Map<String, String> bearer(String credential) {
    return credential.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + credential);
  }

  /// A browser's headers for a script of a page of ours.
  static Map<String, String> cookie(String value) {
    return Map.of(
        "Cookie",
        "__Host-er_s=" + value,
        "X-Requested-With",
        "engineroom",
        "Sec-Fetch-Site",
        "same-origin");
  }

  Answer signIn(String login) {
    later(Duration.ofMinutes(1)); // a minute has its number of attempts
    return post(
        "/auth/sign-in", "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(login, PASSWORD));
  }

  /// Signs somebody up, and confirms the address by the link of the mail.
  Answer member(String email) {
    var answer =
        post("/auth/sign-up", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
    var token = "{\"token\":\"" + mailed("confirm-email", "token") + "\"}";
    if (answer.status() != 201 || post("/auth/verify", token).status() != 204) {
      throw new AssertionError("nobody signed up: " + answer);
    }
    return answer;
  }

  /// Gives somebody roles, as an administrator does.
  void roles(String email, String... roles) {
    var list = new Value.ListOf(List.of(roles).stream().<Value>map(Value::of).toList());
    records().change("user", row("user", "email", email).id(), Map.of("roles", list));
    later(Duration.ofSeconds(1));
  }

  /// The value of a session's cookie.
  String browser(String login) {
    var body =
        "{\"login\":\"%s\",\"password\":\"%s\",\"session\":\"cookie\"}".formatted(login, PASSWORD);
    later(Duration.ofMinutes(1));
    var set = post("/auth/sign-in", body).headers().getOrDefault("Set-Cookie", "");
    return set.replaceFirst("^__Host-er_s=([^;]+);.*$", "$1");
  }

  /// Turns the second factor on, and gives the user's authenticator app.
  Authenticator secondFactor(String access) {
    var app = new Authenticator(as(access, "POST", "/auth/mfa/totp", "").text("secret"));
    var code = "{\"code\":\"" + app.code(now()) + "\"}";
    var answer = as(access, "POST", "/auth/mfa/totp/confirm", code);
    if (answer.status() != 200) {
      throw new AssertionError("there is no second factor: " + answer);
    }
    later(Duration.ofSeconds(60));
    return app;
  }
}
