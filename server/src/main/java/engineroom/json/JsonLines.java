package engineroom.json;

import static engineroom.problem.ProblemException.problem;

import engineroom.problem.RequestProblem.OverLimit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Reads NDJSON: one JSON value a line. Empty lines are passed over.
public final class JsonLines {
  private JsonLines() {}

  /// The values in order; a mistake names its line.
  public static List<Json> read(byte[] bytes, JsonLimits limits) {
    List<Json> values = new ArrayList<>();
    int line = 1;
    for (int from = 0; from < bytes.length; line++) {
      int to = endOfLine(bytes, from);
      if (!blank(bytes, from, to)) {
        if (values.size() >= limits.arrayLength()) {
          throw problem(
              new OverLimit(
                  "json-array", "NDJSON may have " + limits.arrayLength() + " lines at most."));
        }
        values.add(JsonReader.read(ByteBuffer.wrap(bytes, from, to - from), limits, line));
      }
      from = to + 1;
    }
    return values;
  }

  private static int endOfLine(byte[] bytes, int from) {
    int to = from;
    while (to < bytes.length && bytes[to] != '\n') {
      to++;
    }
    return to;
  }

  private static boolean blank(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
