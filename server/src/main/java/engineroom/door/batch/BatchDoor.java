package engineroom.door.batch;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.door.rest.RestDoor;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.ProblemException;
import engineroom.problem.RequestProblem.AtStep;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.Unreadable;
import engineroom.problem.RequestProblem.UnsupportedBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers `POST /api/batch`: up to a hundred requests in one transaction, in which a later one may
/// use what an earlier one gave. Where one fails, nothing of the others is kept.
public final class BatchDoor {
  public static final String PATH = "/api/batch";

  private static final Map<String, Json> NO_MEMBERS = Map.of();

  private final RestDoor rest;
  private final JsonLimits json;
  private final int requestsMax;
  private final Counting counting;

  public BatchDoor(RestDoor rest, JsonLimits json, int requestsMax, Counting counting) {
    this.rest = rest;
    this.json = json;
    this.requestsMax = requestsMax;
    this.counting = counting;
  }

  /// A request of the batch that was refused by an answer, not by a problem.
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Response response;

    Failed(Response response) {
      super("a request of a batch failed", null, false, false);
      this.response = response;
    }
  }

  /// Answers a batch, within other work or not.
  public Response handle(Request request, Runner runner) {
    if (!request.method().equals("POST")) {
      throw problem(new NoSuchMethod(PATH + " is asked with POST only.", "POST"));
    }
    var type = request.headers().find("Content-Type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw problem(new UnsupportedBody("A batch is not JSON.", "Send application/json."));
    }
    var steps = steps(JsonReader.read(request.body(), json));
    counting.more(request.call(), steps.size() - 1);
    try {
      return runner.together(session -> answered(request, steps, session));
    } catch (Failed failed) {
      return failed.response;
    }
  }

  private List<Step> steps(Json body) {
    if (!(body instanceof Json.Obj(var members))
        || !members.keySet().equals(java.util.Set.of("requests"))
        || !(members.get("requests") instanceof Json.Arr(var requests))
        || requests.isEmpty()) {
      throw problem(
          new Unreadable(
              "A batch is not an object with requests.",
              "Write {\"requests\": [{\"method\": \"POST\", \"path\": \"/orders\", \"body\":"
                  + " {…}}]}."));
    }
    if (requests.size() > requestsMax) {
      throw problem(new TooMuch("batch", "A batch may have " + requestsMax + " requests at most."));
    }
    var steps = new ArrayList<Step>();
    for (int i = 0; i < requests.size(); i++) {
      steps.add(Step.read(i, requests.get(i), steps));
    }
    return steps;
  }

  private Response answered(Request request, List<Step> steps, Runner runner) {
    var given = new LinkedHashMap<String, Json>();
    var answers = new ArrayList<Json>();
    for (var step : steps) {
      var response = answered(request, step, new References(step.place(), given), runner);
      var body = body(response);
      if (response.status() >= 400) {
        throw new Failed(placed(response, body, step));
      }
      if (step.as() != null) {
        given.put(step.as(), body);
      }
      answers.add(answer(step, response, body));
    }
    var whole = new Json.Obj(Map.of("responses", new Json.Arr(answers)));
    return Response.of(200, "application/json", JsonWriter.write(whole));
  }

  private Response answered(Request request, Step step, References references, Runner runner) {
    try {
      var target = references.inPath(step.path());
      int mark = target.indexOf('?');
      var content = step.body();
      var body = content == null ? new byte[0] : JsonWriter.write(references.inBody(content));
      var inner =
          new Request(
              step.method(),
              step.decoded(mark < 0 ? target : target.substring(0, mark)),
              mark < 0 ? "" : target.substring(mark + 1),
              name -> header(step, name),
              body,
              request.call());
      counting.within(inner.call(), inner.method(), inner.path());
      return rest.handle(inner, runner);
    } catch (ProblemException e) {
      throw e.problem() instanceof AtStep ? e : problem(new AtStep(step.place(), e.problem()));
    }
  }

  private static Optional<String> header(Step step, String name) {
    return switch (name) {
      case "Content-Type" ->
          step.body() == null ? Optional.empty() : Optional.of("application/json");
      case "If-Match" -> Optional.ofNullable(step.ifMatch());
      default -> Optional.empty();
    };
  }

  private Json body(Response response) {
    return switch (response.body()) {
      case Response.Body.Bytes(var bytes) -> JsonReader.read(bytes, json);
      case Response.Body.None _ -> Json.Null.NULL;
      case Response.Body.Stream _ ->
          throw new IllegalStateException("only CSV and NDJSON are streams");
    };
  }

  private static Json answer(Step step, Response response, Json body) {
    var members = new LinkedHashMap<String, Json>();
    text(members, "as", step.as());
    members.put("status", new Json.Num(Integer.toString(response.status())));
    text(members, "location", response.headers().get("Location"));
    text(members, "etag", response.headers().get("ETag"));
    if (body != Json.Null.NULL) {
      members.put("body", body);
    }
    return new Json.Obj(members);
  }

  private static void text(Map<String, Json> members, String name, @Nullable String text) {
    if (text != null) {
      members.put(name, new Json.Text(text));
    }
  }

  /// The answer of a failed request, with its place in the batch.
  private static Response placed(Response response, Json body, Step step) {
    var members = new LinkedHashMap<>(body instanceof Json.Obj(var of) ? of : NO_MEMBERS);
    members.put("at", new Json.Text(step.place()));
    var type = response.headers().getOrDefault("Content-Type", "application/problem+json");
    var text = JsonWriter.text(new Json.Obj(members));
    return Response.of(response.status(), type, text.getBytes(StandardCharsets.UTF_8));
  }
}
