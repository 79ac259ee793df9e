package engineroom.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Plain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversionTest {
  private static final FieldType TEXT = FieldType.Text.PLAIN;
  private static final FieldType WHOLE = new FieldType.Whole(null, null);
  private static final FieldType DECIMAL = new FieldType.Decimal(18, 6, null, null);
  private static final FieldType NUMBER = new FieldType.Number(null, null);
  private static final FieldType JSON = new FieldType.Json(null);

  private static void converts(Value value, FieldType type, Value expected) {
    assertThat(Conversion.convert(value, type)).as(value + " to " + type).isEqualTo(expected);
  }

  private static void refuses(Value value, FieldType type) {
    assertThat(Conversion.convert(value, type)).as(value + " to " + type).isNull();
  }

  private static Value decimal(String number) {
    return new Value.Decimal(new BigDecimal(number));
  }

  @Test
  void keeps_the_absence_of_a_value() {
    for (var type : List.of(TEXT, WHOLE, JSON, Plain.SECRET, new FieldType.ListOf(TEXT))) {
      converts(Value.NULL, type, Value.NULL);
    }
  }

  @Test
  void reads_whole_numbers_of_64_bits_and_no_others() {
    converts(Value.of("-12"), WHOLE, Value.of(-12));
    converts(Value.of("9223372036854775807"), WHOLE, Value.of(Long.MAX_VALUE));
    refuses(Value.of("9223372036854775808"), WHOLE);
    refuses(Value.of("12.0"), WHOLE);
    refuses(Value.of(" 12"), WHOLE);
    refuses(Value.of(""), WHOLE);
    converts(decimal("12.00"), WHOLE, Value.of(12));
    refuses(decimal("12.50"), WHOLE);
    converts(new Value.Number(3.0), WHOLE, Value.of(3));
    refuses(new Value.Number(1e300), WHOLE);
    converts(Value.of(true), WHOLE, Value.of(1));
  }

  @Test
  void makes_floats_of_what_they_can_hold() {
    converts(Value.of(1L << 53), NUMBER, new Value.Number(9007199254740992.0));
    refuses(Value.of((1L << 53) + 1), NUMBER);
    converts(decimal("0.1"), NUMBER, new Value.Number(0.1));
    refuses(decimal("0.12345678901234567"), NUMBER);
    converts(Value.of("1e3"), NUMBER, new Value.Number(1000));
    refuses(Value.of("1e999"), NUMBER);
    refuses(Value.of("NaN"), NUMBER);
  }

  @Test
  void makes_decimals_without_rounding() {
    converts(Value.of("1.50"), DECIMAL, decimal("1.50"));
    converts(new Value.Number(0.1), DECIMAL, decimal("0.1"));
    refuses(Value.of("1e3"), DECIMAL);
    refuses(Value.of(true), DECIMAL);
  }

  @Test
  void writes_texts_as_answers_show_them() {
    converts(decimal("1.50"), TEXT, Value.of("1.50"));
    converts(new Value.Number(3), TEXT, Value.of("3.0"));
    converts(Value.of(true), TEXT, Value.of("true"));
    converts(new Value.Date(LocalDate.of(2026, 8, 1)), TEXT, Value.of("2026-08-01"));
    converts(new Value.Json("{\"a\":1}"), TEXT, Value.of("{\"a\":1}"));
    refuses(new Value.Money(1, "EUR"), TEXT);
    refuses(new Value.Bytes(new byte[] {1}), TEXT);
  }

  @Test
  void turns_days_into_their_midnight_and_back() {
    var day = new Value.Date(LocalDate.of(2026, 8, 1));
    var midnight = new Value.Timestamp(Instant.parse("2026-08-01T00:00:00Z"));
    converts(day, Plain.TIMESTAMP, midnight);
    converts(midnight, Plain.DATE, day);
    refuses(new Value.Timestamp(Instant.parse("2026-08-01T00:00:01Z")), Plain.DATE);
    converts(Value.of("2026-08-01"), Plain.DATE, day);
    refuses(Value.of("2026-02-30"), Plain.DATE);
  }

  @Test
  void reads_truth_values_strictly() {
    converts(Value.of("true"), Plain.BOOLEAN, Value.of(true));
    converts(Value.of(0), Plain.BOOLEAN, Value.of(false));
    refuses(Value.of(2), Plain.BOOLEAN);
    refuses(Value.of("yes"), Plain.BOOLEAN);
  }

  @Test
  void makes_lists_of_single_values_and_back() {
    var list = new Value.ListOf(List.of(Value.of("7")));
    converts(Value.of(7), new FieldType.ListOf(TEXT), list);
    converts(list, WHOLE, Value.of(7));
    converts(new Value.ListOf(List.of()), WHOLE, Value.NULL);
    refuses(new Value.ListOf(List.of(Value.of("7"), Value.of("8"))), WHOLE);
    refuses(new Value.ListOf(List.of(Value.of("x"))), new FieldType.ListOf(WHOLE));
  }

  @Test
  void makes_json_of_anything_and_never_a_secret() {
    converts(Value.of("a"), JSON, new Value.Json("\"a\""));
    converts(new Value.ListOf(List.of(Value.of(1))), JSON, new Value.Json("[1]"));
    refuses(Value.of("a"), Plain.SECRET);
    refuses(Value.of("a"), Plain.POINT);
  }

  @Test
  void gives_numbers_the_one_currency_of_a_field() {
    converts(Value.of(250), new FieldType.Money("EUR", null, null), new Value.Money(250, "EUR"));
    refuses(Value.of(250), new FieldType.Money(null, null, null));
    converts(new Value.Money(250, "EUR"), WHOLE, Value.of(250));
  }
}
