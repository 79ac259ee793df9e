package engineroom.server;

import engineroom.Engine;
import engineroom.account.Accounts;
import engineroom.app.AdministratorKey;
import engineroom.app.App;
import engineroom.app.App.Mode;
import engineroom.app.Progress;
import engineroom.audit.Audit;
import engineroom.audit.AuditClock;
import engineroom.backup.AppBackups;
import engineroom.backup.BackupClock;
import engineroom.backup.BackupDesk;
import engineroom.backup.ControlLine;
import engineroom.backup.OtherBackups;
import engineroom.door.admin.AdminDoor;
import engineroom.door.admin.Backups;
import engineroom.door.auth.Authentication;
import engineroom.door.inbox.AccountDoor;
import engineroom.door.inbox.InboxDoor;
import engineroom.http.Handler;
import engineroom.http.HttpConfig;
import engineroom.http.HttpParts;
import engineroom.http.HttpParts.Check;
import engineroom.http.HttpServer;
import engineroom.http.Limits;
import engineroom.http.Proxies;
import engineroom.http.SwitchHandler;
import engineroom.mail.Inbox;
import engineroom.mail.MailClock;
import engineroom.mail.Outbox;
import engineroom.mail.Posting;
import engineroom.mail.Served;
import engineroom.mail.Templates;
import engineroom.model.Model;
import engineroom.modelfile.Excerpt;
import engineroom.modelfile.ModelDifference;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.modelfile.Rates;
import engineroom.modelfile.Settings;
import engineroom.operation.Call;
import engineroom.position.PositionedDoors;
import engineroom.problem.ProblemException;
import engineroom.records.Records;
import engineroom.store.Store;
import engineroom.stores.Database;
import engineroom.stores.Duty;
import engineroom.throttle.Throttle;
import engineroom.throttle.ThrottleKeeper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One app being served: its database stays open while models come and go.
final class ServedApp implements App.Running {
  private static final Handler NOT_YET =
      request -> {
        throw new IllegalStateException("no model is served yet");
      };

  /// What the command line asks about the audit log.
  static final String AUDIT = "audit";

  private final Path folder;
  private final Database database;
  private final Path data;
  private final Wiring wiring;
  private final Map<String, String> environment;
  private final Mode mode;
  private final InstantSource clock = InstantSource.system();
  private final SwitchHandler doors = new SwitchHandler(NOT_YET);
  private final Optional<AppBackups> backups;
  private final Handler admin;
  private final AtomicReference<@Nullable Model> model = new AtomicReference<>();
  private final AtomicReference<@Nullable Engine> engine = new AtomicReference<>();
  private final AtomicReference<@Nullable Accounts> accounts = new AtomicReference<>();
  private final Throttle throttle;
  private final Audit audit;
  private final List<Duty> duties = new CopyOnWriteArrayList<>();
  private volatile Settings settings = Settings.defaults();
  private volatile Handler open = NOT_YET;
  private volatile List<String> obstacles = List.of();
  private HttpConfig chosen = HttpConfig.defaults();
  private @Nullable HttpServer server;

  /// What ends before the server does, and after it.
  private final List<Runnable> endings = new ArrayList<>();

  private final List<Runnable> lastEndings = new ArrayList<>();

  /// @param home of the database
  /// @param keys that all processes share which serve the app
  /// @param mode decides what becomes of mails
  ServedApp(
      Path folder,
      Database database,
      AppData home,
      NodeKeys keys,
      Map<String, String> environment,
      Mode mode) {
    this.folder = folder;
    this.database = database;
    this.data = home.folder();
    this.wiring = new Wiring(keys.wiring());
    this.backups = home.file().map(f -> new AppBackups(f, clock, AppBackups.key(environment)));
    this.audit = new Audit(data, wiring.journal(), keys.audit(), Engineroom.ways(database));
    this.admin =
        new AdminDoor(
            backups(),
            () -> new Outbox(posting(), clock),
            this::records,
            () -> audit.verify(records()));
    this.environment = environment;
    this.mode = mode;
    this.throttle = throttle();
  }

