package engineroom.door.openapi;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.page.Asset;
import engineroom.http.Handler;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.problem.RequestProblem.NoSuchMethod;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Serves the OpenAPI document of the caller: `GET /openapi.json`. Callers who may do the same get
/// the same document, made once.
public final class OpenApiDoor implements Handler {
  /// Documents kept; beyond it the one asked for longest ago is forgotten and made again.
  static final int DOCUMENTS_MAX = 32;

  /// A document and its ETag.
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
  private record Made(byte[] bytes, String tag) {}

  /// The documents asked for last.
  private static final class Documents extends LinkedHashMap<Sight, Made> {
    private static final long serialVersionUID = 1;

    Documents() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Sight, Made> eldest) {
      return size() > DOCUMENTS_MAX;
    }
  }

  private final Model model;
  private final Function<Call, Sight> sights;
  private final Limits limits;
  private final Documents documents = new Documents();

  /// @param sights what a caller may do: equal for callers with the same rights
  /// @param limits that the REST door keeps
  public OpenApiDoor(Model model, Function<Call, Sight> sights, Limits limits) {
    this.model = model;
    this.sights = sights;
    this.limits = limits;
  }

  @Override
  public Response handle(Request request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw problem(new NoSuchMethod("The OpenAPI document is only read.", "GET, HEAD"));
    }
    var document = document(sights.apply(request.call()));
    var known = request.headers().find("If-None-Match").orElse("");
    var answer =
        names(known, document.tag())
            ? Response.empty(304)
            : Response.of(200, "application/json", document.bytes());
    return answer
        .with("ETag", document.tag())
        .with("Cache-Control", "private, no-cache")
        .with("Vary", "Authorization");
  }

  private static boolean names(String known, String tag) {
    return known.strip().equals("*")
        || Arrays.stream(known.split(",", -1))
            .anyMatch(one -> one.strip().replaceFirst("^W/", "").equals(tag));
  }

  private Made document(Sight sight) {
    var known = kept(sight);
    if (known != null) {
      return known;
    }
    var bytes = OpenApiDocument.of(model, sight, limits);
    var made = new Made(bytes, '"' + Asset.tag(bytes) + '"');
    synchronized (documents) {
      documents.put(sight, made);
    }
    return made;
  }

  private @Nullable Made kept(Sight sight) {
    synchronized (documents) {
      return documents.get(sight);
    }
  }
}
