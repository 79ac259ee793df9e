package engineroom.transfer;

import engineroom.rows.CsvReader;
import engineroom.rows.CsvReader.NotCsv;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a CSV file.
final class CsvLines implements Lines {
  private final CsvReader csv;
  private final List<String> header;

  /// @param delimiter 0 for the one that the first line has most of
  CsvLines(InputStream in, char delimiter) throws IOException {
    try {
      csv = delimiter == 0 ? CsvReader.detecting(in) : CsvReader.of(in, delimiter);
      var first = csv.next();
      if (first == null) {
        throw new BadFile(1, "is empty: it must name the columns");
      }
      header = first;
    } catch (NotCsv e) {
      throw new BadFile(e.line(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<String> header() {
    return header;
  }

  char delimiter() {
    return csv.delimiter();
  }

  @Override
  public @Nullable Line next() throws IOException {
    try {
      var cells = csv.next();
      return cells == null ? null : new Line.Cells(csv.line(), cells);
    } catch (NotCsv e) {
      throw new BadFile(e.line(), String.valueOf(e.getMessage()));
    }
  }
}
