package engineroom.server;

import engineroom.app.AccessWork;
import engineroom.app.AdministratorKey;
import engineroom.app.App;
import engineroom.app.BackupWork;
import engineroom.app.CopyWork;
import engineroom.app.Progress;
import engineroom.audit.Audit;
import engineroom.audit.Ways;
import engineroom.backup.AppBackups;
import engineroom.backup.BackupDesk;
import engineroom.backup.ControlLine;
import engineroom.backup.OtherBackups;
import engineroom.door.admin.AdminDoor;
import engineroom.door.auth.AuthDoor;
import engineroom.door.batch.BatchDoor;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.graphql.GraphQlDoor;
import engineroom.door.rest.RestDoor;
import engineroom.door.rest.RestDoor.Route;
import engineroom.door.transfer.TransferDoor;
import engineroom.generate.javaclient.JavaClient;
import engineroom.generate.typescript.TypeScriptClient;
import engineroom.http.Handler;
import engineroom.http.HttpConfig;
import engineroom.http.HttpServer;
import engineroom.json.SchemaCheck;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.modelfile.AccessFileSchema;
import engineroom.modelfile.Excerpt;
import engineroom.modelfile.Mistake;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.modelfile.ModelSchema;
import engineroom.operation.Call;
import engineroom.problem.ProblemException;
import engineroom.problem.Violation;
import engineroom.records.Records;
import engineroom.stores.Database;
import engineroom.stores.sqlite.SqliteDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The program behind the commands.
public final class Engineroom implements App {
  private static final String SEED = "seed";

  private final InstantSource clock = InstantSource.system();

  @Override
  public Checked check(Path folder) {
    return switch (read(folder)) {
      case Reading.Good good -> {
        var mistakes = Excerpt.of(folder, operations(good));
        yield mistakes.isEmpty()
            ? new Checked(summary(good.model()), good.warnings(), List.of())
            : new Checked("", List.of(), mistakes);
      }
      case Reading.Bad(var mistakes) -> new Checked("", List.of(), Excerpt.of(folder, mistakes));
    };
  }

  /// What is wrong with the GraphQL documents that the owner wrote down.
  private List<Mistake> operations(Reading.Good good) {
    var settings = good.settings().graphQl();
    return settings.use().operations() == null
        ? List.of()
        : GraphQlDoor.mistakes(good.model(), settings, Wiring.administrator(good.model()));
  }

  /// Does what shortens the start while the model is read. Whatever fails of it fails again, and is
  /// told, where it is needed.
  private static void aside(Runnable work) {
    var thread = Thread.ofPlatform().daemon().name("start-aside").unstarted(work);
    thread.setUncaughtExceptionHandler((_, _) -> {});
    thread.start();
  }

  /// Makes ready what every start needs of Java, and Java is slow about: the log, decimal numbers,
  /// seals.
  private static void load() {
    var _ = System.getLogger("engineroom.start").isLoggable(System.Logger.Level.INFO);
    var _ = BigDecimal.TEN.precision();
    var _ = new CursorSeal(new byte[32]);
  }

  private static String summary(Model model) {
    var fields = model.entities().values().stream().mapToInt(e -> e.fields().size()).sum();
    return model.name() + ": " + model.entities().size() + " entities, " + fields + " fields.";
  }

  @Override
  public String schema(Files files) {
    return switch (files) {
      case MODEL -> ModelSchema.text();
      case TESTS -> AccessFileSchema.text();
    };
  }

  @Override
  public List<String> routes(Path folder) {
    var model = good(folder).model();
    var routes = new ArrayList<String>();
    model.entities().values().stream()
        .filter(entity -> entity.access().whose() != Entity.Access.Whose.PROGRAM)
        .forEach(entity -> routes(model, entity, routes));
    routes.add("%-7s %s".formatted("POST", BatchDoor.PATH));
    routes.add("%-7s %s".formatted("GET", "/api/imports"));
    routes.add("%-7s %s".formatted("DELETE", "/api/imports/{id}"));
    for (var door : List.of(AuthDoor.ROUTES, AdminDoor.ROUTES)) {
      door.forEach(route -> routes.add("%-7s %s".formatted(route.method(), route.path())));
    }
    GraphQlDoor.ROUTES.forEach(routes::add);
    for (var path : List.of("/openapi.json", "/docs", "/health", "/ready")) {
      routes.add("%-7s %s".formatted("GET", path));
    }
    return routes;
  }

