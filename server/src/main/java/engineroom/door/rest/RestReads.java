package engineroom.door.rest;

import engineroom.data.Value;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.query.AsOf;
import engineroom.door.query.CsvWriter;
import engineroom.door.query.Filters;
import engineroom.door.query.ListReader;
import engineroom.door.query.ListReader.Asked;
import engineroom.door.query.ListReader.Wanted;
import engineroom.door.query.QuerySettings;
import engineroom.door.query.SelectionReader;
import engineroom.door.query.SummaryReader;
import engineroom.door.rest.Bodies.Format;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.expression.Arguments;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.model.Entity;
import engineroom.operation.Operation;
import engineroom.operation.Operation.Explain;
import engineroom.operation.Operation.Fetch;
import engineroom.operation.Operation.Find;
import engineroom.operation.Query;
import engineroom.operation.Query.Counting;
import engineroom.operation.Query.Page;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Fields;
import engineroom.outcome.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers the requests that only read.
final class RestReads {
  private static final Set<String> ONE =
      Stream.concat(SelectionReader.PARAMETERS.stream(), Stream.of("asOf"))
          .collect(Collectors.toUnmodifiableSet());

  private final QuerySettings settings;
  private final CursorSeal seal;
  private final ListReader lists;
  private final SummaryReader summaries;

  RestReads(QuerySettings settings, CursorSeal seal) {
    this.settings = settings;
    this.seal = seal;
    this.lists = new ListReader(settings, seal);
    this.summaries = new SummaryReader(settings, lists);
  }

  /// `GET /api/orders`.
  Response list(Ask ask) {
    Bodies.none(ask.request());
    var format = Bodies.list(ask.request());
    nothingVisible(ask, ask.entity());
    var parameters = ask.parameters();
    var asOf = AsOf.take(parameters, ask.reader());
    var asked = lists.read(ask.entity(), parameters, ask.filters(), _ -> Optional.empty());
    return answer(ask, ask.entity(), asked, asOf, format);
  }

  /// `GET /api/orders/{id}/lines`: 404 where the order is not there for the caller.
  Response list(Ask ask, Value id, Entity.InverseList list) {
    Bodies.none(ask.request());
    var format = Bodies.list(ask.request());
    var entity = ask.names().model().entity(list.entity());
    nothingVisible(ask, entity);
    var parameters = ask.parameters();
    var asOf = AsOf.take(parameters, ask.reader());
    var asked =
        lists.read(
            entity,
            parameters,
            ask.filters(),
            filters -> Optional.of(refersTo(entity, list, id, filters)));
    var only = new Selection(new Fields.Named(List.of("id")), List.of());
    var owner = asOf.of(new Fetch(ask.entity().name(), id, only));
    if (run(ask, owner) == Outcome.Missing.MISSING) {
      throw Answers.missing(ask.entity().name());
    }
    return answer(ask, entity, asked, asOf, format);
  }

  /// The rows of a list of one row.
  static Expression refersTo(Entity entity, Entity.InverseList list, Value id, Filters filters) {
    var type = filters.reader().idType(idOwner(entity, list)).type();
    return new Compare(Comparison.EQUAL, entity.get(list.field()), filters.bind(id, type));
  }

  private static String idOwner(Entity entity, Entity.InverseList list) {
    return entity.field(list.field()).type().type() instanceof engineroom.data.Type.RowOf(var owner)
        ? owner
        : entity.name();
  }

  /// `POST /api/orders/query` and `QUERY /api/orders`.
  Response query(Ask ask) {
    var format = Bodies.list(ask.request());
    var parameters = ask.parameters();
    var asOf = AsOf.take(parameters, ask.reader());
    parameters.refuseRest(Set.of("asOf"));
    nothingVisible(ask, ask.entity());
    var body = Bodies.json(ask.request(), settings.json());
    return answer(ask, ask.entity(), lists.read(ask.entity(), body, ask.filters()), asOf, format);
  }

  /// `GET /api/orders/aggregate`.
  Response aggregate(Ask ask) {
    Bodies.none(ask.request());
    Bodies.acceptsJson(ask.request());
    nothingVisible(ask, ask.entity());
    var parameters = ask.parameters();
    var asOf = AsOf.take(parameters, ask.reader());
    var operation = summaries.read(ask.entity(), parameters, ask.filters());
    return outcome(ask, run(ask, asOf.of(operation)));
  }

