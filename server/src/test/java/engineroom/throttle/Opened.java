package engineroom.throttle;

import engineroom.Engine;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.operation.FieldRules;
import engineroom.records.Records;
import engineroom.server.Wiring;
import engineroom.store.MemoryStore;
import engineroom.stores.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/// An app's rows in a store, without doors.
public record Opened(Reading.Good model, Engine engine, Runnable closing) implements AutoCloseable {
  /// Where rows are kept.
  public enum Kind {
    MEMORY,
    SQLITE
  }

  public static Opened of(Kind kind, Path folder, String entities) throws IOException {
    var text = "engineroom: 1\nname: App\nstore: sqlite:data/app.db\nentities:\n";
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("engineroom.yaml"), text + entities.indent(2));
    var reading = ModelReader.read(folder, Map.of(), new SchemaCheck());
    if (!(reading instanceof Reading.Good good)) {
      throw new AssertionError("the model is wrong: " + reading);
    }
    var wiring = new Wiring(Wiring.Keys.of(new byte[32]));
    return switch (kind) {
      case MEMORY -> {
        var store = new MemoryStore(good.model());
        yield new Opened(good, wiring.engine(store), store::close);
      }
      case SQLITE -> {
        var file = folder.resolve("data/app.db");
        var database = SqliteDatabase.open(file, new FieldRules(new SchemaCheck()));
        yield new Opened(good, wiring.engine(database.store(good.model())), database::close);
      }
    };
  }

  public Records records(InstantSource clock) {
    return new Records(engine.model(), engine, Call.ofProgram(clock.instant()));
  }

  @Override
  public void close() {
    closing.run();
  }
}
