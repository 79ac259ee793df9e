package engineroom.data;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/// How moments are written: always UTC, always six digits of a second, so that text order is time
/// order.
public final class Times {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

  private Times() {}

  /// Cuts an instant to microseconds and refuses years that four digits can't write.
  public static Instant microseconds(Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new IllegalArgumentException("timestamp must be in the years 0001 to 9999");
    }
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  /// RFC 3339 with `Z` and six digits of a second.
  public static String text(Instant instant) {
    var time = instant.atOffset(ZoneOffset.UTC);
    var text = new StringBuilder(27);
    digits(text, time.getYear(), 4).append('-');
    digits(text, time.getMonthValue(), 2).append('-');
    digits(text, time.getDayOfMonth(), 2).append('T');
    digits(text, time.getHour(), 2).append(':');
    digits(text, time.getMinute(), 2).append(':');
    digits(text, time.getSecond(), 2).append('.');
    return digits(text, time.getNano() / 1_000, 6).append('Z').toString();
  }

  /// Written by hand: a formatter takes five times as long, and each new row has two of them.
  private static StringBuilder digits(StringBuilder text, int number, int count) {
    var digits = Integer.toString(number);
    return text.repeat('0', count - digits.length()).append(digits);
  }

  /// RFC 3339 partial-time with six digits of a second.
  public static String text(LocalTime time) {
    return TIME.format(time);
  }
}
