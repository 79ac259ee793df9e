package engineroom.cli;

import engineroom.app.App;
import engineroom.app.Progress;
import engineroom.client.Api;
import engineroom.client.Told;
import engineroom.transfer.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `engineroom export`: rows into a file.
final class ExportCommand implements Command {
  private final Supplier<App> app;
  private final Main.Console console;

  ExportCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    var options =
        new ArrayList<>(
            List.of(
                Usage.value("filter", "EXPRESSION", "which rows, as in stock < 5; all by default"),
                Usage.value("sort", "FIELDS", "their order, as in -price,name"),
                Usage.value("fields", "FIELDS", "what of them, as in sku,category.name"),
                Usage.value("expand", "PATHS", "references and lists to show more of"),
                Usage.value(
                    "format", "FORMAT", "csv, ndjson or json; by the file's name otherwise"),
                Usage.value("out", "FILE", "where to; standard output by default")));
    options.addAll(Target.options());
    return new Usage(
        "export",
        "Exports every row that a filter finds, from one state of the database.",
        new Usage.Arguments("ENTITY", "whose rows", 1, 1),
        List.copyOf(options),
        List.of(
            "  engineroom export product --filter \"status == 'active'\" --out products.csv",
            "  engineroom export product --fields sku,price,category.name --format ndjson",
            "  engineroom export product --url https://shop.example --out products.json"));
  }

  @Override
  public int run(Given given) {
    try (var api = Target.of(given, app)) {
      return exported(given, api);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private int exported(Given given, Api api) throws IOException {
    var out = given.path("out");
    var format = format(given, out);
    var pairs = new ArrayList<String>();
    for (var name : List.of("filter", "sort", "fields", "expand")) {
      var value = given.text(name);
      if (value != null) {
        pairs.add(name + "=" + encoded(value));
      }
    }
    var target =
        "/api/" + encoded(given.folder().toString()) + "/export?" + String.join("&", pairs);
    var ask = new Api.Ask("GET", target, Map.of("accept", format.mediaType()), null);
    var reply = api.send(ask, Progress.ofTerminal(console.notes())::show);
    if (!reply.good()) {
      Told.problem(reply).forEach(console.notes()::println);
      return Main.FAILED;
    }
    write(reply, out);
    return 0;
  }

  /// The file is there when it is whole.
  private void write(Api.Reply reply, @Nullable Path out) throws IOException {
    if (out == null) {
      reply.content().writeTo(console.out());
      console.out().flush();
      return;
    }
    var draft = out.resolveSibling(out.getFileName() + ".new");
    try (var file = Files.newOutputStream(draft)) {
      reply.content().writeTo(file);
    }
    Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING);
    console.notes().println("Exported to " + out + ".");
  }

  private static Format format(Given given, @Nullable Path out) {
    var name = out == null ? "" : out.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return Format.ofEnding(given.text("format", dot < 0 ? "csv" : name.substring(dot + 1)))
        .orElseThrow(
            () -> new Given.WrongException("--format is csv, ndjson or json; give one of them."));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
