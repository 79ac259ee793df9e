package engineroom.cli;

import engineroom.app.App;
import engineroom.app.Progress;
import engineroom.client.Api;
import engineroom.client.Told;
import engineroom.json.Json;
import engineroom.transfer.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `engineroom import`: rows from a file, and what was imported before.
final class ImportCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  ImportCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    var options =
        new ArrayList<>(
            List.of(
                Usage.value("into", "ENTITY", "whose rows the file has"),
                Usage.value(
                    "by", "FIELDS", "find rows by this key: create those that are not there"),
                Usage.value("on-conflict", "WHAT", "with rows that are: update, replace or ignore"),
                Usage.value("map", "COLUMN=FIELD,...", "which column is which field"),
                Usage.value("ignore", "COLUMN,...", "columns that are passed over"),
                Usage.value("delimiter", "CHARACTER", "of CSV: , or ; or tab; found by default"),
                Usage.value(
                    "format", "FORMAT", "csv, ndjson or json; by the file's name otherwise"),
                Usage.flag("dry-run", "try it, and keep nothing"),
                Usage.flag("atomic", "all lines or none"),
                Usage.flag("list", "show the imports so far"),
                Usage.value("undo", "ID", "undo an import as a whole")));
    options.addAll(Target.options());
    return new Usage(
        "import",
        "Imports rows from CSV, NDJSON or JSON. Lines that are refused are written beside the file"
            + " with their mistakes, to be mended and imported again; then it ends with 1.",
        new Usage.Arguments("[FILE]", "rows to import", 0, 1),
        List.copyOf(options),
        List.of(
            "  engineroom import products.csv --into product --by sku --dry-run",
            "  engineroom import products.csv --into product --map Artikelnummer=sku,Preis=price",
            "  engineroom import products.csv --into product --url http://127.0.0.1:8080",
            "  engineroom import --list",
            "  engineroom import --undo 0198f3c2-7a5e-7b7e-8d7b-3f6f0b5c1a2d"));
  }

  @Override
  public int run(Given given) {
    var undo = given.text("undo");
    boolean file = !given.paths().isEmpty();
    if ((file ? 1 : 0) + (undo == null ? 0 : 1) + (given.has("list") ? 1 : 0) != 1) {
      throw new Given.WrongException("Give a file to import, or --list, or --undo and an id.");
    }
    if (file) {
      check(given);
    }
    try (var api = Target.of(given, app)) {
      return file ? imported(given, api) : undo == null ? listed(api) : undone(api, undo);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void check(Given given) {
    if (given.text("into") == null) {
      throw new Given.WrongException("--into is missing: say whose rows the file has.");
    }
    if (!Files.isReadable(given.folder())) {
      throw new App.ConfigException(List.of(given.folder() + " can't be read. Is it there?"));
    }
    format(given, given.folder());
  }

  private int imported(Given given, Api api) throws IOException {
    var file = given.folder();
    var format = format(given, file);
    var refused = format.ofRefused();
    var headers = Map.of("content-type", format.mediaType(), "accept", refused.mediaType());
    var target = "/api/" + encoded(given.text("into", "")) + "/import?" + query(given, file);
    var reply =
        api.send(
            new Api.Ask("POST", target, headers, file), Progress.ofTerminal(console.notes())::show);
    if (!reply.good()) {
      Told.problem(reply).forEach(console.notes()::println);
      return Main.FAILED;
    }
    return new ImportReport(console, reply, file, refused).print(given.has("dry-run"));
  }

  private static Format format(Given given, Path file) {
    var name = file.getFileName().toString();
    var ending = given.text("format", name.substring(name.lastIndexOf('.') + 1));
    return Format.ofEnding(ending)
        .orElseThrow(
            () ->
                new Given.WrongException(
                    ending + " is no format: give --format csv, ndjson or json."));
  }

  private static String query(Given given, Path file) {
    var parameters = new LinkedHashMap<String, String>();
    put(parameters, "by", given.text("by", ""));
    put(parameters, "onConflict", given.text("on-conflict", ""));
    put(parameters, "map", given.text("map", ""));
    put(parameters, "ignore", given.text("ignore", ""));
    var delimiter = given.text("delimiter", "");
    put(parameters, "delimiter", delimiter.equals("tab") ? "\t" : delimiter);
    put(parameters, "dryRun", given.has("dry-run") ? "true" : "");
    put(parameters, "atomic", given.has("atomic") ? "true" : "");
    put(parameters, "file", file.getFileName().toString());
    var pairs = new ArrayList<String>();
    parameters.forEach((name, value) -> pairs.add(name + "=" + encoded(value)));
    return String.join("&", pairs);
  }

  private static void put(Map<String, String> parameters, String name, String value) {
    if (!value.isEmpty()) {
      parameters.put(name, value);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private int listed(Api api) throws IOException {
    var reply = api.send(ask("GET", "/api/imports"), Progress.ofTerminal(console.notes())::show);
    if (!reply.good()) {
      Told.problem(reply).forEach(console.notes()::println);
      return Main.FAILED;
    }
    for (var one : Told.objects(Told.members(reply), "data")) {
      var undone = Told.text(one, "undone");
      console.out().println(line(one) + (undone.isEmpty() ? "" : ", undone " + undone));
    }
    return 0;
  }

  private static String line(Map<String, Json> one) {
    return Told.text(one, "id")
        + "  "
        + Told.text(one, "time")
        + "  "
        + Told.text(one, "file")
        + " into "
        + Told.text(one, "entity")
        + ": "
        + Told.text(one, "created")
        + " created, "
        + Told.text(one, "changed")
        + " changed";
  }

  private int undone(Api api, String id) throws IOException {
    var ask = ask("DELETE", "/api/imports/" + encoded(id));
    var reply = api.send(ask, Progress.ofTerminal(console.notes())::show);
    if (!reply.good()) {
      Told.problem(reply).forEach(console.notes()::println);
      return Main.FAILED;
    }
    var one = Told.members(reply);
    console
        .out()
        .println(
            "Undone: "
                + Told.text(one, "created")
                + " rows deleted, "
                + Told.text(one, "changed")
                + " put back.");
    return 0;
  }

  private static Api.Ask ask(String method, String target) {
    return new Api.Ask(method, target, Map.of(), null);
  }
}