  @Override
  public Map<String, String> client(Path folder, Language language) {
    var model = good(folder).model();
    return switch (language) {
      case Language.TypeScript _ -> TypeScriptClient.files(model);
      case Language.Java(var packageName) -> JavaClient.files(model, packageName);
    };
  }

  private static void routes(Model model, Entity entity, List<String> routes) {
    for (var route : routes(entity)) {
      var path = route.path().replace("{plural}", entity.plural());
      if (!path.contains("{list}")) {
        add(routes, route, path, entity);
        continue;
      }
      for (var list : entity.lists().values()) {
        var row = model.entity(list.entity());
        add(routes, route, path.replace("{list}", list.name()), row);
      }
    }
  }

  private static List<Route> routes(Entity entity) {
    var routes = new ArrayList<>(RestDoor.ROUTES);
    if (entity.life().trash() != null) {
      routes.addAll(RestDoor.TRASH_ROUTES);
    }
    if (!entity.life().history()) {
      routes.removeIf(route -> route.path().contains("/history"));
    }
    routes.addAll(TransferDoor.ROUTES);
    if (entity.readOnly()
        || entity.access().whose() == Entity.Access.Whose.READ_BY_ADMINISTRATORS) {
      routes.removeIf(route -> !route.method().equals("GET") && !route.method().equals("QUERY"));
    }
    return routes;
  }

  /// Adds a route, unless it changes or deletes rows that are added only.
  private static void add(List<String> routes, Route route, String path, Entity row) {
    boolean changes = route.method().equals("PATCH") || route.method().equals("DELETE");
    if (!(changes && row.life().appendOnly())) {
      routes.add("%-7s %s".formatted(route.method(), path));
    }
  }

  @Override
  public int seed(Path folder, List<Path> files, Progress progress) {
    var good = good(folder);
    var data = AppData.of(good.model(), folder, null);
    try (var database = data.open();
        var store = database.store(good.model())) {
      var wiring = new Wiring(keys(database, data.folder()).wiring());
      var seeding = new SeedRun(wiring, store, clock, progress);
      return (int) (files.isEmpty() ? seeding.folder(folder.resolve(SEED)) : seeding.files(files));
    } catch (ProblemException e) {
      throw new ConfigException(told(e));
    }
  }

  @Override
  public Opened open(Path folder, @Nullable Path data) {
    var good = good(folder);
    var home = AppData.of(good.model(), folder, data);
    var database = home.open();
    try {
      if (!database.fresh()) {
        new Migrations(database, good.model()).before(Mode.PRODUCTION);
      }
      var wiring = new Wiring(keys(database, home.folder()).wiring());
      var engine = wiring.engine(database.store(good.model()));
      return new OpenedApp(database, wiring.doors(engine, good.settings()));
    } catch (ProblemException e) {
      database.close();
      throw new ConfigException(told(e));
    } catch (ConfigException e) {
      database.close();
      throw e;
    }
  }

  /// An app whose database is open, and that listens to nobody.
  private record OpenedApp(Database database, Handler doors) implements Opened {
    @Override
    public void close() {
      database.close();
    }
  }

  @Override
  public Plan plan(Path folder, @Nullable Path data) {
    var model = good(folder).model();
    try {
      return Migrations.told(AppData.of(model, folder, data).plan(model));
    } catch (ProblemException e) {
      throw new ConfigException(told(e));
    }
  }

  @Override
  public Migrated migrate(Path folder, @Nullable Path data, Losing losing) {
    new OwnDesk(folder, data).finish().ifPresent(System.err::println);
    var model = good(folder).model();
    try (var database = AppData.of(model, folder, data).open()) {
      return new Migrations(database, model).migrate(losing);
    } catch (ProblemException e) {
      throw new ConfigException(told(e));
    }
  }

  @Override
  public AccessWork access() {
    return new AccessDesk();
  }

