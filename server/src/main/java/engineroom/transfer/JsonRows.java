package engineroom.transfer;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of an NDJSON file, or of a file that is one JSON array, each read for itself.
public final class JsonRows implements Lines {
  /// Bytes of one row; more is a bracket that never closes.
  static final int ROW_MAX = 4 << 20;

  private static final int BUFFER = 1 << 16;
  private static final int END = -1;
  private static final String CUT = "ends within the array: a ] is missing";

  private final InputStream in;
  private final Format format;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream row = new ByteArrayOutputStream();
  private int filled;
  private int at;
  private long line = 1;
  private boolean begun;
  private boolean ended;

  /// @param format NDJSON or JSON
  public JsonRows(InputStream in, Format format) {
    this.in = in;
    this.format = format;
  }

  @Override
  public List<String> header() {
    return List.of();
  }

  @Override
  public @Nullable Line next() throws IOException {
    return format == Format.NDJSON ? nextLine() : nextElement();
  }

  /// Whether the next row of NDJSON has come in full, so that nobody waits for it.
  public boolean ready() {
    int from = at;
    while (from < filled && " \t\r\n".indexOf(buffer[from]) >= 0) {
      from++;
    }
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  private @Nullable Line nextLine() throws IOException {
    while (true) {
      int first = space(" \t\r\n");
      if (first == END) {
        return null;
      }
      long number = line;
      row.reset();
      for (int c = peek(); c != END && c != '\n'; c = peek()) {
        keep(number);
      }
      return row(number);
    }
  }

  private @Nullable Line nextElement() throws IOException {
    if (ended) {
      return null;
    }
    if (!begin()) {
      return null;
    }
    long number = line;
    row.reset();
    element(number);
    return row(number);
  }

  /// Goes to the next element; false behind the last one.
  private boolean begin() throws IOException {
    int c = space(" \t\r\n");
    if (!begun) {
      if (c != '[') {
        throw new BadFile(line, "is no JSON array of rows: begin with [, or send NDJSON");
      }
      take();
      begun = true;
      c = space(" \t\r\n");
      return c != ']' || end();
    }
    if (c == ']') {
      return end();
    }
    if (c != ',') {
      throw new BadFile(line, c == END ? CUT : "has no comma between two rows");
    }
    take();
    space(" \t\r\n");
    return true;
  }

  private boolean end() throws IOException {
    take();
    ended = true;
    if (space(" \t\r\n") != END) {
      throw new BadFile(line, "has something behind the array");
    }
    return false;
  }

  /// Keeps the bytes up to the comma or bracket that ends the element.
  private void element(long number) throws IOException {
    int depth = 0;
    boolean quoted = false;
    for (int c = peek(); ; c = peek()) {
      if (c == END) {
        throw new BadFile(number, CUT);
      }
      if (!quoted && depth == 0 && (c == ',' || c == ']')) {
        return;
      }
      if (quoted && c == '\\') {
        keep(number);
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
      keep(number);
    }
  }

  private Line row(long number) {
    var bytes = row.toByteArray();
    try {
      if (JsonReader.read(bytes, JsonLimits.defaults()) instanceof Json.Obj object) {
        return new Line.Members(number, object, bytes.length);
      }
      return bad(number, bytes, "is no JSON object: {\"field\": value}");
    } catch (ProblemException e) {
      var hint = e.problem().hint();
      return bad(number, bytes, "is not JSON: " + (hint == null ? e.problem().title() : hint));
    }
  }

  private static Line bad(long number, byte[] bytes, String message) {
    return new Line.Bad(number, new String(bytes, StandardCharsets.UTF_8).strip(), message);
  }

  private int space(String characters) throws IOException {
    int c = peek();
    while (c != END && characters.indexOf(c) >= 0) {
      take();
      c = peek();
    }
    return c;
  }

  private void keep(long number) throws IOException {
    if (row.size() >= ROW_MAX) {
      throw new BadFile(number, "has a row of more than " + ROW_MAX + " bytes");
    }
    row.write(peek());
    take();
  }

  private int peek() throws IOException {
    if (at == filled) {
      filled = Math.max(in.read(buffer), 0);
      at = 0;
    }
    return filled == 0 ? END : buffer[at] & 0xff;
  }

  private void take() {
    if (buffer[at++] == '\n') {
      line++;
    }
  }
}
