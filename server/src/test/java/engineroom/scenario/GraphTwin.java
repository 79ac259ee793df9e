package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.testkit.Scenario;
import engineroom.testkit.Scenario.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two shops side by side: one is asked through REST, the other through GraphQL wherever there is a
/// document that asks the same. The answers, the refusals and the changes must be alike.
final class GraphTwin implements Scenario.Runner {
  /// Problems that a schema makes impossible to ask for, or refuses before the program does.
  private static final Set<String> BY_SCHEMA =
      Set.of(
          "operation/append-only",
          "operation/no-history",
          "operation/unknown-field",
          "operation/unknown-operator",
          "operation/bad-value",
          "operation/bad-expression",
          "operation/not-valid",
          "request/bad-parameter",
          "request/no-such-path",
          "authorize/sign-in-needed",
          "authorize/not-allowed");

  private final Model model;
  private final Shop rest;
  private final Shop graph;
  private final TwinReads reads;
  private final TwinWrites writes;
  private final List<String> told;
  private final TwinIds ids = new TwinIds();
  private List<String> changes = List.of();

  /// @param told one line for each request whose twin is not the same to the byte
  GraphTwin(Model model, Shop rest, Shop graph, List<String> told) {
    this.model = model;
    this.rest = rest;
    this.graph = graph;
    this.reads = new TwinReads(model);
    this.writes = new TwinWrites(model, reads);
    this.told = told;
  }

  @Override
  public Answer send(Scenario.Request request) {
    var answer = rest.unchecked(request);
    changes = rest.changes();
    var asked = TwinRequest.of(request, answer);
    switch (of(asked)) {
      case Twin.None(var reason) -> {
        sameToGraph(asked);
        tell(asked, reason);
      }
      case Twin.Document document -> compare(asked, document);
    }
    var theirs = graph.changes();
    assertThat(sorted(theirs)).as(said(asked)).isEqualTo(sorted(changes));
    return answer;
  }