  /// `GET /api/orders/{id}`.
  Response one(Ask ask, Value id) {
    Bodies.none(ask.request());
    Bodies.acceptsJson(ask.request());
    nothingVisible(ask, ask.entity());
    var parameters = ask.parameters();
    var filters = ask.filters();
    var asOf = AsOf.take(parameters, ask.reader());
    var selection = new SelectionReader(ask.entity(), filters, settings).read(parameters);
    parameters.refuseRest(ONE);
    if (filters.argumentCount() > 0) {
      return found(ask, id, selection, filters, asOf);
    }
    var fetched = run(ask, asOf.of(new Fetch(ask.entity().name(), id, selection)));
    return Answers.unlessKnown(ask.request(), outcome(ask, fetched));
  }

  /// A fetch takes no arguments, so a row with filtered lists is found by its id.
  private Response found(Ask ask, Value id, Selection selection, Filters filters, AsOf asOf) {
    var type = ask.entity().field("id").type().type();
    var filter = new Compare(Comparison.EQUAL, ask.entity().get("id"), filters.bind(id, type));
    var query = new Query(ask.entity().name(), selection, filter, List.of(), Counting.NONE);
    var find = asOf.of(new Find(query, Page.first(1), filters.arguments()));
    var rows = listed(run(ask, find)).rows();
    if (rows.isEmpty()) {
      throw Answers.missing(ask.entity().name());
    }
    var row = rows.getFirst();
    return Answers.unlessKnown(ask.request(), Answers.row(200, row, Answers.tag(row)));
  }

  private Response answer(Ask ask, Entity entity, Asked asked, AsOf asOf, Format format) {
    var find = asked.find();
    if (asked.wanted() == Wanted.PLAN) {
      return outcome(ask, run(ask, new Explain(asOf.of(find))));
    }
    var listed = listed(run(ask, asOf.of(find)));
    var keys = listed.next();
    var next = keys == null ? null : seal.seal(find.query(), keys);
    var response =
        switch (format) {
          case JSON -> Answers.rows(listed.rows(), next, listed);
          case NDJSON -> stream(format, out -> lines(listed.rows(), out));
          case CSV -> {
            var csv = new CsvWriter(entity, find.query().selection(), ask.names());
            yield stream(format, out -> csv.write(listed.rows(), out));
          }
        };
    return Answers.unlessKnown(ask.request(), linked(ask.request(), response, next));
  }

  private static Response stream(Format format, Response.Writer writer) {
    return new Response(
        200, Map.of("Content-Type", format.mediaType()), new Response.Body.Stream(writer));
  }

  private static void lines(List<byte[]> rows, java.io.OutputStream out)
      throws java.io.IOException {
    for (var row : rows) {
      out.write(row);
      out.write('\n');
    }
  }

  /// With the path of the next page.
  static Response linked(Request request, Response response, @Nullable String next) {
    if (next == null || (!request.method().equals("GET") && !request.method().equals("HEAD"))) {
      return response;
    }
    List<String> query = new ArrayList<>();
    for (var pair : request.query().split("&", -1)) {
      if (!pair.isEmpty() && !pair.startsWith("after=") && !pair.startsWith("offset=")) {
        query.add(pair);
      }
    }
    query.add("after=" + next);
    var path =
        URLEncoder.encode(request.path(), StandardCharsets.UTF_8)
            .replace("%2F", "/")
            .replace("+", "%20");
    return response.with("Link", "<" + path + "?" + String.join("&", query) + ">; rel=\"next\"");
  }

  /// Where the caller sees nothing of an entity, the engine says why, before any name is judged.
  private void nothingVisible(Ask ask, Entity entity) {
    if (ask.names().of(entity.name()).isEmpty()) {
      var query =
          new Query(entity.name(), Selection.ALL, Expression.TRUE, List.of(), Counting.NONE);
      run(ask, new Find(query, Page.first(1), Arguments.NONE));
    }
  }

  private static Outcome run(Ask ask, Operation operation) {
    return ask.runner().run(operation, ask.request().call());
  }

  private static Outcome.Listed listed(Outcome outcome) {
    if (outcome instanceof Outcome.Listed listed) {
      return listed;
    }
    throw unexpected(outcome);
  }

  private static Response outcome(Ask ask, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Found(var json, var version) ->
          Answers.row(200, json, Answers.tag(version, json));
      case Outcome.Missing _ -> throw Answers.missing(ask.entity().name());
      case Outcome.Summarized groups -> Answers.unlessKnown(ask.request(), Answers.groups(groups));
      case Outcome.Explained(var lines) -> Answers.explained(lines);
      case Outcome.Listed _,
          Outcome.Written _,
          Outcome.Deleted _,
          Outcome.Many _,
          Outcome.Conflict _,
          Outcome.AccessExplained _ ->
          throw unexpected(outcome);
    };
  }

  static IllegalStateException unexpected(Outcome outcome) {
    return new IllegalStateException(
        "the engine gave an outcome of another operation: " + outcome.getClass().getSimpleName());
  }
}
