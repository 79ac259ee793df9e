package engineroom.stores.sqlite;

import engineroom.data.Times;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the columns of an attached file hold, as ours do: times without a zone, which are taken for
/// UTC, and the numbers that stand for versions.
final class Moments {
  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?");

  /// Bits of a version: every reader of JSON keeps such a number exactly.
  private static final int BITS = 52;

  private Moments() {}

  /// Our text of a time like `2009-01-01 00:00:00`; null of anything else.
  static @Nullable String read(String kept) {
    if (!MOMENT.matcher(kept).matches()) {
      return null;
    }
    try {
      return Times.text(LocalDateTime.parse(kept.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return null; // no such day: that is the answer
    }
  }

  /// The text that the column keeps of ours.
  static String kept(String ours) {
    var text = Times.text(Instant.parse(ours)).replace('T', ' ').replace("Z", "");
    return text.endsWith(".000000") ? text.substring(0, text.length() - 7) : text;
  }

  /// A number that stands for a text, 1 or more.
  static long version(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      var number = 0L;
      for (var i = 0; i < Long.BYTES; i++) {
        number = (number << Byte.SIZE) | (hash[i] & 0xff);
      }
      return (number >>> (Long.SIZE - BITS)) + 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
