package engineroom.scenario;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes of REST as documents.
final class TwinWrites {
  private static final String ID = "ID!";

  private final Model model;
  private final TwinReads reads;
  private final TwinInput inputs;

  TwinWrites(Model model, TwinReads reads) {
    this.model = model;
    this.reads = reads;
    this.inputs = new TwinInput(model);
  }

  /// `POST /api/products`.
  Twin create(Entity entity, TwinRequest asked) {
    if (asked.has("onConflict")) {
      var onConflict = asked.word("onConflict");
      var what = onConflict.equals("ignore") ? "IGNORE" : "UPDATE";
      return asked.has("by")
          ? upsert(entity, asked, key(entity, asked), what)
          : new Twin.None("an upsert has an argument by in any case");
    }
    if (asked.has("by")) {
      return new Twin.None("a create has no argument by");
    }
    var draft = new Twin.Draft("mutation");
    var type = TwinRequest.type(entity);
    boolean many = asked.body() instanceof Json.Arr;
    var input = inputs.created(entity, asked.body());
    var shown = many ? Twin.at(asked.shown(), "data") : asked.shown();
    var selection = new TwinShape(model, draft, asked).of(entity, shown);
    return draft.of(
        "create" + (many ? TwinRequest.title(entity.plural()) : type),
        List.of(draft.argument("input", many ? "[" + type + "Create!]!" : type + "Create!", input)),
        selection,
        it -> it,
        body -> many ? Twin.at(body, "data") : body);
  }

  private static String key(Entity entity, TwinRequest asked) {
    var names = asked.list("by");
    var declared =
        entity.keys().uniques().stream()
            .filter(key -> key.size() == names.size() && key.containsAll(names))
            .findFirst()
            .orElse(names);
    var rest = declared.subList(1, declared.size()).stream().map(TwinRequest::title);
    return declared.getFirst() + rest.collect(Collectors.joining());
  }

  /// `PUT /api/products?by=sku`.
  Twin replace(Entity entity, TwinRequest asked) {
    return asked.has("by")
        ? upsert(entity, asked, key(entity, asked), "REPLACE")
        : new Twin.None("an upsert has an argument by in any case");
  }

  /// `PUT /api/products/{id}`.
  Twin replaceOne(Entity entity, TwinRequest asked) {
    if (asked.request().headers().containsKey("If-Match")) {
      return new Twin.None("an upsert has no ifVersion");
    }
    var id = Twin.text(asked.parts().get(1));
    var body = TwinRequest.with(asked.body(), "id", id);
    var with =
        new TwinRequest(asked.request(), asked.parts(), asked.parameters(), body, asked.answer());
    return upsert(entity, with, "id", "REPLACE");
  }

  private Twin upsert(Entity entity, TwinRequest asked, String key, String onConflict) {
    var draft = new Twin.Draft("mutation");
    var type = TwinRequest.type(entity);
    boolean many = asked.body() instanceof Json.Arr;
    var rows = asked.body() instanceof Json.Arr(var elements) ? elements : List.of(asked.body());
    var shown = many ? Twin.at(asked.shown(), "data") : asked.shown();
    var selection = new TwinShape(model, draft, asked).of(entity, shown);
    var by = draft.argument("by", type + "Key!", Twin.text(key));
    var how = draft.argument("onConflict", "OnConflict", Twin.text(onConflict));
    var fields = new ArrayList<String>();
    for (int i = 0; i < rows.size(); i++) {
      var input = draft.argument("input", type + "Create!", inputs.created(entity, rows.get(i)));
      fields.add(
          "r" + i + ": " + Twin.called("upsert" + type, List.of(by, how, input)) + selection);
    }
    return draft.whole(
        String.join(" ", fields),
        data -> many ? all(data, rows.size()) : Twin.at(data, "r0"),
        body -> many ? Twin.at(body, "data") : body);
  }

  private static Json all(Json data, int count) {
    return new Json.Arr(IntStream.range(0, count).mapToObj(i -> Twin.at(data, "r" + i)).toList());
  }

