package engineroom.door.graphql;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.door.batch.Counting;
import engineroom.door.graphql.allowed.Allowed.Named;
import engineroom.door.graphql.allowed.OperationsCheck;
import engineroom.door.graphql.compiled.Cost;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.document.Prepared;
import engineroom.door.graphql.document.Prepared.Wanted;
import engineroom.door.graphql.document.Rejected;
import engineroom.door.graphql.schema.Schemas;
import engineroom.door.graphql.schema.Sight;
import engineroom.door.graphql.schema.TypeNames;
import engineroom.door.graphql.work.Execution;
import engineroom.door.graphql.work.Faults;
import engineroom.door.graphql.work.Introspection;
import engineroom.door.graphql.work.Tools;
import engineroom.door.retry.Retries;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.model.Model;
import engineroom.modelfile.GraphQlSettings;
import engineroom.modelfile.Mistake;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.SignInNeeded;
import engineroom.problem.ProblemException;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers `/graphql` and `/graphql/schema`.
public final class GraphQlDoor implements Handler {
  public static final String PATH = "/graphql";
  public static final String SCHEMA = "/graphql/schema";

  private static final String NOT_WRITTEN =
      "This document is not one of those that are answered here.";

  /// All that this door answers, as `engineroom routes` lists it.
  public static final List<String> ROUTES =
      List.of("GET     " + PATH, "POST    " + PATH, "GET     " + SCHEMA);

  private final Tools tools;
  private final Runner runner;
  private final Function<Call, Sight> sights;
  private final GraphSettings settings;
  private final Retries retries;
  private final Schemas schemas;
  private final Documents documents;
  private final RootRoutes routes;
  private final Persisted persisted = new Persisted();

  /// @param runner the engine
  /// @param retries does a mutation once that is sent again with its `Idempotency-Key`
  /// @param sights what a caller may do: equal for callers with the same rights
  /// @param counting counts root fields
  public GraphQlDoor(
      Tools tools,
      Runner runner,
      Function<Call, Sight> sights,
      GraphQlSettings settings,
      Counting counting,
      Retries retries) {
    this.tools = tools;
    this.runner = runner;
    this.sights = sights;
    this.settings = GraphSettings.of(settings);
    this.schemas = new Schemas(tools.model(), tools.names());
    this.retries = retries;
    this.routes = new RootRoutes(tools.model(), counting);
    this.documents = new Documents(tools, schemas, this.settings.limits());
  }

  /// What is wrong with the documents that the owner wrote down.
  ///
  /// @param administrator who may do everything
  public static List<Mistake> mistakes(Model model, GraphQlSettings settings, Sight administrator) {
    var operations = settings.use().operations();
    var schema = new Schemas(model, new TypeNames(model)).of(administrator);
    return operations == null
        ? List.of()
        : OperationsCheck.mistakes(operations, schema, GraphSettings.limits(settings));
  }

  /// Whether a path is one of this door's.
  public static boolean answers(String path) {
    return path.equals(PATH) || path.equals(SCHEMA) || path.startsWith(GraphiqlPage.PREFIX);
  }

  @Override
  public Response handle(Request request) {
    if (request.path().equals(SCHEMA)) {
      return schema(request);
    }
    if (request.path().startsWith(GraphiqlPage.PREFIX)) {
      return asset(request);
    }
    return GraphiqlPage.wanted(request) && settings.offersGraphiql()
        ? page(request.call().caller())
        : answer(request);
  }

  private Response page(Caller caller) {
    if (settings.offersGraphiql(caller)) {
      return GraphiqlPage.page();
    }
    throw problem(
        caller == Caller.Guest.GUEST
            ? new SignInNeeded("Sign in to use GraphiQL.")
            : new NotAllowed("You may not use GraphiQL."));
  }

  private Response asset(Request request) {
    var asset = settings.offersGraphiql() ? GraphiqlPage.asset(request) : null;
    if (asset == null) {
      throw problem(new NoSuchPath("There is no " + request.path() + ".", null));
    }
    return asset;
  }

  private Response schema(Request request) {
    if (!Set.of("GET", "HEAD").contains(request.method())) {
      throw problem(new NoSuchMethod("The schema is only read.", "GET, HEAD"));
    }
    mayIntrospect(request.call());
    var text = schemas.of(sights.apply(request.call())).text();
    return Response.of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
        .with("Cache-Control", "private, no-cache")
        .with("Vary", "Authorization, Cookie");
  }

