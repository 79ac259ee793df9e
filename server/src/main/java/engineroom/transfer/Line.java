package engineroom.transfer;

import engineroom.json.Json;
import java.util.List;

/// One line of a file.
public sealed interface Line {
  /// From 1; of a row that spans lines, the first.
  long number();

  /// About how many characters it has.
  int length();

  /// A row of CSV.
  record Cells(long number, List<String> cells) implements Line {
    public Cells {
      cells = List.copyOf(cells);
    }

    @Override
    public int length() {
      int characters = 0;
      for (var cell : cells) {
        characters += cell.length();
      }
      return characters;
    }
  }

  /// A row of JSON.
  record Members(long number, Json.Obj row, int length) implements Line {}

  /// What is no row.
  ///
  /// @param text as it stands there
  /// @param message continues "the line"
  record Bad(long number, String text, String message) implements Line {
    @Override
    public int length() {
      return text.length();
    }
  }
}
