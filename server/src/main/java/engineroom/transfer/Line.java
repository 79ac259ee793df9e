package engineroom.transfer;

import engineroom.json.Json;
import java.util.List;

/// One line of a file.
sealed interface Line {
  /// From 1; of a row that spans lines, the first.
  long number();

  /// A row of CSV.
  record Cells(long number, List<String> cells) implements Line {
    public Cells {
      cells = List.copyOf(cells);
    }
  }

  /// A row of JSON.
  record Members(long number, Json.Obj row) implements Line {}

  /// What is no row.
  ///
  /// @param text as it stands there
  /// @param message continues "the line"
  record Bad(long number, String text, String message) implements Line {}
}