  private void mayIntrospect(Call call) {
    if (!settings.shows(call.caller())) {
      throw problem(new SignInNeeded("The schema is shown to those who signed in."));
    }
  }

  private Response answer(Request request) {
    var type = MediaType.of(request);
    return carriedOut(request, type, read(request));
  }

  private GraphRequest read(Request request) {
    var json = tools.settings().json();
    return switch (request.method()) {
      case "POST" -> GraphRequest.posted(request, json);
      case "GET", "HEAD" -> {
        refuseForeign(request);
        yield GraphRequest.asked(request, json);
      }
      default ->
          throw problem(new NoSuchMethod(PATH + " is asked with GET and POST.", "GET, HEAD, POST"));
    };
  }

  /// A page of another origin can make a browser send its cookie with a GET, but no header that
  /// browsers would ask about first.
  private static void refuseForeign(Request request) {
    if (request.headers().find("Cookie").isPresent()
        && request.headers().find("X-Requested-With").isEmpty()) {
      throw problem(
          new NotAllowed("A GET with a cookie needs X-Requested-With: engineroom beside it."));
    }
  }

  private Response carriedOut(Request request, MediaType type, GraphRequest asked) {
    var call = request.call();
    var faults = new Faults(call.requestId());
    var written = written(asked);
    if (written == null && !settings.takesAny(call.caller())) {
      return answer(type.refusal(), type, faults.add(new NotAllowed(NOT_WRITTEN)));
    }
    var text = written == null ? persisted.document(asked) : written;
    if (text == null) {
      faults.add("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND");
      return answer(200, type, faults); // Apollo's clients then send the document
    }
    try {
      var sight = sights.apply(call);
      var document = documents.prepared(text, sight);
      var wanted = document.wanted(asked.operationName(), asked.variables());
      refuseWriting(request, wanted);
      return done(new Work(request, type, text, sight, document, wanted));
    } catch (Rejected rejected) {
      return answer(type.refusal(), type, faults.add(rejected));
    } catch (ProblemException e) {
      if (e.problem() instanceof NoSuchMethod) {
        throw e;
      }
      return answer(type.refusal(), type, faults.add(e.problem()));
    }
  }

  /// The document of the owner's that is asked for, or null.
  private @Nullable String written(GraphRequest asked) {
    var allowed = settings.allowed();
    if (allowed == null) {
      return null;
    }
    var named =
        new Named(asked.query(), Persisted.hash(asked), asked.documentId(), asked.operationName());
    return allowed.find(named).orElse(null);
  }

  private static void refuseWriting(Request request, Wanted wanted) {
    if (wanted.mutation() && !request.method().equals("POST")) {
      throw problem(new NoSuchMethod("Mutations are sent with POST.", "POST"));
    }
  }

  /// One operation that is to be carried out.
  private record Work(
      Request request, MediaType type, String text, Sight sight, Prepared document, Wanted wanted) {
    Response answer(byte[] body) {
      return Response.of(200, type.header(), body);
    }
  }

  private Response done(Work work) {
    var wanted = work.wanted();
    var call = work.request().call();
    var roots = documents.compiled(work.text(), work.sight(), work.document(), wanted);
    if (work.document().introspects()) {
      mayIntrospect(call);
    }
    Cost.check(roots, wanted.variables(), tools.settings(), settings.limits());
    routes.count(roots, call);
    var execution = new Execution(tools, call, field -> introspection(work).value(field));
    return wanted.mutation()
        ? retries.handle(work.request(), new Mutation(work, execution, roots))
        : work.answer(execution.answer(wanted, roots, runner));
  }

  private Introspection introspection(Work work) {
    return new Introspection(schemas.of(work.sight()), work.document(), work.wanted());
  }

  /// Carries mutations out, within other work or not.
  private record Mutation(Work work, Execution execution, List<RootField> roots)
      implements Retries.Inner {
    @Override
    public Response handle(Request request, Runner runner) {
      return work.answer(execution.answer(work.wanted(), roots, runner));
    }

    /// Where one of them fails, nothing of the others is kept either.
    @Override
    public boolean effective(Response response) {
      return !Execution.failed(response.body());
    }
  }

  private static Response answer(int status, MediaType type, Faults faults) {
    return Response.of(status, type.header(), JsonOut.bytes(faults.members()));
  }
}
