package engineroom.door.query;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Fields;
import engineroom.rows.CsvText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes rows as CSV (RFC 4180): a header row, references, money and points as dotted columns,
/// lists and JSON as JSON text. Values are written as they are: a text that begins with `=` stays
/// one, so open the file in a spreadsheet as text.
public final class CsvWriter {
  private static final JsonLimits OWN =
      new JsonLimits(10_000, Integer.MAX_VALUE, 1_000, Integer.MAX_VALUE);

  private final List<List<String>> columns = new ArrayList<>();

  public CsvWriter(Entity entity, Selection selection, Names names) {
    add(entity, selection, names, List.of());
  }

  private void add(Entity entity, Selection selection, Names names, List<String> prefix) {
    var expanded = selection.expansions().stream().map(Selection.Expansion::field).toList();
    var fields =
        switch (selection.fields()) {
          case Fields.All.ALL ->
              entity.fields().keySet().stream().filter(names.of(entity.name())::contains).toList();
          case Fields.Named(var named) -> named;
        };
    for (var name : fields) {
      var field = entity.field(name);
      if (!field.secret() && !expanded.contains(name)) {
        columns(field, below(prefix, name));
      }
    }
    for (var expansion : selection.expansions()) {
      var path = below(prefix, expansion.field());
      var field = entity.findField(expansion.field());
      if (field.isPresent() && field.get().type() instanceof FieldType.Reference(var to, _, _, _)) {
        boolean all = expansion.selection().fields() == Fields.All.ALL;
        boolean named =
            expansion.selection().fields() instanceof Fields.Named(var some) && some.contains("id");
        if (!all && !named) {
          columns.add(below(path, "id"));
        }
        add(names.model().entity(to), expansion.selection(), names, path);
      } else {
        columns.add(path);
      }
    }
  }

  private void columns(Field field, List<String> path) {
    switch (field.type()) {
      case FieldType.Money _ -> parts(path, "amount", "currency");
      case FieldType.Reference _ -> columns.add(below(path, "id"));
      case FieldType.Plain.POINT -> parts(path, "latitude", "longitude");
      case FieldType.Text _,
          FieldType.Whole _,
          FieldType.Decimal _,
          FieldType.Number _,
          FieldType.Plain _,
          FieldType.Choice _,
          FieldType.Json _,
          FieldType.Bytes _,
          FieldType.ListOf _ ->
          columns.add(path);
    }
  }

  private void parts(List<String> path, String first, String second) {
    columns.add(below(path, first));
    columns.add(below(path, second));
  }

  private static List<String> below(List<String> path, String name) {
    var longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /// The header row, then the rows, each of them written before the next is read.
  public void write(List<byte[]> rows, OutputStream out) throws IOException {
    header(out);
    rows(rows, out);
  }

  /// The header row alone.
  public void header(OutputStream out) throws IOException {
    line(columns.stream().map(c -> String.join(".", c)).toList(), out);
  }

  /// Rows without a header.
  public void rows(List<byte[]> rows, OutputStream out) throws IOException {
    for (var row : rows) {
      var json = JsonReader.read(row, OWN);
      line(columns.stream().map(c -> text(json, c)).toList(), out);
    }
  }

  private static void line(List<String> cells, OutputStream out) throws IOException {
    out.write(CsvText.line(cells, ',').getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Json row, List<String> path) {
    Json at = row;
    for (var name : path) {
      at =
          at instanceof Json.Obj(var members)
              ? members.getOrDefault(name, Json.Null.NULL)
              : Json.Null.NULL;
    }
    return switch (at) {
      case Json.Null.NULL -> "";
      case Json.Text(var text) -> text;
      case Json.Num(var text) -> text;
      case Json.Bool(var truth) -> Boolean.toString(truth);
      case Json.Obj _, Json.Arr _ -> JsonWriter.text(at);
    };
  }
}
