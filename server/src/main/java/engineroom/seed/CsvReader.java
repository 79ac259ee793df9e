package engineroom.seed;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads records of CSV (RFC 4180), one at a time; lines may end in CR LF or LF, and texts in
/// quotes may hold both.
final class CsvReader {
  /// Characters of one record; more is a quote that never closes.
  static final int RECORD_MAX = 4 << 20;

  /// What is not CSV.
  static final class NotCsv extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long line;

    private NotCsv(long line, String message) {
      super(message, null, false, false);
      this.line = line;
    }

    long line() {
      return line;
    }
  }

  private static final int END = -1;

  private final Reader in;
  private long line = 1;
  private long recordLine = 1;
  private int size;
  private int peeked;

  CsvReader(Reader in) throws IOException {
    this.in = in;
    this.peeked = in.read();
    if (peeked == '\uFEFF') {
      peeked = in.read();
    }
  }

  /// Where the record read last began, from 1.
  long line() {
    return recordLine;
  }

  /// The next record; null at the end. Empty lines are passed over.
  @Nullable List<String> next() throws IOException {
    while (peeked == '\n' || peeked == '\r') {
      take();
    }
    if (peeked == END) {
      return null;
    }
    recordLine = line;
    size = 0;
    var cells = new ArrayList<String>();
    cells.add(cell());
    while (peeked == ',') {
      take();
      cells.add(cell());
    }
    return cells;
  }

  private String cell() throws IOException {
    return peeked == '"' ? quoted() : plain();
  }

  private String plain() throws IOException {
    var text = new StringBuilder();
    while (peeked != END && peeked != ',' && peeked != '\n' && peeked != '\r') {
      if (peeked == '"') {
        throw new NotCsv(line, "has a quote within a cell: put the whole cell in quotes");
      }
      text.append((char) take());
    }
    return text.toString();
  }

  private String quoted() throws IOException {
    var text = new StringBuilder();
    take();
    while (true) {
      if (peeked == END) {
        throw new NotCsv(recordLine, "has a quote that is never closed");
      }
      int character = take();
      if (character != '"') {
        text.append((char) character);
      } else if (peeked == '"') {
        text.append((char) take());
      } else {
        break;
      }
    }
    if (peeked != END && peeked != ',' && peeked != '\n' && peeked != '\r') {
      throw new NotCsv(line, "has text behind a closing quote");
    }
    return text.toString();
  }

  private int take() throws IOException {
    int character = peeked;
    if (character == '\n') {
      line++;
    }
    if (++size > RECORD_MAX) {
      throw new NotCsv(recordLine, "has a row of more than " + RECORD_MAX + " characters");
    }
    peeked = in.read();
    return character;
  }
}
