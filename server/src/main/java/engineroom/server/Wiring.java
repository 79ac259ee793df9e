package engineroom.server;

import engineroom.Engine;
import engineroom.Runner;
import engineroom.account.Accounts;
import engineroom.account.Mails;
import engineroom.account.password.HashLimits;
import engineroom.account.password.PasswordRules;
import engineroom.account.password.Passwords;
import engineroom.account.token.MasterKey;
import engineroom.audit.Journal;
import engineroom.data.Ids;
import engineroom.door.auth.AuthDoor;
import engineroom.door.batch.BatchDoor;
import engineroom.door.batch.Counting;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.graphql.GraphQlDoor;
import engineroom.door.graphql.schema.TypeNames;
import engineroom.door.graphql.work.Tools;
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
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonLimits;
import engineroom.json.SchemaCheck;
import engineroom.model.Model;
import engineroom.modelfile.Settings;
import engineroom.operation.Call;
import engineroom.store.MemoryStore;
import engineroom.store.Store;
import engineroom.transfer.Exporter;
import engineroom.transfer.Importer;
import engineroom.transfer.Undo;
import java.security.SecureRandom;
import java.time.Instant;
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
  private final Journal journal = new Journal();
  private final Accounts.Tools tools;

  /// The keys of one app: 32 bytes each that stay the same across starts.
  ///
  /// @param cursors seals cursors
  /// @param accounts what carries sessions is made from it
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
  public record Keys(byte[] cursors, byte[] accounts) {
    /// The same key for both.
    public static Keys of(byte[] key) {
      return new Keys(key, key);
    }
  }

  public Wiring(Keys keys) {
    this(keys, InstantSource.system(), new SecureRandom());
  }

  /// With a clock and chance of the caller's, for answers that are the same each time.
  ///
  /// @param clock ids of new rows begin with its time
  public Wiring(Keys keys, InstantSource clock, RandomGenerator random) {
    seal = new CursorSeal(keys.cursors());
    ids = new Ids(clock, random);
    var secret = new SecureRandom();
    tools =
        new Accounts.Tools(
            new Passwords(HashLimits.defaults(), secret),
            PasswordRules.defaults(),
            MasterKey.of(keys.accounts()),
            clock,
            secret,
            journal);
  }

  /// What the program reports to the audit log.
  public Journal journal() {
    return journal;
  }

  /// All about accounts of a store's model.
  ///
  /// @param mails takes those about accounts
  public Accounts accounts(Engine engine, Settings settings, Mails mails) {
    return Accounts.of(engine, settings, mails, tools);
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
    return new Engine(store, schemas, ids, journal::made);
  }

  /// Everything that answers requests about rows, for commands and tests: where nobody reads mails.
  public Handler doors(Engine engine, Settings settings) {
    Mails unread = (records, template, recipient, locale, values) -> {};
    return doors(engine, settings, accounts(engine, settings, unread), null);
  }

  /// Everything that answers requests.
  ///
  /// @param admin answers administrators; null where nobody does
  public Handler doors(
      Engine engine, Settings settings, Accounts accounts, @Nullable Handler admin) {
    return doors(engine, settings, accounts, admin, Counting.NONE);
  }

  /// @param counting counts the requests of batches
  Handler doors(
      Engine engine,
      Settings settings,
      Accounts accounts,
      @Nullable Handler admin,
      Counting counting) {
    var restSettings = rest(settings.limits());
    var rest = new RestDoor(engine, engine.model(), new Sights(engine), restSettings, seal);
    var openApi =
        new OpenApiDoor(
            engine.model(),
            call -> CallerSight.of(engine.grants(call), call.caller()),
            limits(restSettings));
    var batch = new BatchDoor(rest, JsonLimits.defaults(), BATCH_MAX, counting);
    var api = new Retries(engine, new Rows(rest, batch));
    var auth = new AuthDoor(accounts, engine.model(), engine);
    var transfer = transfer(engine, restSettings);
    var graphQl = graphQl(engine, settings, restSettings, counting, api);
    var all =
        new Doors(
            api,
            transfer,
            auth,
            openApi,
            graphQl,
            new DocsPage(),
            admin,
            accounts.tools().passwords());
    return new AuditedDoors(all, journal, engine);
  }

  /// What an administrator may do, whom no rule narrows.
  static CallerSight administrator(Model model) {
    var engine = new Wiring(Keys.of(new byte[32])).engine(new MemoryStore(model));
    var call = Call.internal(Instant.EPOCH);
    return CallerSight.of(engine.grants(call), call.caller());
  }

  private GraphQlDoor graphQl(
      Engine engine,
      Settings settings,
      QuerySettings questions,
      Counting counting,
      Retries retries) {
    var model = engine.model();
    var tools = new Tools(model, new TypeNames(model), new Sights(engine), questions, seal);
    return new GraphQlDoor(
        tools,
        engine,
        call -> CallerSight.of(engine.grants(call), call.caller()),
        settings.graphQl(),
        counting,
        retries);
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

  /// The doors of rows, whose answers are kept for those who ask again.
  private record Rows(RestDoor rest, BatchDoor batch) implements Retries.Inner {
    @Override
    public Handler.Intake intake(Request.Head head) {
      return rest.intake(head);
    }

    @Override
    public Response handle(Request request, Runner runner) {
      return request.path().equals(BatchDoor.PATH)
          ? batch.handle(request, runner)
          : rest.handle(request, runner);
    }
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
