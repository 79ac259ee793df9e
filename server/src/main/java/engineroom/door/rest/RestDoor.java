package engineroom.door.rest;

import static engineroom.problem.ProblemException.problem;

import engineroom.Runner;
import engineroom.data.Value;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.query.Filters;
import engineroom.door.query.ListReader;
import engineroom.door.query.Names;
import engineroom.door.query.Parameters;
import engineroom.door.query.QuerySettings;
import engineroom.door.query.Visibility;
import engineroom.http.Handler;
import engineroom.http.OperationName;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.FieldReader;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import java.util.List;

/// Answers `/api/…`: finds what a path and a method ask for and leaves the rest to reads and
/// writes.
public final class RestDoor implements Handler {
  /// Rows that one request may change or delete by a filter: the most that `max` may be.
  public static final int FOUND_ROWS_MAX = 10_000;

  /// One kind of request.
  ///
  /// @param path `{…}` stands for one part
  /// @param summary one sentence
  public record Route(String method, String path, String summary) {}

  /// All that this door answers, in the order of the documentation.
  public static final List<Route> ROUTES =
      List.of(
          new Route("GET", "/api/{plural}", "Lists rows."),
          new Route("QUERY", "/api/{plural}", "Lists rows by a question in the body."),
          new Route("POST", "/api/{plural}/query", "Lists rows by a question in the body."),
          new Route("GET", "/api/{plural}/aggregate", "Counts and measures groups of rows."),
          new Route("POST", "/api/{plural}", "Creates a row, or many, all or none."),
          new Route("PUT", "/api/{plural}", "Creates or replaces rows by a unique key."),
          new Route("PATCH", "/api/{plural}", "Changes every row that a filter finds."),
          new Route("DELETE", "/api/{plural}", "Deletes every row that a filter finds."),
          new Route("GET", "/api/{plural}/{id}", "Shows a row."),
          new Route("PATCH", "/api/{plural}/{id}", "Changes some fields of a row."),
          new Route("PUT", "/api/{plural}/{id}", "Replaces a row, or creates it."),
          new Route("DELETE", "/api/{plural}/{id}", "Deletes a row."),
          new Route("GET", "/api/{plural}/{id}/history", "Lists the versions of a row."),
          new Route(
              "POST",
              "/api/{plural}/{id}/history/{version}/restore",
              "Makes a row what it was, or brings it back."),
          new Route("GET", "/api/{plural}/{id}/{list}", "Lists the rows that refer to a row."),
          new Route("POST", "/api/{plural}/{id}/{list}", "Creates a row in a list, or adds one."),
          new Route("DELETE", "/api/{plural}/{id}/{list}/{child}", "Removes a row from a list."));

  /// What this door answers for entities whose deleted rows can be brought back.
  public static final List<Route> TRASH_ROUTES =
      List.of(
          new Route("GET", "/api/{plural}/trash", "Lists deleted rows."),
          new Route("POST", "/api/{plural}/trash/{id}/restore", "Brings a deleted row back."),
          new Route("DELETE", "/api/{plural}/trash/{id}", "Removes a deleted row for good."));

  /// One request with the entity that its path names.
  record Ask(Request request, Entity entity, Names names, FieldReader reader, Runner runner) {
    /// The same for rows of another entity.
    Ask of(Entity other) {
      return new Ask(request, other, names, reader, runner);
    }

    /// The same at a later moment.
    Ask at(Call later) {
      return new Ask(request.at(later), entity, names.by(later), reader, runner);
    }

    /// The same within other work.
    Ask within(Runner other) {
      return new Ask(request, entity, names, reader, other);
    }

    Filters filters() {
      return new Filters(names, reader);
    }

    Parameters parameters() {
      return Parameters.parse(request.query());
    }

    /// An id of a path; one that can't be an id is the id of no row.
    Value id(Entity of, String text) {
      try {
        return reader.text(reader.idType(of.name()), text);
      } catch (FieldReader.Unfit _) {
        throw Answers.missing(of.name());
      }
    }
  }

  private static final String PREFIX = "/api/";

  private final Runner runner;
  private final Model model;
  private final Visibility visibility;
  private final RestReads reads;
  private final RestWrites writes;
  private final TrashRequests trash;
  private final RestHistory history;
  private final AccessRequests access;

  /// @param runner the engine
  public RestDoor(
      Runner runner, Model model, Visibility visibility, QuerySettings settings, CursorSeal seal) {
    this.model = model;
    this.visibility = visibility;
    this.runner = runner;
    this.reads = new RestReads(settings, seal);
    this.history = new RestHistory(settings);
    this.writes = new RestWrites(settings, new ListReader(settings, seal));
    this.trash = new TrashRequests(settings, seal);
    this.access = new AccessRequests(visibility);
  }

  @Override
  public Intake intake(Request.Head head) {
    return RowStream.asked(head) && model.findPlural(plural(head.path())).isPresent()
        ? Intake.STREAM
        : Intake.WHOLE;
  }

  /// Whether a path is that of all rows of an entity.
  static boolean ofMany(String path) {
    return path.startsWith(PREFIX) && path.indexOf('/', PREFIX.length()) < 0;
  }

  private static String plural(String path) {
    return path.substring(PREFIX.length());
  }

  @Override
  public Response handle(Request request) {
    return handle(request, runner);
  }

