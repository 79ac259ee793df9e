package engineroom.position;

import static engineroom.problem.ProblemException.problem;

import engineroom.http.Request.Headers;
import engineroom.problem.RequestProblem.BadParameter;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A place in the log of the database, as requests and answers spell it: 16 hexadecimal digits, so
/// that of two texts the greater one is the later place.
final class Position {
  /// Of answers to writes.
  static final String HEADER = "Engineroom-Position";

  /// Of reads that are to have what was written before.
  static final String AFTER = "Engineroom-After";

  private static final Pattern TEXT = Pattern.compile("[0-9a-f]{1,16}");

  private Position() {}

  static String text(long position) {
    return HexFormat.of().toHexDigits(position);
  }

  /// The one that a request brings.
  static OptionalLong after(Headers headers) {
    var text = headers.find(AFTER);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    var position = parsed(text.get());
    if (position.isEmpty()) {
      throw problem(
          new BadParameter(
              AFTER + " is no position.",
              "Send what " + HEADER + " said last; 0 where nothing was written for 10 seconds."));
    }
    return position;
  }

  /// Beyond what any log reaches, the last place of all.
  static OptionalLong parsed(String text) {
    if (!TEXT.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    var read = Long.parseUnsignedLong(text, 16);
    return OptionalLong.of(read < 0 ? Long.MAX_VALUE : read);
  }
}
