package engineroom.data;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// One value of a field. Each case checks what holds for every value of its kind.
public sealed interface Value {
  /// The absence of a value: distinct from zero and from empty text.
  enum Null implements Value {
    NULL
  }

  /// Unicode text without U+0000, which some databases can't keep.
  record Text(String text) implements Value {
    public Text {
      if (text.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("text must not contain the character U+0000");
      }
    }
  }

  /// A whole number of 64 bits.
  record Integer(long number) implements Value {}

  /// An exact decimal number.
  record Decimal(BigDecimal number) implements Value {}

  /// A finite 64-bit float. Minus zero is zero.
  record Number(double number) implements Value {
    public Number {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("number must be finite, was " + number);
      }
      number = number == 0 ? 0 : number;
    }
  }

  /// True or false.
  record Bool(boolean truth) implements Value {}

  /// An instant of UTC, with microseconds, in the years 0001 to 9999.
  record Timestamp(Instant instant) implements Value {
    public Timestamp {
      instant = Times.microseconds(instant);
    }
  }

  /// A day without a time zone, in the years 0001 to 9999.
  record Date(LocalDate date) implements Value {}

  /// A time of day, with microseconds.
  record Time(LocalTime time) implements Value {}

  /// A length of time, with microseconds.
  record Span(Duration duration) implements Value {}

  /// A universally unique identifier.
  record Uuid(java.util.UUID uuid) implements Value {}

  /// Bytes; JSON shows them as base64.
  record Bytes(byte[] bytes) implements Value {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes(var others) && Arrays.equals(bytes, others);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Bytes[" + Base64.getEncoder().encodeToString(bytes) + "]";
    }
  }

  /// Any JSON, kept as compact text with its members in the order they came.
  record Json(String json) implements Value {}

  /// A place on Earth (WGS 84), in degrees.
  record Point(double latitude, double longitude) implements Value {
    public Point {
      if (!(latitude >= -90 && latitude <= 90)) {
        throw new IllegalArgumentException("latitude must be -90 to 90, was " + latitude);
      }
      if (!(longitude >= -180 && longitude <= 180)) {
        throw new IllegalArgumentException("longitude must be -180 to 180, was " + longitude);
      }
    }
  }

  /// An amount in minor units of a currency (ISO 4217).
  record Money(long amount, String currency) implements Value {}

  /// An ordered list.
  record ListOf(List<Value> elements) implements Value {
    public ListOf {
      elements = List.copyOf(elements);
    }
  }

  /// The literal `null`.
  Value NULL = Null.NULL;

  /// Shorthand for a text.
  static Value of(String text) {
    return new Text(text);
  }

  /// Shorthand for a whole number.
  static Value of(long number) {
    return new Integer(number);
  }

  /// Shorthand for a truth value.
  static Value of(boolean truth) {
    return new Bool(truth);
  }
}
