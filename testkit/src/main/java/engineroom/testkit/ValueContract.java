package engineroom.testkit;

import static engineroom.testkit.ContractModel.itemRow;
import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.JsonText;
import engineroom.data.Value;
import engineroom.data.Value.Bytes;
import engineroom.data.Value.Date;
import engineroom.data.Value.Decimal;
import engineroom.data.Value.Json;
import engineroom.data.Value.ListOf;
import engineroom.data.Value.Money;
import engineroom.data.Value.Number;
import engineroom.data.Value.Point;
import engineroom.data.Value.Span;
import engineroom.data.Value.Time;
import engineroom.data.Value.Timestamp;
import engineroom.data.Value.Uuid;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Every kind of value comes back as it was kept, and is shown the same.
interface ValueContract {
  Opened opened();

  @Test
  default void keeps_texts() {
    comeBack(
        "title",
        Value.of(""),
        Value.of(" a\n\t\u0001\u007f "),
        Value.of("'; drop table item; --"),
        Value.of("\"\\/ é e\u0301 ß ı 😀 \uffff"),
        Value.of("x".repeat(100_000)));
    comeBack("kind", Value.of("red"));
    comeBack("note", Value.of("Straße ÄÖ"));
    comeBack("password", Value.of("$hash$"));
  }

  @Test
  default void keeps_whole_numbers_of_64_bits() {
    comeBack(
        "count",
        Value.of(0),
        Value.of(-1),
        Value.of((1L << 53) + 1),
        Value.of(Long.MAX_VALUE),
        Value.of(Long.MIN_VALUE));
  }

  @Test
  default void keeps_decimals_exactly_with_their_scale() {
    comeBack(
        "amount",
        decimal("0.0000"),
        decimal("0.1000"),
        decimal("-0.0001"),
        decimal("99999999999999.9999"),
        decimal("-99999999999999.9999"));
  }

  @Test
  default void keeps_floats_exactly() {
    comeBack(
        "ratio",
        new Number(0),
        new Number(0.1),
        new Number(1.0 / 3),
        new Number(3),
        new Number(1e300),
        new Number(Double.MIN_VALUE),
        new Number(-Double.MAX_VALUE),
        new Number(123456789012345680.0));
  }

  @Test
  default void keeps_money_with_and_without_a_fixed_currency() {
    comeBack("price", new Money(0, "EUR"), new Money(Long.MIN_VALUE, "EUR"));
    comeBack("cost", new Money(1250, "USD"), new Money(Long.MAX_VALUE, "JPY"));
  }

  @Test
  default void keeps_truth_and_ids() {
    comeBack("open", Value.of(true), Value.of(false));
    comeBack("token", new Uuid(new UUID(-1, -1)), new Uuid(new UUID(0, 0)));
  }

  @Test
  default void keeps_moments_with_microseconds() {
    comeBack(
        "at",
        timestamp("0001-01-01T00:00:00Z"),
        timestamp("1969-12-31T23:59:59.999999Z"),
        timestamp("2026-08-01T10:00:00.000001Z"),
        timestamp("9999-12-31T23:59:59.999999Z"));
    comeBack("day", new Date(LocalDate.of(1, 1, 1)), new Date(LocalDate.of(9999, 12, 31)));
    comeBack("hour", new Time(LocalTime.MIDNIGHT), new Time(LocalTime.parse("23:59:59.999999")));
  }

  @Test
  default void keeps_lengths_of_time_with_microseconds() {
    comeBack(
        "span",
        new Span(Duration.ZERO),
        new Span(Duration.ofNanos(1_000)),
        new Span(Duration.ofNanos(-1_000)),
        new Span(Duration.ofDays(400)),
        new Span(Duration.parse("-PT90M0.5S")));
  }

  @Test
  default void keeps_places() {
    comeBack("place", new Point(52.520008, 13.404954), new Point(-90, 180), new Point(0.1, -1e-7));
  }

  @Test
  default void keeps_json_as_it_came() {
    comeBack(
        "extra",
        new Json("null"),
        new Json("\"text\""),
        new Json("1.10"),
        new Json("[]"),
        new Json("{\"b\":{\"x\":[1,2.50,\"é😀\"]},\"a\":true}"));
  }

  @Test
  default void keeps_bytes() {
    comeBack("data", new Bytes(new byte[0]), new Bytes(new byte[] {0, -1, 127, -128}));
  }

  @Test
  default void keeps_lists_in_their_order() {
    comeBack(
        "words",
        new ListOf(List.of()),
        new ListOf(List.of(Value.of("b"), Value.of(""), Value.of("a\"\\,]"), Value.of("b"))));
    comeBack("numbers", new ListOf(List.of(Value.of(Long.MAX_VALUE), Value.of(-3), Value.of(0))));
  }

  @Test
  default void keeps_null_apart_from_zero_and_empty() {
    var row = itemRow(1);
    try (var in = opened()) {
      in.keep("item", row);
      assertThat(in.found("item", row)).isEqualTo(row);
    }
  }

  /// Keeps each value in a new row and by an update, finds it, and reads it as JSON.
  private void comeBack(String field, Value... values) {
    try (var in = opened()) {
      for (int i = 0; i < values.length; i++) {
        var kept = itemRow(i).with(field, values[i]);
        in.keep("item", kept);
        assertThat(in.found("item", kept)).isEqualTo(kept);
        var updated = itemRow(1_000 + i);
        in.keep("item", updated);
        in.update("item", updated.with(field, values[i]), field);
        assertThat(in.found("item", updated).value(field)).isEqualTo(values[i]);
        var filter =
            Say.equal(Say.get("item", "id"), Say.parameter(0, Say.get("item", "id").type()));
        var plan = Say.rows("item", Say.shape("item", field), filter);
        assertThat(in.json(plan, kept.id()))
            .containsExactly("{\"" + field + "\":" + JsonText.of(values[i]) + "}");
      }
    }
  }

  private static Value decimal(String text) {
    return new Decimal(new BigDecimal(text));
  }

  private static Value timestamp(String text) {
    return new Timestamp(Instant.parse(text));
  }
}
