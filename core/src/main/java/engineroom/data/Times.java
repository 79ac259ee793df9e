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
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
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
    return TIMESTAMP.format(instant);
  }

  /// RFC 3339 partial-time with six digits of a second.
  public static String text(LocalTime time) {
    return TIME.format(time);
  }
}
