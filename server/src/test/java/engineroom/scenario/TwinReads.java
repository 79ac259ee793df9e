package engineroom.scenario;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Reads of REST as documents.
final class TwinReads {
  private final Model model;
  private final TwinWhere where;

  TwinReads(Model model) {
    this.model = model;
    this.where = new TwinWhere(model);
  }

  /// Rows, by parameters or by a body.
  Twin list(Entity entity, TwinRequest asked) {
    var draft = new Twin.Draft("query");
    var arguments = new ArrayList<String>();
    var type = TwinRequest.type(entity);
    asOf(asked, arguments);
    where(entity, asked, type + "Where", draft, arguments);
    var sort = keys(asked);
    if (!sort.isEmpty()) {
      arguments.add(draft.argument("sort", "[" + type + "Sort!]", TwinWhere.sort(sort)));
    }
    var shown = new TwinShape(model, draft, asked).of(entity, Twin.at(asked.shown(), "data"));
    if (asked.has("count") && !asked.word("count").equals("none")) {
      return counted(entity, asked, draft, arguments, shown);
    }
    if (!limit(asked).isEmpty()) {
      arguments.add("limit: " + limit(asked));
    }
    for (var word : List.of("offset", "after")) {
      if (asked.has(word)) {
        var value = asked.word(word);
        arguments.add(word + ": " + (word.equals("after") ? '"' + value + '"' : value));
      }
    }
    return draft.of(
        entity.plural(), arguments, shown, UnaryOperator.identity(), body -> Twin.at(body, "data"));
  }

  private static String limit(TwinRequest asked) {
    return Twin.at(asked.body(), "limit") instanceof Json.Num(var limit)
        ? limit
        : asked.word("limit");
  }

  static void asOf(TwinRequest asked, List<String> arguments) {
    if (asked.has("asOf")) {
      arguments.add("asOf: \"" + asked.word("asOf") + '"');
    }
  }

  private static List<String> keys(TwinRequest asked) {
    return switch (Twin.at(asked.body(), "sort")) {
      case Json.Arr(var keys) ->
          keys.stream().map(key -> key instanceof Json.Text(var text) ? text : "").toList();
      case Json.Text(var keys) -> List.of(keys.split(","));
      case Json _ -> asked.list("sort");
    };
  }

  void where(
      Entity entity, TwinRequest asked, String type, Twin.Draft draft, List<String> arguments) {
    var conditions = asked.conditions();
    var given = Twin.at(asked.body(), "where");
    if (!conditions.isEmpty()) {
      arguments.add(draft.argument("where", type, where.of(entity, conditions)));
    } else if (given != Json.Null.NULL) {
      arguments.add(draft.argument("where", type, where.of(entity, given)));
    }
  }

  private static Twin counted(
      Entity entity, TwinRequest asked, Twin.Draft draft, List<String> arguments, String shown) {
    if (asked.has("limit")) {
      arguments.add("first: " + asked.word("limit"));
    }
    return draft.of(
        entity.plural() + "Page",
        arguments,
        " { nodes" + shown + " totalCount }",
        page -> new Json.Arr(List.of(Twin.at(page, "nodes"), Twin.at(page, "totalCount"))),
        body -> new Json.Arr(List.of(Twin.at(body, "data"), Twin.at(body, "count"))));
  }

  /// One row.
  Twin one(Entity entity, TwinRequest asked) {
    var draft = new Twin.Draft("query");
    var arguments = new ArrayList<String>();
    arguments.add(draft.argument("id", "ID!", Twin.text(asked.parts().get(1))));
    asOf(asked, arguments);
    var shown = new TwinShape(model, draft, asked).of(entity, asked.shown());
    return draft.of(
        entity.name(), arguments, shown, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /// The rows of a list of one row.
  Twin rows(Entity entity, TwinRequest asked) {
    var draft = new Twin.Draft("query");
    var name = asked.parts().get(2);
    var list = entity.findList(name);
    if (list.isEmpty()) {
      return draft.of(
          entity.name(),
          List.of(draft.argument("id", "ID!", Twin.text(asked.parts().get(1)))),
          " { " + name + " { id } }",
          UnaryOperator.identity(),
          UnaryOperator.identity());
    }
    var of = model.entity(list.get().entity());
    var arguments = new ArrayList<String>();
    var type = TwinRequest.type(of);
    where(of, asked, type + "Where", draft, arguments);
    if (asked.has("sort")) {
      var sort = TwinWhere.sort(asked.list("sort"));
      arguments.add(draft.argument("sort", "[" + type + "Sort!]", sort));
    }
    var root =
        new ArrayList<>(List.of(draft.argument("id", "ID!", Twin.text(asked.parts().get(1)))));
    asOf(asked, root);
    var shown = new TwinShape(model, draft, asked).of(of, Twin.at(asked.shown(), "data"));
    return draft.of(
        entity.name(),
        root,
        " { " + Twin.called(name, arguments) + shown + " }",
        row -> row == Json.Null.NULL ? row : Twin.at(row, name),
        body -> Twin.at(body, "data"));
  }

  /// Totals.
  Twin totals(Entity entity, TwinRequest asked) {
    var draft = new Twin.Draft("query");
    var arguments = new ArrayList<String>();
    var type = TwinRequest.type(entity);
    asOf(asked, arguments);
    where(entity, asked, type + "Where", draft, arguments);
    var totals = new TwinTotals(asked);
    if (totals.askUnmeasured()) {
      return new Twin.None("what having names is measured");
    }
    totals.arguments(type, draft, arguments);
    if (asked.has("limit")) {
      arguments.add("limit: " + asked.word("limit"));
    }
    return draft.of(
        entity.plural() + "Summary",
        arguments,
        totals.shown(),
        totals::asRest,
        body -> Twin.at(body, "data"));
  }

  /// What no document can ask: null where there is something.
  static String wanting(TwinRequest asked) {
    var headers = asked.request().headers();
    if (asked.word("count").equals("many")) {
      return "a page counts or does not";
    }
    if (asked.parameters().stream().filter(one -> one.getKey().equals("asOf")).count() > 1) {
      return "a document with an argument twice is no document";
    }
    for (var one : asked.parameters()) {
      var reason = REASONS.get(one.getKey());
      if (reason != null) {
        return reason;
      }
    }
    if (headers.containsKey("Accept") && !headers.get("Accept").equals("application/json")) {
      return "CSV and lines are formats of REST";
    }
    return headers.containsKey("If-None-Match") ? "answers to POST have no ETag" : "";
  }

  private static final Map<String, String> REASONS =
      Map.of(
          "explain", "explanations are REST's",
          "filter", "conditions as expressions are REST's",
          "validate", "dry runs are REST's",
          "atomic", "mutations of a request are one transaction",
          "as", "explanations are REST's");
}
