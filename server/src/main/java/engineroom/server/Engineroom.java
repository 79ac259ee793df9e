package engineroom.server;

import engineroom.app.AccessWork;
import engineroom.app.AdministratorKey;
import engineroom.app.App;
import engineroom.app.BackupWork;
import engineroom.app.Progress;
import engineroom.audit.Audit;
import engineroom.backup.BackupDesk;
import engineroom.backup.ControlLine;
import engineroom.door.admin.AdminDoor;
import engineroom.door.auth.AuthDoor;
import engineroom.door.batch.BatchDoor;
import engineroom.door.graphql.GraphQlDoor;
import engineroom.door.rest.RestDoor;
import engineroom.door.rest.RestDoor.Route;
import engineroom.door.transfer.TransferDoor;
import engineroom.generate.TypeScriptClient;
import engineroom.http.Handler;
import engineroom.http.HttpConfig;
import engineroom.http.HttpServer;
import engineroom.json.SchemaCheck;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.modelfile.Excerpt;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.modelfile.ModelSchema;
import engineroom.operation.Call;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.problem.Violation;
import engineroom.records.Records;
import engineroom.stores.sqlite.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The program behind the commands.
public final class Engineroom implements App {
  private static final String SEED = "seed";

  private final InstantSource clock = InstantSource.system();

  @Override
  public Checked check(Path folder) {
    return switch (read(folder)) {
      case Reading.Good(var model, _, var warnings) ->
          new Checked(summary(model), warnings, List.of());
      case Reading.Bad(var mistakes) -> new Checked("", List.of(), Excerpt.of(folder, mistakes));
    };
  }

  /// Does what shortens the start while the model is read. Whatever fails of it fails again, and is
  /// told, where it is needed.
  private static void aside(Runnable work) {
    var thread = Thread.ofPlatform().daemon().name("start-aside").unstarted(work);
    thread.setUncaughtExceptionHandler((_, _) -> {});
    thread.start();
  }

  private static String summary(Model model) {
    var fields = model.entities().values().stream().mapToInt(e -> e.fields().size()).sum();
    return model.name() + ": " + model.entities().size() + " entities, " + fields + " fields.";
  }

  @Override
  public String schema() {
    return ModelSchema.text();
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
      case TYPESCRIPT -> TypeScriptClient.files(model);
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
    if (entity.access().whose() == Entity.Access.Whose.READ_BY_ADMINISTRATORS) {
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
    var file = file(good.model(), folder, null);
    try (var database = SqliteDatabase.open(file, rules());
        var store = database.store(good.model())) {
      var wiring = new Wiring(SavedKey.all(folder(file)));
      var seeding = new SeedRun(wiring, store, clock, progress);
      return (int) (files.isEmpty() ? seeding.folder(folder.resolve(SEED)) : seeding.files(files));
    } catch (ProblemException e) {
      throw new ConfigException(told(e));
    }
  }

  @Override
  public Opened open(Path folder, @Nullable Path data) {
    var good = good(folder);
    var file = file(good.model(), folder, data);
    boolean fresh = !Files.exists(file);
    var database = open(file);
    try {
      if (!fresh) {
        new Migrations(database, good.model()).before(Mode.PRODUCTION);
      }
      var wiring = new Wiring(SavedKey.all(folder(file)));
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
  private record OpenedApp(SqliteDatabase database, Handler doors) implements Opened {
    @Override
    public void close() {
      database.close();
    }
  }

  private static FieldRules rules() {
    return new FieldRules(new SchemaCheck());
  }

  @Override
  public Plan plan(Path folder, @Nullable Path data) {
    var model = good(folder).model();
    try {
      return Migrations.told(SqliteDatabase.plan(file(model, folder, data), model, rules()));
    } catch (ProblemException e) {
      throw new ConfigException(told(e));
    }
  }

  @Override
  public Migrated migrate(Path folder, @Nullable Path data, Losing losing) {
    var model = good(folder).model();
    try (var database = open(file(model, folder, data))) {
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
    var file = file(good.model(), folder, data);
    var reply = ControlLine.send(folder(file), ServedApp.AUDIT);
    if (reply.isPresent()) {
      return new Verified(reply.get().done(), reply.get().lines());
    }
    if (!Files.exists(file)) {
      var hint = "Start the app once, or name its data folder with --data.";
      throw new ConfigException(List.of("There is no database " + file + ". " + hint));
    }
    try (var database = open(file)) {
      new Migrations(database, good.model()).before(Mode.PRODUCTION);
      var wiring = new Wiring(SavedKey.all(folder(file)));
      var engine = wiring.engine(database.store(good.model()));
      var records = new Records(good.model(), engine, Call.ofProgram(clock.instant()));
      var report = new Audit(folder(file), wiring.journal()).verify(records);
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
          return new BackupDesk.App(model, file(model, project.folder(), project.data()));
        },
        clock);
  }

  @Override
  public Running start(Path folder, ServeOptions options) {
    checkCertificate(options.http());
    aside(SqliteDatabase::load);
    aside(HttpServer::load);
    var good = good(folder);
    good.warnings().forEach(warning -> System.err.println("Note: " + warning));
    var file = file(good.model(), folder, options.data());
    var data = folder(file);
    var key = AdministratorKey.open(data, chosen(options), new SecureRandom(), System.err);
    boolean fresh = !Files.exists(file);
    var database = open(file);
    try {
      if (!fresh) {
        new Migrations(database, good.model()).before(options.mode());
      }
      var wiring = new Wiring(SavedKey.all(data));
      var served = new ServedApp(folder, database, file, wiring, environment(), options.mode());
      served.first(good, options.seeding() == App.Seeding.WHEN_EMPTY);
      var running = served.serve(options.http(), key);
      served.answerBackups();
      served.purgeTrash();
      served.sendMails();
      served.keepLimits();
      served.keepAudit();
      if (options.mode() == Mode.PRODUCTION) {
        served.scheduleBackups();
      }
      return running;
    } catch (ProblemException e) {
      database.close();
      throw new ConfigException(told(e));
    } catch (ConfigException e) {
      database.close();
      if (fresh) {
        forget(file);
      }
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

  private static SqliteDatabase open(Path file) {
    try {
      return SqliteDatabase.open(file, rules());
    } catch (ProblemException e) {
      throw new ConfigException(told(e));
    }
  }

  /// A database that a refused seed left half full was made by this start: the next one begins
  /// again.
  private static void forget(Path file) {
    for (var ending : List.of("", "-wal", "-shm")) {
      try {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
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

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file of an app is in a folder");
  }

  /// The database's file: in the folder, or in another data folder under its own name.
  private static Path file(Model model, Path folder, @Nullable Path data) {
    var written = Path.of(model.store().substring("sqlite:".length()));
    return data == null
        ? folder.resolve(written).toAbsolutePath()
        : data.resolve(written.getFileName()).toAbsolutePath();
  }
}