  /// `PATCH /api/products/{id}`.
  Twin change(Entity entity, TwinRequest asked) {
    var draft = new Twin.Draft("mutation");
    var arguments = new ArrayList<String>();
    arguments.add(draft.argument("id", ID, Twin.text(asked.parts().get(1))));
    if (!changed(entity, asked, draft, arguments)) {
      return new Twin.None("rows of lists are not edited in place");
    }
    if (!version(asked, arguments)) {
      return new Twin.None("ETags are HTTP's");
    }
    var shown = new TwinShape(model, draft, asked).of(entity, asked.shown());
    return draft.of("update" + TwinRequest.type(entity), arguments, shown, it -> it, body -> body);
  }

  private boolean changed(
      Entity entity, TwinRequest asked, Twin.Draft draft, List<String> arguments) {
    var type = TwinRequest.type(entity);
    var plain = new LinkedHashMap<String, Json>();
    Map<String, Map<String, Json>> edits = new HashMap<>();
    if (asked.body() instanceof Json.Obj(var members)) {
      members.forEach((name, value) -> TwinInput.edit(name, value, plain, edits));
    }
    var input = inputs.created(entity, new Json.Obj(plain));
    arguments.add(draft.argument("input", type + "Update!", input));
    edits.forEach(
        (edit, fields) ->
            arguments.add(
                draft.argument(
                    edit, type + (edit.equals("add") ? "Add" : "Elements"), new Json.Obj(fields))));
    return !TwinInput.editsWithin(input);
  }

  private static boolean version(TwinRequest asked, List<String> arguments) {
    var match = asked.request().headers().get("If-Match");
    if (match == null) {
      return true;
    }
    var number = match.replaceFirst("^\"(\\d+)(-.*)?\"$", "$1");
    arguments.add("ifVersion: " + number);
    return number.matches("\\d+");
  }

  /// `DELETE /api/products/{id}`.
  Twin delete(Entity entity, TwinRequest asked) {
    var draft = new Twin.Draft("mutation");
    var arguments = new ArrayList<String>();
    arguments.add(draft.argument("id", ID, Twin.text(asked.parts().get(1))));
    if (!version(asked, arguments)) {
      return new Twin.None("ETags are HTTP's");
    }
    return draft.of(
        "delete" + TwinRequest.type(entity),
        arguments,
        " { __typename }",
        _ -> Json.Null.NULL,
        _ -> Json.Null.NULL);
  }

  /// `PATCH /api/products?status=active&max=3`, and `DELETE`.
  Twin many(Entity entity, TwinRequest asked) {
    boolean deletes = asked.request().method().equals("DELETE");
    var draft = new Twin.Draft("mutation");
    var arguments = new ArrayList<String>();
    reads.where(entity, asked, TwinRequest.type(entity) + "Where!", draft, arguments);
    if (!deletes && !changed(entity, asked, draft, arguments)) {
      return new Twin.None("rows of lists are not edited in place");
    }
    if (asked.has("max")) {
      arguments.add("max: " + asked.word("max"));
    }
    return draft.of(
        (deletes ? "delete" : "update") + TwinRequest.title(entity.plural()),
        arguments,
        " { count }",
        it -> Twin.at(it, "count"),
        body -> Twin.at(body, "count"));
  }

  /// A row put into a list or taken out of it: a change of the row that has the list.
  Twin ofList(Entity entity, TwinRequest asked) {
    var list = entity.findList(asked.parts().get(2));
    if (list.isEmpty()) {
      return new Twin.None("there is no such list");
    }
    var ways =
        switch (asked.request().method()) {
          case "DELETE" ->
              way(list.get().owned() ? "delete" : "unlink", Twin.text(asked.parts().get(3)));
          case String _ when links(asked.body()) -> way("link", Twin.at(asked.body(), "id"));
          case String _ -> way("create", asked.body());
        };
    var draft = new Twin.Draft("mutation");
    var input = inputs.created(entity, new Json.Obj(Map.of(list.get().name(), ways)));
    var arguments =
        List.of(
            draft.argument("id", ID, Twin.text(asked.parts().get(1))),
            draft.argument("input", TwinRequest.type(entity) + "Update!", input));
    return draft.of(
        "update" + TwinRequest.type(entity),
        arguments,
        " { id }",
        _ -> Json.Null.NULL,
        _ -> Json.Null.NULL);
  }

  private static boolean links(Json body) {
    return body instanceof Json.Obj(var members) && members.keySet().equals(Set.of("id"));
  }

  private static Json way(String way, Json row) {
    return new Json.Obj(Map.of(way, new Json.Arr(List.of(row))));
  }
}
