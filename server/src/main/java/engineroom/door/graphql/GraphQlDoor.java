package engineroom.door.graphql;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.door.batch.Counting;
import engineroom.door.graphql.document.Prepared;
import engineroom.door.graphql.document.Prepared.Wanted;
import engineroom.door.graphql.document.Rejected;
import engineroom.door.graphql.schema.Schemas;
import engineroom.door.graphql.schema.Sight;
import engineroom.door.graphql.work.Cost;
import engineroom.door.graphql.work.Execution;
import engineroom.door.graphql.work.Faults;
import engineroom.door.graphql.work.Introspection;
import engineroom.door.graphql.work.Tools;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.AuthorizeProblem.NotAllowed;
import engineroom.problem.AuthorizeProblem.SignInNeeded;
import engineroom.problem.ProblemException;
import engineroom.problem.RequestProblem.NoSuchMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Answers `/graphql` and `/graphql/schema`.
public final class GraphQlDoor implements Handler {
  public static final String PATH = "/graphql";
  public static final String SCHEMA = "/graphql/schema";

  /// All that this door answers, as `engineroom routes` lists it.
  public static final List<String> ROUTES =
      List.of("GET     " + PATH, "POST    " + PATH, "GET     " + SCHEMA);

  private final Tools tools;
  private final Runner runner;
  private final Function<Call, Sight> sights;
  private final GraphSettings settings;
  private final Schemas schemas;
  private final Documents documents;
  private final RootRoutes routes;
  private final Persisted persisted = new Persisted();

  /// @param runner the engine
  /// @param sights what a caller may do: equal for callers with the same rights
  /// @param counting counts root fields
  public GraphQlDoor(
      Tools tools,
      Runner runner,
      Function<Call, Sight> sights,
      GraphSettings settings,
      Counting counting) {
    this.tools = tools;
    this.runner = runner;
    this.sights = sights;
    this.settings = settings;
    this.schemas = new Schemas(tools.model(), tools.names());
    this.routes = new RootRoutes(tools.model(), counting);
    this.documents = new Documents(tools, schemas, settings.limits());
  }

  /// Whether a path is one of this door's.
  public static boolean answers(String path) {
    return path.equals(PATH) || path.equals(SCHEMA);
  }

  @Override
  public Response handle(Request request) {
    return request.path().equals(SCHEMA) ? schema(request) : answer(request);
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
    if (settings.introspection() == GraphSettings.Introspection.SIGNED_IN
        && call.caller() == Caller.Guest.GUEST) {
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
    var text = persisted.document(asked);
    if (text == null) {
      faults.add("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND");
      return answer(200, type, faults); // Apollo's clients then send the document
    }
    try {
      var sight = sights.apply(call);
      var document = documents.prepared(text, sight);
      var wanted = document.wanted(asked.operationName(), asked.variables());
      refuseWriting(request, wanted);
      return Response.of(200, type.header(), done(text, sight, document, wanted, call));
    } catch (Rejected rejected) {
      return answer(type.refusal(), type, faults.add(rejected));
    } catch (ProblemException e) {
      if (e.problem() instanceof NoSuchMethod) {
        throw e;
      }
      return answer(type.refusal(), type, faults.add(e.problem()));
    }
  }

  private static void refuseWriting(Request request, Wanted wanted) {
    if (wanted.mutation() && !request.method().equals("POST")) {
      throw problem(new NoSuchMethod("Mutations are sent with POST.", "POST"));
    }
  }

  private byte[] done(String text, Sight sight, Prepared document, Wanted wanted, Call call) {
    var roots = documents.compiled(text, sight, document, wanted);
    if (document.introspects()) {
      mayIntrospect(call);
    }
    Cost.check(roots, wanted.variables(), tools.settings(), settings.limits());
    routes.count(roots, call);
    var introspection = new Introspection(schemas.of(sight), document, wanted);
    return new Execution(tools, call, introspection).answer(wanted, roots, runner);
  }

  private static Response answer(int status, MediaType type, Faults faults) {
    return Response.of(status, type.header(), JsonOut.bytes(faults.members()));
  }
}
