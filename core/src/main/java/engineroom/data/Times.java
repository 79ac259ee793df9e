package engineroom.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How moments are written: always UTC, always six digits of a second, so that text order is time
/// order.
public final class Times {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final String OWN = "0000-00-00T00:00:00.000000Z";
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

  /// The moment that [#text] wrote, or another one of ISO 8601.
  ///
  /// @throws java.time.DateTimeException for what is none
  public static Instant instant(String text) {
    var own = own(text);
    return own == null ? Instant.parse(text) : own;
  }

  /// The moment that [#text] wrote; null for another form, and for what is no moment. Read by hand:
  /// a parser takes ten times as long, and each row that changes has two of them.
  public static @Nullable Instant own(String text) {
    if (text.length() != OWN.length()) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      boolean digit = text.charAt(i) >= '0' && text.charAt(i) <= '9';
      if (OWN.charAt(i) == '0' ? !digit : text.charAt(i) != OWN.charAt(i)) {
        return null;
      }
    }
    try {
      var day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
      var time = LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19));
      var nanos = number(text, 20, 26) * 1_000;
      return Instant.ofEpochSecond(day.toEpochSecond(time, ZoneOffset.UTC), nanos);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /// RFC 3339 partial-time with six digits of a second.
  public static String text(LocalTime time) {
    return TIME.format(time);
  }
}
