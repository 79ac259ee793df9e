package engineroom.door.openapi;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.problem.RequestProblem.NoSuchMethod;
import java.util.function.Function;
import java.util.function.Supplier;

/// Serves the OpenAPI document of the caller: `GET /openapi.json`.
public final class OpenApiDoor implements Handler {
  private final Supplier<Model> model;
  private final Function<Call, Sight> sights;

  /// @param model as it is now
  /// @param sights what a caller may do
  public OpenApiDoor(Supplier<Model> model, Function<Call, Sight> sights) {
    this.model = model;
    this.sights = sights;
  }

  @Override
  public Response handle(Request request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw problem(new NoSuchMethod("The OpenAPI document is only read.", "GET, HEAD"));
    }
    var bytes = OpenApiDocument.of(model.get(), sights.apply(request.call()));
    var tag = Assets.tag(bytes);
    var answer =
        request.headers().find("If-None-Match").filter(tag::equals).isPresent()
            ? Response.empty(304)
            : Response.of(200, "application/json", bytes);
    return answer
        .with("ETag", tag)
        .with("Cache-Control", "private, no-cache")
        .with("Vary", "Authorization");
  }
}
