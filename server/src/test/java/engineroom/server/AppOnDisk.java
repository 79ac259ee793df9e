package engineroom.server;

import engineroom.Engine;
import engineroom.http.Handler;
import engineroom.http.Problems;
import engineroom.http.Response;
import engineroom.http.Sent;
import engineroom.json.SchemaCheck;
import engineroom.migrate.MigrationPlan.Loss;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.ProblemException;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// An app over a file, through restarts, changes of the model, and time; asked without the network.
final class AppOnDisk implements AutoCloseable {
  private final Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-21T12:00:00Z"));
  private @Nullable SqliteDatabase database;
  private @Nullable Engine engine;
  private @Nullable Handler doors;

  AppOnDisk(Path folder) {
    this.folder = folder;
  }

  /// Begins with a model, or goes on with it after a stop.
  void start(String entities) {
    close();
    var good = model(entities);
    var opened = SqliteDatabase.open(folder.resolve("data/app.db"));
    opened.migrate(good.model(), Loss.ALLOWED);
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]), clock, new Random(1));
    database = opened;
    var begun = wiring.engine(opened.store(good.model()));
    engine = begun;
    doors = wiring.doors(begun, good.settings());
  }

  private Reading.Good model(String entities) {
    var text = "engineroom: 1\nname: App\nstore: sqlite:data/app.db\nentities:\n";
    try {
      Files.writeString(folder.resolve("engineroom.yaml"), text + entities.indent(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return switch (ModelReader.read(folder, Map.of(), new SchemaCheck())) {
      case Reading.Good good -> good;
      case Reading.Bad(var mistakes) -> throw new AssertionError(mistakes.toString());
    };
  }

  Engine engine() {
    return Objects.requireNonNull(engine);
  }

  Handler doors() {
    return Objects.requireNonNull(doors);
  }

  ManualClock clock() {
    return clock;
  }

  /// Status and body of the answer, a refusal's too.
  String send(Caller caller, String method, String path, String body) {
    Map<String, String> headers =
        body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json");
    var response = response(caller, new Sent(method, path, headers, body));
    return (response.status() + " " + Sent.text(response)).strip();
  }

  Response response(Caller caller, Sent sent) {
    var now = clock.instant();
    var call = new Call(caller, now, sent.method(), "127.0.0.1", "r", Duration.ofSeconds(60));
    try {
      return sent.to(Objects.requireNonNull(doors), call);
    } catch (ProblemException refused) {
      return Problems.response(refused.problem(), "r");
    }
  }

  String admin(String method, String path) {
    return send(Caller.Administrator.ADMINISTRATOR, method, path, "");
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