  @Override
  public Verified verifyAudit(Path folder, @Nullable Path data) {
    var good = good(folder);
    var home = AppData.of(good.model(), folder, data);
    var reply = ControlLine.send(home.folder(), ServedApp.AUDIT);
    if (reply.isPresent()) {
      return new Verified(reply.get().done(), reply.get().lines());
    }
    home.mustExist();
    try (var database = home.open()) {
      new Migrations(database, good.model()).before(Mode.PRODUCTION);
      var keys = keys(database, home.folder());
      var wiring = new Wiring(keys.wiring());
      var engine = wiring.engine(database.storeAsItIs(good.model()));
      var records = new Records(good.model(), engine, Call.ofProgram(clock.instant()));
      var report =
          new Audit(home.folder(), wiring.journal(), keys.audit(), ways(database)).verify(records);
      return new Verified(report.good(), report.lines());
    } catch (ProblemException e) {
      throw new ConfigException(told(e));
    }
  }

  @Override
  public BackupWork backups() {
    return new BackupDesk(
        project -> {
          var model = good(project.folder()).model();
          var home = AppData.of(model, project.folder(), project.data());
          return new BackupDesk.App(model, home.file().orElseThrow(Engineroom::noFile));
        },
        clock,
        AppBackups.key(environment()));
  }

  @Override
  public CopyWork copies() {
    return new CopyDesk();
  }

  @Override
  public Adopted adopt(String address, @Nullable Path out) {
    return new AdoptDesk(address).adopt(out);
  }

  @Override
  public Owned own(Path folder, @Nullable Path data, Owning owning) {
    return new OwnDesk(folder, data).own(owning);
  }

  private static ConfigException noFile() {
    return new ConfigException(List.of(OtherBackups.WHAT, OtherBackups.WAY_OUT));
  }

  @Override
  public Running start(Path folder, ServeOptions options) {
    checkCertificate(options.http());
    aside(SqliteDatabase::load);
    aside(HttpServer::load);
    aside(Engineroom::load);
    new OwnDesk(folder, options.data()).finish().ifPresent(System.err::println);
    var good = good(folder);
    good.warnings().forEach(warning -> System.err.println("Note: " + warning));
    var home = AppData.of(good.model(), folder, options.data());
    var data = home.folder();
    var key = AdministratorKey.open(data, chosen(options), new SecureRandom(), System.err);
    var database = home.open();
    try {
      Migrations.tellWeaknesses(database);
      if (!database.fresh()) {
        new Migrations(database, good.model()).before(options.mode());
      }
      var keys = keys(database, data);
      var served = new ServedApp(folder, database, home, keys, environment(), options.mode());
      served.first(good, options.seeding() == App.Seeding.WHEN_EMPTY);
      var running = served.serve(options.http(), key);
      served.answerBackups();
      served.purge();
      served.sendMails();
      served.keepLimits();
      served.keepAudit();
      served.watchModel();
      if (options.mode() == Mode.PRODUCTION) {
        served.scheduleBackups();
      }
      return running;
    } catch (ProblemException e) {
      database.forget();
      throw new ConfigException(told(e));
    } catch (ConfigException e) {
      database.forget();
      throw e;
    }
  }

  private static void checkCertificate(HttpConfig config) {
    try {
      HttpServer.check(config);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static char @Nullable [] chosen(ServeOptions options) {
    var key = options.administratorKey();
    return key == null ? null : key.toCharArray();
  }

  /// The keys of this process, which must be those of all that serve the app.
  private static NodeKeys keys(Database database, Path data) {
    var keys = NodeKeys.of(data, environment());
    if (database.shared()) {
      keys.sameAs(database.common(keys.fingerprints()));
    }
    return keys;
  }

  /// How requests come to other processes; null where there are none.
  static @Nullable Ways ways(Database database) {
    return database.notes().map(notes -> new Ways(notes, InstantSource.system())).orElse(null);
  }

  private static Map<String, String> environment() {
    return System.getenv();
  }

  static Reading read(Path folder) {
    return ModelReader.read(folder, environment(), new SchemaCheck());
  }

  static Reading.Good good(Path folder) {
    return switch (read(folder)) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new ConfigException(Excerpt.of(folder, mistakes));
    };
  }

  static List<String> texts(List<?> mistakes) {
    return mistakes.stream().map(Object::toString).toList();
  }

  /// A problem as lines to print.
  static List<String> told(ProblemException e) {
    var lines = new ArrayList<String>();
    lines.add(e.problem().title());
    for (Violation error : e.problem().errors()) {
      lines.add("  " + error.path() + " " + error.message());
    }
    var hint = e.problem().hint();
    if (hint != null) {
      lines.add(hint);
    }
    return lines;
  }
}
