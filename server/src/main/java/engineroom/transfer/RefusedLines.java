package engineroom.transfer;

import engineroom.json.Json;
import engineroom.json.JsonWriter;
import engineroom.rows.CsvText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Writes refused lines as they came, with their number and what is wrong: to be mended and sent
/// again.
final class RefusedLines {
  private final OutputStream out;
  private final List<Integer> kept = new ArrayList<>();
  private char delimiter = ',';

  RefusedLines(OutputStream out) {
    this.out = out;
  }

  /// Writes the header of CSV. The two columns of an earlier refusal are replaced.
  void header(List<String> header, char by) throws IOException {
    delimiter = by;
    for (int i = 0; i < header.size(); i++) {
      var column = header.get(i).strip();
      if (!column.equals(Mapping.LINE) && !column.equals(Mapping.ERROR)) {
        kept.add(i);
      }
    }
    line(header, Mapping.LINE, Mapping.ERROR);
  }

  void write(Line line, Refusal refusal) throws IOException {
    switch (line) {
      case Line.Cells(var number, var cells) ->
          line(cells, Long.toString(number), refusal.problem());
      case Line.Members(_, var row, _) -> member(row, refusal);
      case Line.Bad(_, var text, _) -> {
        var only = new LinkedHashMap<String, Json>();
        only.put("_text", new Json.Text(text.replaceAll("[\\ud800-\\udfff\\u0000]", "\ufffd")));
        member(new Json.Obj(only), refusal);
      }
    }
  }

  /// The cells that there are, then those of the header that the line lacks.
  private void line(List<String> cells, String number, String error) throws IOException {
    var all = new ArrayList<String>();
    for (int position : kept) {
      all.add(position < cells.size() ? cells.get(position) : "");
    }
    all.add(number);
    all.add(error);
    out.write(CsvText.line(all, delimiter).getBytes(StandardCharsets.UTF_8));
  }

  private void member(Json.Obj row, Refusal refusal) throws IOException {
    var members = new LinkedHashMap<>(row.members());
    members.put(Mapping.LINE, new Json.Num(Long.toString(refusal.line())));
    members.put(Mapping.ERROR, new Json.Text(refusal.problem()));
    out.write(JsonWriter.write(new Json.Obj(members)));
    out.write('\n');
  }
}
