package engineroom.door.openapi;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.model.Entity;
import java.util.ArrayList;
import java.util.List;

/// Files of rows: `/api/<plural>/import` and `/export`, and the list of imports.
final class TransferPaths {
  private static final List<String> FILES =
      List.of("text/csv", "application/x-ndjson", EntityParts.JSON);

  /// What an export has no use for.
  private static final List<String> PAGE = List.of("limit", "after", "offset", "count", "explain");

  private final Sight sight;
  private final EntityParameters parameters;

  TransferPaths(Sight sight, EntityParameters parameters) {
    this.sight = sight;
    this.parameters = parameters;
  }

  void addTo(Draft paths, Entity entity) {
    var base = "/api/" + entity.plural();
    if (sight.creates(entity.name())) {
      paths.put(base + "/import", new Draft().put("post", imported(entity)));
    }
    if (sight.reads(entity.name())) {
      paths.put(base + "/export", new Draft().put("get", exported(entity)));
    }
  }

  private Draft imported(Entity entity) {
    var file = Draft.of("type", "string").put("description", "CSV, NDJSON or a JSON array, UTF-8.");
    return EntityParts.operation(entity, "import", "Import a file of rows")
        .put("parameters", new Json.Arr(asked()))
        .put("requestBody", EntityParts.body(file.json(), FILES))
        .put(
            "responses",
            Replies.files("What became of the lines.", report(), List.of()).changing());
  }

  private static List<Json> asked() {
    return List.of(
        query("by", "The key that rows are found by, its fields joined by commas."),
        query("onConflict", "What becomes of rows that are there: update, replace or ignore."),
        query("map", "Which column is which field: `Artikelnummer=sku,Preis=price`."),
        query("ignore", "Columns that are passed over, joined by commas."),
        query("delimiter", "Between cells of CSV: a comma, a semicolon or a tab."),
        query("atomic", "`true`: all lines or none."),
        query("dryRun", "`true`: nothing is kept."),
        query("file", "The file's name, for the list of imports."));
  }

  private static Json query(String name, String description) {
    return Draft.of("name", name)
        .put("in", "query")
        .put("description", description)
        .put("schema", Draft.of("type", "string"))
        .json();
  }

  private static Json report() {
    var error =
        new Draft()
            .put("line", Draft.of("type", "integer"))
            .put("column", Draft.of("type", "string"))
            .put("problem", Draft.of("type", "string"));
    var errors =
        Draft.of("type", "array")
            .put("items", FieldSchemas.closed(error, List.of("line", "problem")));
    var report = counts().put("errors", errors);
    return FieldSchemas.closed(
        report, List.of("created", "changed", "unchanged", "refused", "errors"));
  }

  private static Draft counts() {
    var counts = new Draft().put("id", Draft.of("type", "string"));
    for (var name : List.of("created", "changed", "unchanged", "refused")) {
      counts.put(name, Draft.of("type", "integer").put("minimum", 0));
    }
    return counts;
  }

  private Draft exported(Entity entity) {
    var own = new ArrayList<Json>();
    for (var parameter : parameters.ofList(entity, sight)) {
      var text = JsonWriter.text(parameter);
      if (PAGE.stream().noneMatch(name -> text.contains("/" + name + "\"}"))) {
        own.add(parameter);
      }
    }
    var rows = Draft.of("type", "array").put("items", new Draft().json());
    return EntityParts.operation(entity, "export", "Every row that a filter finds")
        .put("parameters", new Json.Arr(own))
        .put(
            "responses",
            Replies.files("The rows.", rows.json(), List.of("Content-Disposition")).reading());
  }

  /// The imports that a caller may know of.
  static void addImports(Draft paths) {
    var all = Draft.of("type", "array").put("items", imported());
    var data = FieldSchemas.closed(new Draft().put("data", all), List.of("data"));
    var list =
        Draft.of("operationId", "imports")
            .put("summary", "The imports so far, the latest first")
            .put("parameters", new Json.Arr(List.of()))
            .put("responses", Replies.well("200", "The imports.", data, List.of()).reading());
    paths.put("/api/imports", new Draft().put("get", list));
    var id =
        Draft.of("name", "id")
            .put("in", "path")
            .yes("required")
            .put("schema", Draft.of("type", "string"));
    var undo =
        Draft.of("operationId", "undoImport")
            .put("summary", "Undo an import as a whole")
            .put("parameters", new Json.Arr(List.of(id.json())))
            .put(
                "responses",
                Replies.well("200", "What was undone.", imported(), List.of()).changing());
    paths.put("/api/imports/{id}", new Draft().put("delete", undo));
  }

  private static Json imported() {
    var text = Draft.of("type", "string").json();
    var one = counts().put("entity", text).put("file", text).put("time", text).put("undone", text);
    return FieldSchemas.closed(one, List.of("id", "entity", "file", "time"));
  }
}