  /// What has no twin is asked as it is, so that both have the same rows.
  private void sameToGraph(TwinRequest asked) {
    var came = graph.unchecked(ids.ofSecond(asked.request()));
    ids.learn(asked.answer().body(), came.body());
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  @Override
  public List<String> changes() {
    return changes;
  }

  private void tell(TwinRequest asked, String reason) {
    told.add(said(asked) + "  # " + reason);
  }

  private static String said(TwinRequest asked) {
    var request = asked.request();
    return "%s %s %s => %d"
        .formatted(
            request.caller().replace(' ', '+'),
            request.method(),
            request.path(),
            asked.answer().status());
  }

  private Twin of(TwinRequest asked) {
    var wanting = TwinReads.wanting(asked);
    if (!wanting.isEmpty()) {
      return new Twin.None(wanting);
    }
    if (Set.of(404, 405, 415).contains(asked.answer().status())
        && code(asked.answered()).startsWith("\"request/")) {
      return new Twin.None("paths, methods and types of bodies are HTTP's");
    }
    if (code(asked.answered()).equals("\"request/unreadable\"")) {
      return new Twin.None("a body that can't be read is REST's");
    }
    var first = asked.parts().getFirst();
    if (first.equals("batch")) {
      return new Twin.None("batches are REST's: a document has several mutations");
    }
    return model
        .findPlural(first)
        .map(entity -> of(entity, asked))
        .orElseGet(() -> new Twin.None("paths, methods and types of bodies are HTTP's"));
  }

  private Twin of(Entity entity, TwinRequest asked) {
    var second = asked.parts().size() > 1 ? asked.parts().get(1) : "";
    var third = asked.parts().size() > 2 ? asked.parts().get(2) : "";
    if (second.equals("trash")) {
      return new Twin.None("the trash is REST's");
    }
    if (third.equals("history")) {
      return new Twin.None("versions of a row are listed and restored by REST");
    }
    if (second.equals("export") || second.equals("import")) {
      return new Twin.None("files are REST's");
    }
    return switch (asked.parts().size()) {
      case 1 -> all(entity, asked);
      case 2 -> second(entity, asked, second);
      case 3 ->
          asked.request().method().equals("GET")
              ? reads.rows(entity, asked)
              : writes.ofList(entity, asked);
      default -> writes.ofList(entity, asked);
    };
  }

  private Twin all(Entity entity, TwinRequest asked) {
    return switch (asked.request().method()) {
      case "GET", "QUERY" -> reads.list(entity, asked);
      case "POST" -> writes.create(entity, asked);
      case "PUT" -> writes.replace(entity, asked);
      case String _ -> writes.many(entity, asked);
    };
  }

  private Twin second(Entity entity, TwinRequest asked, String second) {
    if (second.equals("query")) {
      return reads.list(entity, asked);
    }
    return switch (asked.request().method()) {
      case "GET" ->
          second.equals("aggregate") ? reads.totals(entity, asked) : reads.one(entity, asked);
      case "PATCH" -> writes.change(entity, asked);
      case "PUT" -> writes.replaceOne(entity, asked);
      case String _ -> writes.delete(entity, asked);
    };
  }

  private void compare(TwinRequest asked, Twin.Document document) {
    var headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
    for (var kept : List.of("Clock", "Idempotency-Key")) {
      var value = asked.request().headers().get(kept);
      if (value != null) {
        headers.put(kept, value);
      }
    }
    var caller = asked.request().caller();
    var request = new Scenario.Request(caller, "POST", "/graphql", headers, document.request());
    var came = TwinRequest.json(ids.ofFirst(graph.unchecked(ids.ofSecond(request)).body()));
    var told =
        "%s\n%s\nREST: %s\nGraphQL: %s"
            .formatted(
                said(asked), document.request(), asked.answer().body(), JsonWriter.text(came));
    if (asked.answer().status() < 400 && wantsWholeRows(document, came)) {
      sameToGraph(asked);
      tell(asked, "an upsert takes a whole new row, from those who may create it");
      return;
    }
    if (asked.answer().status() < 400) {
      assertThat(Twin.at(came, "errors")).as(told).isEqualTo(Json.Null.NULL);
      var expected = JsonWriter.text(document.body().apply(asked.answered()));
      var data = JsonWriter.text(document.data().apply(Twin.at(came, "data")));
      ids.learn(expected, data);
      assertThat(ids.ofFirst(data)).as(told).isEqualTo(expected);
      return;
    }
    refused(asked, came, told);
  }

  private static boolean wantsWholeRows(Twin.Document document, Json came) {
    return document.text().contains("upsert") && code(error(came)).equals("\"request/graphql\"");
  }

  private static Json error(Json came) {
    var errors = Twin.at(came, "errors");
    var first = errors instanceof Json.Arr(var elements) ? elements.getFirst() : came;
    var told = Twin.at(first, "extensions");
    return told == Json.Null.NULL ? came : told;
  }

  private void refused(TwinRequest asked, Json came, String said) {
    var problem = asked.answered();
    if (Twin.at(came, "errors") == Json.Null.NULL) {
      assertThat(asked.answer().status()).as(said).isEqualTo(404);
      assertThat(JsonWriter.text(came)).as(said).isEqualTo("{\"data\":{\"it\":null}}");
      return; // what is not there is null
    }
    var error = error(came);
    if (code(error).equals("\"request/graphql\"")) {
      assertThat(BY_SCHEMA).as(said).contains(code(problem).replace("\"", ""));
      tell(asked, "refused by the schema, " + code(problem).replace("\"", "") + " by REST");
      return;
    }
    assertThat(members(error)).as(said).isEqualTo(members(problem));
  }

  /// Rows of a list are always in `create`.
  private static List<String> members(Json problem) {
    return List.of("code", "status", "title", "errors", "current").stream()
        .map(member -> JsonWriter.text(Twin.at(problem, member)))
        .map(text -> text.replaceAll("\"path\":\"(\\w+)\\[(\\d+)]", "\"path\":\"$1.create[$2]"))
        .toList();
  }

  private static String code(Json problem) {
    return JsonWriter.text(Twin.at(problem, "code"));
  }
}