  private Throttle throttle() {
    LongSupplier nanos = () -> 1_000_000 * clock.millis();
    return database.shared()
        ? Throttle.together(Rates.defaults(), nanos, new SecureRandom())
        : new Throttle(Rates.defaults(), nanos, new SecureRandom());
  }

  /// Takes the first model.
  ///
  /// @param seeded whether an empty database gets the rows of `seed/`
  void first(Reading.Good good, boolean seeded) {
    var given = mode == Mode.DEVELOPMENT || database.fresh();
    var store = given ? database.store(good.model()) : database.storeAsItIs(good.model());
    if (seeded && database.duty("seed").ours()) {
      var progress = Progress.ofTerminal(System.err);
      new SeedRun(wiring, store, clock, progress).intoEmpty(folder.resolve("seed"));
    }
    serve(store, good);
  }

  private void serve(Store store, Reading.Good good) {
    settings = mode == Mode.DEVELOPMENT ? good.settings().withOpenSchema() : good.settings();
    var served = wiring.engine(store);
    var mails = new AccountMails(() -> new Outbox(posting(), clock), this::origin);
    var people = wiring.accounts(served, settings, mails);
    var next = wiring.doors(served, settings, people, admin, throttle);
    throttle.follow(settings.rates());
    if (server != null) {
      server.follow(with(chosen, settings));
    }
    open =
        mode == Mode.DEVELOPMENT
            ? new InboxDoor(new Inbox(this::mail), new AccountDoor(next))
            : next;
    doors.replace(open);
    engine.set(served);
    accounts.set(people);
    backups.ifPresent(own -> own.follow(good.model().name(), settings.backups()));
    model.set(good.model());
  }

  /// Listens.
  ///
  /// @param chosen on the command line; the model's settings are added
  App.Running serve(HttpConfig chosen, AdministratorKey key) {
    this.chosen = chosen;
    var authentication = new Authentication(key::matches, () -> accounts().callers());
    server =
        HttpServer.start(
            with(chosen, settings),
            new HttpParts(
                PositionedDoors.over(doors, database),
                authentication,
                checks(),
                clock,
                new SecureRandom(),
                throttle));
    return this;
  }

  private List<Check> checks() {
    return DatabaseChecks.of(database, new Check("store", this::storeAnswers, this::differences));
  }

  /// Makes backups when the command line asks for one.
  void answerBackups() {
    var control = BackupDesk.answering(data, backups(), Map.of(AUDIT, this::verified));
    if (control != null) {
      endings.add(control::close);
    }
  }

  private Backups backups() {
    return backups.isPresent() ? backups.get() : new OtherBackups();
  }

  /// Makes backups when they are due, or says whose they are to make.
  void scheduleBackups() {
    if (backups.isPresent()) {
      endings.add(BackupClock.start(backups.get())::close);
    } else if (settings.backups() != null) {
      System.err.println("Note: no backups are made. " + OtherBackups.WHAT);
      System.err.println("  " + OtherBackups.WAY_OUT + " settings.backups: off ends this note.");
    }
  }

  /// Forgets what is over.
  void purge() {
    var purges = PurgeClock.all(this::engine, this::accounts);
    endings.add(new PurgeClock(purges, clock, duty("trash")).start()::close);
  }

  private Engine engine() {
    return Objects.requireNonNull(engine.get());
  }

  private Accounts accounts() {
    return Objects.requireNonNull(accounts.get());
  }

  /// Sends mails, or says why none is.
  void sendMails() {
    endings.add(new MailClock(this::mail, clock, duty("mail")).start()::close);
    if (posting() == Posting.KEEP) {
      System.err.println(
          "Note: mails are kept in the outbox and not sent: settings.mail.smtp names no server.");
    }
  }

  private Posting posting() {
    if (mode == Mode.DEVELOPMENT) {
      return Posting.SHOW;
    }
    return settings.mail().smtp() == null ? Posting.KEEP : Posting.SEND;
  }

  /// What links in mails begin with; in `dev`, where none is set, they lead to a page of ours.
  private String origin() {
    var set = settings.mail().origin();
    if (set != null) {
      return set;
    }
    return mode == Mode.DEVELOPMENT && server != null ? "http://localhost:" + server.port() : "";
  }

