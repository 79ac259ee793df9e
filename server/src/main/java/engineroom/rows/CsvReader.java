package engineroom.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads records of CSV (RFC 4180) in UTF-8, one at a time; lines may end in CR LF or LF, and texts
/// in quotes may hold both.
public final class CsvReader {
  /// Characters of one record; more is a quote that never closes.
  public static final int RECORD_MAX = 4 << 20;

  /// What is not CSV.
  public static final class NotCsv extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long line;

    private NotCsv(long line, String message) {
      super(message, null, false, false);
      this.line = line;
    }

    /// From 1.
    public long line() {
      return line;
    }
  }

  private static final int END = Utf8.END;
  private static final String DELIMITERS = ",;\t";

  private final Utf8 in;
  private final char delimiter;
  private long line = 1;
  private long recordLine = 1;
  private int size;
  private int peeked;

  private CsvReader(Utf8 in, char delimiter) throws IOException {
    this.in = in;
    this.delimiter = delimiter;
    this.peeked = next(in);
    if (peeked == '\uFEFF') {
      peeked = next(in);
    }
  }

  /// With a delimiter that is known.
  public static CsvReader of(InputStream in, char delimiter) throws IOException {
    return new CsvReader(new Utf8(in), delimiter);
  }

  /// With the comma, semicolon or tab that the first line has most of.
  public static CsvReader detecting(InputStream in) throws IOException {
    var text = new Utf8(in);
    return new CsvReader(text, delimiter(text.ahead()));
  }

  private static char delimiter(CharSequence ahead) {
    var counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    for (int i = 0; i < ahead.length(); i++) {
      char c = ahead.charAt(i);
      if (!quoted && (c == '\n' || c == '\r')) {
        break;
      }
      quoted ^= c == '"';
      int kind = quoted ? -1 : DELIMITERS.indexOf(c);
      if (kind >= 0) {
        counts[kind]++;
      }
    }
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return DELIMITERS.charAt(most);
  }

  /// Between cells.
  public char delimiter() {
    return delimiter;
  }

  /// Where the record read last began, from 1.
  public long line() {
    return recordLine;
  }

  /// The next record; null at the end. Empty lines are passed over.
  public @Nullable List<String> next() throws IOException {
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
    while (peeked == delimiter) {
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
    while (peeked != END && peeked != delimiter && peeked != '\n' && peeked != '\r') {
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
    if (peeked != END && peeked != delimiter && peeked != '\n' && peeked != '\r') {
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
    peeked = next(in);
    return character;
  }

  private int next(Utf8 text) throws IOException {
    int character = text.next();
    if (character == Utf8.MALFORMED) {
      throw new NotCsv(line, "is not UTF-8: save the file with that encoding");
    }
    return character;
  }
}