  /// Answers a request within other work.
  public Response handle(Request request, Runner runner) {
    var path = request.path();
    if (!path.startsWith(PREFIX)) {
      throw problem(new NoSuchPath("There is no " + path + ".", "This door begins at /api/."));
    }
    var parts = List.of(path.substring(PREFIX.length()).split("/", -1));
    var names = new Names(model, visibility, request.call());
    var entity =
        model.findPlural(parts.getFirst()).orElseThrow(() -> noPlural(parts.getFirst(), names));
    var ask = new Ask(request, entity, names, new FieldReader(model), runner);
    var method = request.method().equals("HEAD") ? "GET" : request.method();
    if (parts.contains("")) {
      throw problem(new NoSuchPath("There is no " + path + ".", "Leave out the empty part."));
    }
    if (TrashRequests.asked(ask, parts)) {
      return trash.answer(ask, method, parts);
    }
    return AccessRequests.asked(ask, parts)
        ? access.answer(ask, method, parts, explained -> answer(explained, method, parts))
        : answer(ask, method, parts);
  }

  private Response answer(Ask ask, String method, List<String> parts) {
    return switch (parts.size()) {
      case 1 -> all(ask, method);
      case 2 -> one(ask, method, parts.get(1));
      case 3 -> list(ask, method, parts);
      case 4 -> child(ask, method, parts);
      case 5 -> restore(ask, method, parts);
      default -> throw problem(new NoSuchPath("There is no " + ask.request().path() + ".", null));
    };
  }

  private static RuntimeException noPlural(String plural, Names names) {
    var near = names.nearestPlural(plural);
    return problem(
        new NoSuchPath(
            "There is no /api/" + plural + ".",
            near == null ? null : "Did you mean /api/" + near + "?"));
  }

  /// Tells the access log what is asked.
  static Ask named(Ask ask, String verb) {
    OperationName.tell(ask.entity().name(), verb);
    return ask;
  }

  private Response all(Ask ask, String method) {
    return switch (method) {
      case "GET" -> reads.list(named(ask, "list"));
      case "QUERY" -> reads.query(named(ask, "list"));
      case "POST" -> writes.create(named(ask, "create"));
      case "PUT" -> writes.upsert(named(ask, "upsert"));
      case "PATCH" -> writes.changeMany(named(ask, "changeMany"));
      case "DELETE" -> writes.deleteMany(named(ask, "deleteMany"));
      default -> throw noMethod(ask, "GET, HEAD, POST, PUT, PATCH, DELETE, QUERY");
    };
  }

  private Response one(Ask ask, String method, String id) {
    if (id.equals("query") && method.equals("POST")) {
      return reads.query(named(ask, "list"));
    }
    if (id.equals("aggregate") && method.equals("GET")) {
      return reads.aggregate(named(ask, "aggregate"));
    }
    return switch (method) {
      case "GET" -> reads.one(named(ask, "read"), ask.id(ask.entity(), id));
      case "PATCH" -> writes.change(named(ask, "change"), ask.id(ask.entity(), id));
      case "PUT" -> writes.replace(named(ask, "replace"), ask.id(ask.entity(), id));
      case "DELETE" -> writes.delete(named(ask, "delete"), ask.id(ask.entity(), id));
      default -> throw noMethod(ask, "GET, HEAD, PATCH, PUT, DELETE");
    };
  }

  private Response list(Ask ask, String method, List<String> parts) {
    if (parts.get(2).equals(RestHistory.PATH) && ask.entity().life().history()) {
      if (!method.equals("GET")) {
        throw noMethod(ask, "GET, HEAD");
      }
      return history.list(named(ask, "history"), ask.id(ask.entity(), parts.get(1)));
    }
    var list = inverse(ask, parts.get(2));
    var id = ask.id(ask.entity(), parts.get(1));
    return switch (method) {
      case "GET" -> reads.list(named(ask, parts.get(2) + ".list"), id, list);
      case "POST" -> writes.add(named(ask, parts.get(2) + ".add"), id, list);
      default -> throw noMethod(ask, "GET, HEAD, POST");
    };
  }

  private Response restore(Ask ask, String method, List<String> parts) {
    if (!parts.get(2).equals(RestHistory.PATH)
        || !parts.get(4).equals("restore")
        || !ask.entity().life().history()) {
      throw problem(new NoSuchPath("There is no " + ask.request().path() + ".", null));
    }
    if (!method.equals("POST")) {
      throw noMethod(ask, "POST");
    }
    var id = ask.id(ask.entity(), parts.get(1));
    return history.restore(named(ask, "restore"), id, parts.get(3));
  }

  private Response child(Ask ask, String method, List<String> parts) {
    var list = inverse(ask, parts.get(2));
    var id = ask.id(ask.entity(), parts.get(1));
    if (!method.equals("DELETE")) {
      throw noMethod(ask, "DELETE");
    }
    return writes.remove(
        named(ask, parts.get(2) + ".remove"),
        list,
        id,
        ask.id(model.entity(list.entity()), parts.get(3)));
  }

  private static Entity.InverseList inverse(Ask ask, String name) {
    var entity = ask.entity();
    return ask.names()
        .findList(entity, name)
        .orElseThrow(
            () -> {
              var lists =
                  ask.names().of(entity.name()).stream()
                      .filter(n -> entity.findList(n).isPresent())
                      .toList();
              return problem(
                  new NoSuchPath(
                      "A " + entity.name() + " has no list " + name + ".",
                      name.equals(RestHistory.PATH)
                          ? "Its versions are kept where its entity says history: true."
                          : Names.meant(name, lists)));
            });
  }

  private static RuntimeException noMethod(Ask ask, String allowed) {
    return problem(
        new NoSuchMethod(
            ask.request().path() + " can't be asked with " + ask.request().method() + ".",
            allowed));
  }
}
