package engineroom.cli;

import engineroom.client.Api;
import engineroom.client.Told;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.rows.CsvReader;
import engineroom.transfer.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Says what became of the lines of a file, and keeps the refused ones beside it.
final class ImportReport {
  private static final int SHOWN_MAX = 10;

  private final Main.Console console;
  private final Api.Reply reply;
  private final Path file;
  private final Format format;

  /// @param format of the refused lines
  ImportReport(Main.Console console, Api.Reply reply, Path file, Format format) {
    this.console = console;
    this.reply = reply;
    this.file = file;
    this.format = format;
  }

  /// The exit code.
  int print(boolean tried) throws IOException {
    var refused = beside();
    var draft = refused.resolveSibling(refused.getFileName() + ".new");
    try (var out = Files.newOutputStream(draft)) {
      reply.content().writeTo(out);
    }
    console.out().println(counts(tried));
    if (reply.header("import-refused").equals("0")) {
      Files.delete(draft);
      return 0;
    }
    Files.move(draft, refused, StandardCopyOption.REPLACE_EXISTING);
    show(refused);
    console
        .notes()
        .println("Refused lines are in " + refused + ". Mend them and import that file.");
    return Main.FAILED;
  }

  private String counts(boolean tried) {
    var id = reply.header("import-id");
    return (tried ? "Dry run: " : "")
        + reply.header("import-created")
        + " created, "
        + reply.header("import-changed")
        + " changed, "
        + reply.header("import-unchanged")
        + " unchanged, "
        + reply.header("import-refused")
        + " refused."
        + (id.isEmpty() ? "" : " Undo it by: engineroom import --undo " + id);
  }

  /// `products.refused.csv` for `products.csv` and for itself.
  private Path beside() {
    var name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    var stem = (dot < 0 ? name : name.substring(0, dot)).replaceFirst("\\.refused$", "");
    return file.resolveSibling(stem + ".refused." + format.ending());
  }

  private void show(Path refused) throws IOException {
    if (format == Format.CSV) {
      showCsv(refused);
    } else {
      showJson(refused);
    }
  }

  /// The number and the mistake are the last two cells.
  private void showCsv(Path refused) throws IOException {
    try (var in = Files.newInputStream(refused)) {
      var csv = CsvReader.detecting(in);
      csv.next();
      int shown = 0;
      for (var cells = csv.next(); cells != null && shown < SHOWN_MAX; cells = csv.next()) {
        int width = cells.size();
        say(cells.get(width - 2), cells.get(width - 1));
        shown++;
      }
    }
  }

  private void showJson(Path refused) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(refused)) {
      var line = in.readLine();
      for (int shown = 0; line != null && shown < SHOWN_MAX; shown++) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        if (JsonReader.read(bytes, JsonLimits.defaults()) instanceof Json.Obj(var members)) {
          say(Told.text(members, "_line"), Told.text(members, "_error"));
        }
        line = in.readLine();
      }
    }
  }

  private void say(String line, String error) {
    console.notes().println(file.getFileName() + ":" + line + ": " + error);
  }
}
