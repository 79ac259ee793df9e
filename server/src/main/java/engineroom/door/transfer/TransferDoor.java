package engineroom.door.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.query.ListReader;
import engineroom.door.query.Names;
import engineroom.door.query.Parameters;
import engineroom.door.query.Visibility;
import engineroom.door.rest.RestDoor.Route;
import engineroom.http.Handler;
import engineroom.http.OperationName;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.JsonOut;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.OverLimit;
import engineroom.transfer.Exporter;
import engineroom.transfer.Finished;
import engineroom.transfer.ImportPlan.Sight;
import engineroom.transfer.Imported;
import engineroom.transfer.Importer;
import engineroom.transfer.Refusal;
import engineroom.transfer.Undo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers what is about files of rows, of an entity by its plural or its name: `POST
/// /api/products/import`, `GET /api/products/export`, `GET /api/imports` and `DELETE
/// /api/imports/{id}`.
public final class TransferDoor implements Handler {
  /// All that this door answers.
  public static final List<Route> ROUTES =
      List.of(
          new Route("POST", "/api/{plural}/import", "Imports a file of rows."),
          new Route("GET", "/api/{plural}/export", "Exports every row that a filter finds."));

  /// Files that are imported or exported at the same time.
  public static final int FILES_MAX = 2;

  private static final String IMPORTS = "/api/imports";

  private final Model model;
  private final Visibility visibility;
  private final Importer importer;
  private final Undo undo;
  private final ExportAnswer exports;
  private final Semaphore free = new Semaphore(FILES_MAX);

  /// What the door works with.
  public record Tools(Importer importer, Undo undo, Exporter exporter, ListReader lists) {}

  public TransferDoor(Model model, Visibility visibility, Tools tools) {
    this.model = model;
    this.visibility = visibility;
    this.importer = tools.importer();
    this.undo = tools.undo();
    this.exports = new ExportAnswer(tools.lists(), tools.exporter());
  }

  /// Whether a request is for this door.
  public boolean answers(Request request) {
    var path = request.path();
    return path.equals(IMPORTS)
        || path.startsWith(IMPORTS + "/")
        || imports(request.method(), path)
        || (request.method().equals("GET") && entity(path, "export").isPresent());
  }

  @Override
  public Intake intake(Request.Head head) {
    return imports(head.method(), head.path()) ? Intake.FILE : Intake.WHOLE;
  }

  private boolean imports(String method, String path) {
    return method.equals("POST") && entity(path, "import").isPresent();
  }

  private Optional<Entity> entity(String path, String word) {
    var parts = path.split("/", -1);
    return parts.length == 4
            && parts[0].isEmpty()
            && parts[1].equals("api")
            && parts[3].equals(word)
        ? model.findPlural(parts[2]).or(() -> model.findEntity(parts[2]))
        : Optional.empty();
  }

  @Override
  public Response handle(Request request) {
    var path = request.path();
    if (path.equals(IMPORTS)) {
      return list(request);
    }
    if (path.startsWith(IMPORTS + "/")) {
      return undo(request, path.substring(IMPORTS.length() + 1));
    }
    var exported = entity(path, "export");
    if (exported.isPresent()) {
      OperationName.tell(exported.get().name(), "export");
      return exports.of(request, exported.get(), new Names(model, visibility, request.call()));
    }
    var entity = entity(path, "import").orElseThrow();
    OperationName.tell(entity.name(), "import");
    return alone(() -> imported(request, entity));
  }

  private Response alone(Supplier<Response> work) {
    if (!free.tryAcquire()) {
      throw problem(
          new OverLimit("requests", FILES_MAX + " files are on their way. Try again soon."));
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }

  private Response imported(Request request, Entity entity) {
    var call = request.call();
    var sight = new Sights(visibility, call);
    var asked = ImportRequest.read(request, entity, sight);
    try (var file = Spool.of(request.stream())) {
      var refused = Spool.empty();
      boolean sent = false;
      try {
        var job = new Importer.Job(asked.plan(), sight, file.file());
        var finished = run(job, refused, call);
        sent = asked.answer() == ImportRequest.Answer.REFUSED;
        var type = asked.plan().layout().format().ofRefused().mediaType();
        return sent ? lines(finished, type, refused) : report(finished);
      } finally {
        if (!sent) {
          refused.close();
        }
      }
    }
  }

  private Finished run(Importer.Job job, Spool refused, Call call) {
    try (var out = refused.out()) {
      return importer.run(job, out, call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response lines(Finished finished, String type, Spool refused) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", type);
    counts(finished).forEach((name, count) -> headers.put(header(name), count.toString()));
    return new Response(200, headers, refused.body());
  }

  /// `Import-Created` for `created`.
  private static String header(String name) {
    return "Import-" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static Map<String, Object> counts(Finished finished) {
    var counts = new LinkedHashMap<String, Object>();
    var id = finished.id();
    if (id != null) {
      counts.put("id", id);
    }
    counts.put("created", finished.tally().created());
    counts.put("changed", finished.tally().changed());
    counts.put("unchanged", finished.tally().unchanged());
    counts.put("refused", finished.tally().refused());
    return counts;
  }

  private static Response report(Finished finished) {
    var members = new LinkedHashMap<String, @Nullable Object>(counts(finished));
    members.put("errors", finished.errors().stream().map(TransferDoor::error).toList());
    return Response.of(200, "application/json", JsonOut.bytes(members));
  }

  private static Map<String, @Nullable Object> error(Refusal refusal) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members.put("line", refusal.line());
    members.put("column", refusal.column().isEmpty() ? null : refusal.column());
    members.put("problem", refusal.problem());
    return members;
  }

  private Response list(Request request) {
    OperationName.tell("import", "list");
    expect(request, "GET");
    Parameters.parse(request.query()).refuseRest(Set.of());
    var all = importer.list(request.call()).stream().map(Imported::shown).toList();
    return Response.of(200, "application/json", JsonOut.bytes(Map.of("data", all)));
  }

  private Response undo(Request request, String id) {
    OperationName.tell("import", "undo");
    expect(request, "DELETE");
    Parameters.parse(request.query()).refuseRest(Set.of());
    var undone = undo.run(id, request.call());
    return Response.of(200, "application/json", JsonOut.bytes(undone.shown()));
  }

  private static void expect(Request request, String method) {
    if (!request.method().equals(method)) {
      throw problem(
          new NoSuchMethod(
              request.path() + " can't be asked with " + request.method() + ".", method));
    }
  }

  /// What one caller may name.
  private record Sights(Visibility visibility, Call call) implements Sight {
    @Override
    public Set<String> names(String entity) {
      return visibility.names(call, entity);
    }

    @Override
    public Set<String> writable(String entity) {
      return visibility.writable(call, entity);
    }
  }
}
