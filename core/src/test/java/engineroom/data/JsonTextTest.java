package engineroom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void escapes_quotes_backslashes_and_control_characters_only() {
    assertThat(JsonText.of(Value.of("a\"b\\c\b\f\n\r\t\u0001\u001f/é😀\u007f")))
        .isEqualTo("\"a\\\"b\\\\c\\b\\f\\n\\r\\t\\u0001\\u001f/é😀\u007f\"");
  }

  @Test
  void writes_whole_numbers_as_they_are() {
    assertThat(JsonText.of(Value.of(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
    assertThat(JsonText.of(Value.of(0))).isEqualTo("0");
  }

  @Test
  void writes_floats_plain_between_1e_minus_5_and_1e17() {
    assertThat(JsonText.number(3)).isEqualTo("3.0");
    assertThat(JsonText.number(-0.0)).isEqualTo("0.0");
    assertThat(JsonText.number(0.1)).isEqualTo("0.1");
    assertThat(JsonText.number(-1234.5)).isEqualTo("-1234.5");
    assertThat(JsonText.number(1e-5)).isEqualTo("0.00001");
    assertThat(JsonText.number(1e16)).isEqualTo("10000000000000000.0");
  }

  @Test
  void writes_very_small_and_very_large_floats_with_an_exponent() {
    assertThat(JsonText.number(1e17)).isEqualTo("1.0e+17");
    assertThat(JsonText.number(9.9e-6)).isEqualTo("9.9e-06");
    assertThat(JsonText.number(-1e300)).isEqualTo("-1.0e+300");
    assertThat(JsonText.number(Double.MIN_VALUE)).isEqualTo("4.9e-324");
    assertThat(JsonText.number(Double.MAX_VALUE)).isEqualTo("1.7976931348623157e+308");
  }

  @Test
  void floats_read_back_as_themselves() {
    long seed = Long.getLong("seed", 42);
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        assertThat(Double.parseDouble(JsonText.number(number)))
            .as("seed %s, %s", seed, number)
            .isEqualTo(number == 0 ? 0.0 : number);
      }
    }
  }

  @Test
  void decimals_keep_their_scale() {
    assertThat(JsonText.of(new Value.Decimal(new BigDecimal("1.50")))).isEqualTo("\"1.50\"");
    assertThat(JsonText.of(new Value.Decimal(new BigDecimal("-1E+3")))).isEqualTo("\"-1000\"");
  }

  @Test
  void times_have_six_digits_of_a_second() {
    var instant = Instant.parse("2026-08-01T10:00:00.5Z");
    assertThat(JsonText.of(new Value.Timestamp(instant)))
        .isEqualTo("\"2026-08-01T10:00:00.500000Z\"");
    assertThat(JsonText.of(new Value.Time(LocalTime.of(9, 5)))).isEqualTo("\"09:05:00.000000\"");
    assertThat(JsonText.of(new Value.Date(LocalDate.of(1, 2, 3)))).isEqualTo("\"0001-02-03\"");
    assertThat(JsonText.of(new Value.Span(Duration.ofMinutes(90)))).isEqualTo("\"PT1H30M\"");
  }

  @Test
  void writes_the_kinds_with_parts_in_their_order() {
    assertThat(JsonText.of(new Value.Money(1250, "EUR")))
        .isEqualTo("{\"amount\":1250,\"currency\":\"EUR\"}");
    assertThat(JsonText.of(new Value.Point(52.5, -13)))
        .isEqualTo("{\"latitude\":52.5,\"longitude\":-13.0}");
    assertThat(JsonText.of(new Value.ListOf(List.of(Value.of("a"), Value.of(1), Value.NULL))))
        .isEqualTo("[\"a\",1,null]");
  }

  @Test
  void writes_json_as_it_is_and_bytes_as_base64() {
    assertThat(JsonText.of(new Value.Json("{\"b\":1,\"a\":[]}"))).isEqualTo("{\"b\":1,\"a\":[]}");
    assertThat(JsonText.of(new Value.Bytes(new byte[] {-1, -2}))).isEqualTo("\"//4=\"");
    assertThat(JsonText.of(new Value.Uuid(new UUID(0, 1))))
        .isEqualTo("\"00000000-0000-0000-0000-000000000001\"");
    assertThat(JsonText.of(Value.of(true))).isEqualTo("true");
    assertThat(JsonText.of(new Value.ListOf(List.of()))).isEqualTo("[]");
  }
}