  private Served mail() {
    var current = Objects.requireNonNull(model.get());
    var mails = settings.mail();
    return new Served(
        records(), posting(), mails, new Templates(folder, current.name(), mails.language()));
  }

  private ControlLine.Reply verified() {
    var report = audit.verify(records());
    return new ControlLine.Reply(report.good(), report.lines());
  }

  /// Takes what is changed into the audit log.
  void keepAudit() {
    lastEndings.add(
        new AuditClock(
                    audit,
                    () -> new AuditClock.Served(engine(), settings.audit()),
                    clock,
                    duty("audit"))
                .start()
            ::close);
  }

  /// Saves what is used of the limits.
  void keepLimits() {
    lastEndings.add(
        new ThrottleKeeper(throttle, this::records, clock, database.use().orElse(null)).start()
            ::close);
  }

  /// The rows of the model that is served at the moment, for the program.
  private Records records() {
    var current = engine();
    return new Records(current.model(), current, Call.ofProgram(clock.instant()));
  }

  private static HttpConfig with(HttpConfig chosen, Settings settings) {
    var usual = Limits.defaults();
    var limits =
        new Limits(
            settings.limits().bodyBytes(),
            usual.headerBytesMax(),
            usual.headersMax(),
            usual.urlBytesMax(),
            settings.limits().request(),
            usual.connectionsMax(),
            usual.requestsMax(),
            settings.limits().importBytes(),
            settings.limits().streamBytes());
    var origins = new HashSet<>(chosen.origins());
    origins.addAll(settings.origins());
    return chosen.within(limits).forOrigins(origins).behind(new Proxies(settings.proxies()));
  }

  private boolean storeAnswers() {
    var current = model.get();
    return current != null && obstacles.isEmpty() && database.obstacles(current).isEmpty();
  }

  private String differences() {
    return obstacles.isEmpty()
        ? ""
        : "The database was migrated to another model than this process has: "
            + String.join("; ", obstacles);
  }

  /// Whether something is this process's to do, of all that serve the app.
  private BooleanSupplier duty(String name) {
    var duty = database.duty(name);
    duties.add(duty);
    return () -> obstacles.isEmpty() && duty.ours();
  }

  /// Sees when another process migrates the database.
  void watchModel() {
    if (database.shared()) {
      endings.addFirst(new ModelWatch(new Watched()).start()::close);
    }
  }

  private final class Watched implements ModelWatch.Served {
    @Override
    public List<String> obstacles() {
      return database.obstacles(Objects.requireNonNull(model.get()));
    }

    @Override
    public boolean takesFiles() {
      if (!(ModelReader.read(folder, environment, wiring.schemas()) instanceof Reading.Good good)
          || !database.obstacles(good.model()).isEmpty()) {
        return false;
      }
      serve(database.storeAsItIs(good.model()), good);
      return true;
    }

    @Override
    public void halts(List<String> why) {
      obstacles = why;
      doors.replace(new Halted(why));
      duties.forEach(Duty::leave);
    }

    @Override
    public void goesOn() {
      obstacles = List.of();
      doors.replace(open);
    }
  }

  @Override
  public int port() {
    return Objects.requireNonNull(server, "the app is not served yet").port();
  }

  @Override
  public Reloaded reload() {
    var reading = ModelReader.read(folder, environment, wiring.schemas());
    return switch (reading) {
      case Reading.Bad(var mistakes) -> new Reloaded(List.of(), Excerpt.of(folder, mistakes));
      case Reading.Good good -> take(good);
    };
  }

  private Reloaded take(Reading.Good good) {
    var before = model.get();
    try {
      serve(database.store(good.model()), good);
    } catch (ProblemException e) {
      return new Reloaded(List.of(), Engineroom.told(e));
    }
    return new Reloaded(
        before == null ? List.of() : ModelDifference.between(before, good.model()), List.of());
  }

  @Override
  public void close() {
    endings.forEach(Runnable::run);
    if (server != null) {
      server.close();
    }
    lastEndings.forEach(Runnable::run);
    database.close();
  }
}
