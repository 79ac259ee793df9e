package engineroom.server;

import engineroom.Engine;
import engineroom.app.App;
import engineroom.app.Progress;
import engineroom.audit.Audit;
import engineroom.audit.AuditClock;
import engineroom.audit.AuditClock.Served;
import engineroom.backup.AppBackups;
import engineroom.backup.BackupClock;
import engineroom.backup.BackupDesk;
import engineroom.backup.ControlLine;
import engineroom.door.admin.AdminDoor;
import engineroom.http.Authenticator;
import engineroom.http.Handler;
import engineroom.http.HttpConfig;
import engineroom.http.HttpParts;
import engineroom.http.HttpServer;
import engineroom.http.Limits;
import engineroom.http.Proxies;
import engineroom.http.SwitchHandler;
import engineroom.model.Model;
import engineroom.modelfile.Excerpt;
import engineroom.modelfile.ModelDifference;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.modelfile.Rates;
import engineroom.modelfile.Settings;
import engineroom.operation.Call;
import engineroom.problem.ProblemException;
import engineroom.records.Records;
import engineroom.store.Store;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.throttle.Throttle;
import engineroom.throttle.ThrottleKeeper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
  private final SqliteDatabase database;
  private final Path file;
  private final Wiring wiring;
  private final Map<String, String> environment;
  private final InstantSource clock = InstantSource.system();
  private final SwitchHandler doors = new SwitchHandler(NOT_YET);
  private final AppBackups backups;
  private final Handler admin;
  private final AtomicReference<@Nullable Model> model = new AtomicReference<>();
  private final AtomicReference<@Nullable Engine> engine = new AtomicReference<>();
  private final Throttle throttle;
  private final Audit audit;
  private volatile Settings settings = Settings.defaults();
  private HttpConfig chosen = HttpConfig.defaults();
  private @Nullable HttpServer server;
  private @Nullable ControlLine control;
  private @Nullable BackupClock backupClock;
  private @Nullable TrashClock trashClock;
  private @Nullable ThrottleKeeper throttleKeeper;
  private @Nullable AuditClock auditClock;

  /// @param file of the database
  ServedApp(
      Path folder,
      SqliteDatabase database,
      Path file,
      Wiring wiring,
      Map<String, String> environment) {
    this.folder = folder;
    this.database = database;
    this.file = file;
    this.backups = new AppBackups(file, clock);
    this.audit = new Audit(Objects.requireNonNull(file.getParent(), "a database is in a folder"));
    this.admin = new AdminDoor(backups, () -> audit.verify(records()));
    this.wiring = wiring;
    this.environment = environment;
    this.throttle =
        new Throttle(Rates.defaults(), () -> 1_000_000 * clock.millis(), new SecureRandom());
  }

  /// Takes the first model.
  ///
  /// @param seeded whether an empty database gets the rows of `seed/`
  void first(Reading.Good good, boolean seeded) {
    var store = database.store(good.model());
    if (seeded) {
      var progress = Progress.ofTerminal(System.err);
      new SeedRun(wiring, store, clock, progress).intoEmpty(folder.resolve("seed"));
    }
    serve(store, good);
  }

  private void serve(Store store, Reading.Good good) {
    settings = good.settings();
    var served = wiring.engine(store);
    var next = wiring.doors(served, settings, admin, throttle);
    throttle.follow(settings.rates());
    if (server != null) {
      server.follow(with(chosen, settings));
    }
    doors.replace(new AuditedDoors(next, audit, served));
    engine.set(served);
    backups.follow(good.model().name(), settings.backups());
    model.set(good.model());
  }

  /// Listens.
  ///
  /// @param chosen on the command line; the model's settings are added
  App.Running serve(HttpConfig chosen, Authenticator authenticator) {
    this.chosen = chosen;
    server =
        HttpServer.start(
            with(chosen, settings),
            new HttpParts(
                doors,
                authenticator,
                List.of(new HttpParts.Check("store", this::storeAnswers)),
                clock,
                new SecureRandom(),
                throttle));
    return this;
  }

  /// Makes backups when the command line asks for one.
  void answerBackups() {
    control = BackupDesk.answering(file, backups, Map.of(AUDIT, this::verified));
  }

  /// Makes backups when they are due.
  void scheduleBackups() {
    backupClock = BackupClock.start(backups);
  }

  /// Forgets deleted rows when their time is over.
  void purgeTrash() {
    trashClock = new TrashClock(() -> Objects.requireNonNull(engine.get()), clock).start();
  }

  private ControlLine.Reply verified() {
    var report = audit.verify(records());
    return new ControlLine.Reply(report.good(), report.lines());
  }

  /// Takes what is changed into the audit log.
  void keepAudit() {
    auditClock =
        new AuditClock(
                audit,
                () -> new Served(Objects.requireNonNull(engine.get()), settings.audit()),
                clock)
            .start();
  }

  /// Saves what is used of the limits.
  void keepLimits() {
    throttleKeeper = new ThrottleKeeper(throttle, this::records, clock).start();
  }

  /// The rows of the model that is served at the moment, for the program.
  private Records records() {
    var current = Objects.requireNonNull(engine.get());
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
            settings.limits().importBytes());
    var origins = new HashSet<>(chosen.origins());
    origins.addAll(settings.origins());
    return chosen.within(limits).forOrigins(origins).behind(new Proxies(settings.proxies()));
  }

  private boolean storeAnswers() {
    var current = model.get();
    return current != null && database.planned(current).isEmpty();
  }

  @Override
  public int port() {
    if (server == null) {
      throw new IllegalStateException("the app is not served yet");
    }
    return server.port();
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
    if (control != null) {
      control.close();
    }
    if (backupClock != null) {
      backupClock.close();
    }
    if (trashClock != null) {
      trashClock.close();
    }
    if (server != null) {
      server.close();
    }
    if (auditClock != null) {
      auditClock.close();
    }
    if (throttleKeeper != null) {
      throttleKeeper.close();
    }
    database.close();
  }
}
