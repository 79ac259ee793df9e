package engineroom.server;

import engineroom.Engine;
import engineroom.data.Ids;
import engineroom.door.batch.BatchDoor;
import engineroom.door.batch.Counting;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.openapi.DocsPage;
import engineroom.door.openapi.Limits;
import engineroom.door.openapi.OpenApiDoor;
import engineroom.door.query.ListReader;
import engineroom.door.query.QuerySettings;
import engineroom.door.query.QuerySettings.ExpandLimits;
import engineroom.door.query.QuerySettings.FilterLimits;
import engineroom.door.query.Visibility;
import engineroom.door.rest.RestDoor;
import engineroom.door.retry.Retries;
import engineroom.door.transfer.TransferDoor;
import engineroom.http.Handler;
import engineroom.json.JsonLimits;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.Settings;
import engineroom.operation.Call;
import engineroom.store.Store;
import engineroom.transfer.Exporter;
import engineroom.transfer.Importer;
import engineroom.transfer.Undo;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The object graph of one model's program, from the store up to the doors.
public final class Wiring {
  private static final int BATCH_MAX = 100;

  private final Ids ids;
  private final SchemaCheck schemas = new SchemaCheck();
  private final CursorSeal seal;

  /// @param cursorKey seals cursors: 32 bytes that stay the same across starts
  public Wiring(byte[] cursorKey) {
    this(cursorKey, InstantSource.system(), new SecureRandom());
  }

  /// With a clock and chance of the caller's, for answers that are the same each time.
  ///
  /// @param clock ids of new rows begin with its time
  public Wiring(byte[] cursorKey, InstantSource clock, RandomGenerator random) {
    seal = new CursorSeal(cursorKey);
    ids = new Ids(clock, random);
  }

  /// The ids of new rows.
  Ids ids() {
    return ids;
  }

  /// Checks JSON fields; the model's defaults too.
  SchemaCheck schemas() {
    return schemas;
  }

  /// The engine of a store's model.
  public Engine engine(Store store) {
    return new Engine(store, schemas, ids);
  }

  /// Everything that answers requests about rows.
  public Handler doors(Engine engine, Settings settings) {
    return doors(engine, settings, null, Counting.NONE);
  }

  /// Everything that answers requests.
  ///
  /// @param admin answers administrators; null where nobody does
  /// @param counting counts the requests of batches
  Handler doors(Engine engine, Settings settings, @Nullable Handler admin, Counting counting) {
    var restSettings = rest(settings.limits());
    var rest = new RestDoor(engine, engine.model(), new Sights(engine), restSettings, seal);
    var openApi =
        new OpenApiDoor(
            engine.model(),
            call -> CallerSight.of(engine.grants(call), call.caller()),
            limits(restSettings));
    var batch = new BatchDoor(rest, JsonLimits.defaults(), BATCH_MAX, counting);
    var api =
        new Retries(
            engine,
            (request, runner) ->
                request.path().equals(BatchDoor.PATH)
                    ? batch.handle(request, runner)
                    : rest.handle(request, runner));
    return new Doors(api, transfer(engine, restSettings), openApi, new DocsPage(), admin);
  }

  private TransferDoor transfer(Engine engine, QuerySettings settings) {
    var model = engine.model();
    var tools =
        new TransferDoor.Tools(
            new Importer(model, engine, ids),
            new Undo(model, engine, engine::changes),
            new Exporter(engine),
            new ListReader(settings, seal));
    return new TransferDoor(model, new Sights(engine), tools);
  }

  private static Limits limits(QuerySettings rest) {
    return new Limits(
        rest.pageDefault(),
        rest.pageMax(),
        rest.json().arrayLength(),
        RestDoor.FOUND_ROWS_MAX,
        BATCH_MAX);
  }

  private static QuerySettings rest(Settings.Limits limits) {
    return new QuerySettings(
        Math.min(50, limits.pageRows()),
        limits.pageRows(),
        new FilterLimits(limits.filterNodes(), limits.filterDepth()),
        limits.sortKeys(),
        new ExpandLimits(limits.expandDepth(), limits.expandPaths()),
        JsonLimits.defaults());
  }

  /// What the engine lets callers know of, as the REST door asks for it.
  private record Sights(Engine engine) implements Visibility {
    @Override
    public Set<String> names(Call call, String entity) {
      return engine.grants(call).names(entity);
    }

    @Override
    public Set<String> writable(Call call, String entity) {
      return engine.grants(call).writable(entity);
    }
  }
}
