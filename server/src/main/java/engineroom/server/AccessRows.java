package engineroom.server;

import engineroom.app.App;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.http.Handler;
import engineroom.json.JsonWriter;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.AccessFile;
import engineroom.modelfile.AccessFile.Fixture;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Caller;
import engineroom.operation.FieldRules;
import engineroom.operation.Input;
import engineroom.problem.ProblemException;
import engineroom.seed.SeedFolder;
import engineroom.seed.SeedMistake;
import engineroom.seed.SeedRefused;
import engineroom.store.Store;
import engineroom.stores.Database;
import engineroom.stores.sqlite.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// An app with the rows of one file of access tests, in a database that goes when this is closed.
final class AccessRows implements AutoCloseable {
  private final Path folder;
  private final Database database;
  private final Store store;
  private final Handler doors;

  private AccessRows(Path folder, Database database, Store store, Handler doors) {
    this.folder = folder;
    this.database = database;
    this.store = store;
    this.doors = doors;
  }

  static AccessRows of(Reading.Good good, AccessFile file) {
    try {
      var folder = Files.createTempDirectory("engineroom-access-test");
      var database =
          SqliteDatabase.open(folder.resolve("test.db"), new FieldRules(new SchemaCheck()));
      var store = database.store(good.model());
      var wiring = new Wiring(Wiring.Keys.of(new byte[32]));
      var engine = wiring.engine(store);
      var rows = new AccessRows(folder, database, store, wiring.doors(engine, good.settings()));
      rows.write(file, wiring);
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Handler doors() {
    return doors;
  }

  /// Somebody signed in; one who is in no row where there is no id.
  Caller user(String id, Set<String> roles) {
    Value key = new Value.Uuid(id.isEmpty() ? new UUID(0, 0) : UUID.fromString(id));
    var row =
        store
            .<Optional<Row>>write(transaction -> transaction.find("user", key))
            .orElseGet(() -> new Row(Map.of("id", key)));
    return new Caller.User(key, roles, Map.of(), row);
  }

  private void write(AccessFile file, Wiring wiring) throws IOException {
    var entities = new LinkedHashMap<String, List<Fixture>>();
    file.rows()
        .forEach(row -> entities.computeIfAbsent(row.entity(), _ -> new ArrayList<>()).add(row));
    var files = new ArrayList<Path>();
    for (var entity : entities.entrySet()) {
      var lines = entity.getValue().stream().map(row -> JsonWriter.text(row.values())).toList();
      files.add(Files.write(folder.resolve(entity.getKey() + ".ndjson"), lines));
    }
    try {
      seed(files, wiring);
    } catch (SeedRefused e) {
      close();
      throw new App.ConfigException(
          e.mistakes().stream().map(mistake -> told(mistake, entities)).toList());
    } catch (RefusedRow e) {
      close();
      var row = entities.getOrDefault(e.entity, List.of()).get(e.number);
      throw new App.ConfigException(told(e, row));
    }
  }

  /// Writes the rows one by one, so that a mistake is told of its row.
  private void seed(List<Path> files, Wiring wiring) {
    var _ =
        wiring
            .engine(store)
            .<Long>together(
                session -> {
                  var writer = new SeedWriter(session, store.model(), InstantSource.system());
                  var seeds = new SeedFolder(store.model(), writer, wiring.ids()::next);
                  var done = new HashMap<String, Integer>();
                  try {
                    return seeds.read(
                        files,
                        (entity, rows) -> rows.forEach(row -> write(writer, entity, row, done)),
                        (_, _, _) -> {});
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
  }

  private static void write(
      SeedWriter writer, String entity, Input row, Map<String, Integer> done) {
    int number = done.merge(entity, 1, Integer::sum) - 1;
    try {
      writer.accept(entity, List.of(row));
    } catch (ProblemException e) {
      throw new RefusedRow(entity, number, e);
    }
  }

  /// A row that can't be written.
  private static final class RefusedRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String entity;
    private final int number;
    private final transient ProblemException problem;

    RefusedRow(String entity, int number, ProblemException problem) {
      super(problem);
      this.entity = entity;
      this.number = number;
      this.problem = problem;
    }
  }

  private static String told(SeedMistake mistake, Map<String, List<Fixture>> entities) {
    var entity = mistake.file().replace(".ndjson", "");
    var row = entities.getOrDefault(entity, List.of()).get((int) mistake.line() - 1);
    var field = mistake.field() == null ? "" : mistake.field();
    return place(row, field) + ": " + (entity + "." + field + " " + mistake.message());
  }

  private static List<String> told(RefusedRow refused, Fixture row) {
    var problem = refused.problem.problem();
    var lines = new ArrayList<String>();
    for (var error : problem.errors()) {
      var name = refused.entity + (error.path().isEmpty() ? "" : "." + error.path());
      lines.add(place(row, error.path()) + ": " + name + " " + error.message() + ".");
    }
    if (lines.isEmpty()) {
      lines.add(place(row, "") + ": " + problem.title());
    }
    return lines;
  }

  private static String place(Fixture row, String field) {
    var whole = row.places().get("");
    return String.valueOf(row.places().getOrDefault(field, whole));
  }

  @Override
  public void close() {
    database.close();
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
