package engineroom.stores.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.JsonText;
import engineroom.operation.FieldRules;
import engineroom.stores.sql.Codec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is said in SQL is what is said in Java, over values by chance and at the ends of ranges.
class PostgresFunctionsTest {
  private static final int VALUES = 4_000;
  private static PostgresDatabase database;

  @BeforeAll
  static void opened() {
    database = PostgresDatabase.open(Servers.fresh(), new FieldRules((_, _) -> List.of()));
  }

  @AfterAll
  static void closed() {
    database.close();
  }

  @Test
  void writes_floats_as_json() {
    same(floats(), "double precision", PostgresFunctions.NUMBER + "(v)", JsonText::number);
  }

  @Test
  void tells_the_exact_value_of_floats() {
    same(
        floats(),
        "double precision",
        "CAST(trim_scale(" + PostgresFunctions.EXACT + "(v)) AS text)",
        number -> new BigDecimal(number).stripTrailingZeros().add(BigDecimal.ZERO).toPlainString());
  }

  @Test
  void rounds_exact_values_to_the_float_that_they_came_from() {
    same(
        floats(),
        "double precision",
        "CAST(" + PostgresFunctions.REAL + "(" + PostgresFunctions.EXACT + "(v)) = v AS text)",
        _ -> "true");
  }

  @Test
  void has_no_float_beyond_the_range() {
    var beyond = new BigDecimal(Double.MAX_VALUE).add(BigDecimal.TWO.pow(970));
    var within = beyond.subtract(BigDecimal.ONE);
    same(
        List.of(beyond, within, beyond.negate()),
        "numeric",
        "coalesce(CAST(" + PostgresFunctions.REAL + "(v) AS text), 'none')",
        number -> number.compareTo(within) == 0 ? "1.7976931348623157e+308" : "none");
  }

  @Test
  void writes_durations() {
    var random = new Random(1);
    var spans =
        IntStream.range(0, VALUES)
            .mapToObj(i -> random.nextLong() >> (i % 60))
            .collect(Collectors.toCollection(ArrayList::new));
    spans.addAll(List.of(0L, 1L, -1L, -999_999L, 60_000_000L, -3_600_000_000L, 3_600_000_001L));
    same(
        spans,
        "bigint",
        PostgresFunctions.DURATION + "(v)",
        span -> Codec.duration(span).toString());
  }

  @Test
  void divides_and_rounds_half_up() {
    var random = new Random(2);
    var numbers =
        IntStream.range(0, VALUES).mapToObj(_ -> BigDecimal.valueOf(random.nextLong(), 4)).toList();
    same(
        numbers,
        "numeric",
        "CAST(" + PostgresFunctions.QUOTIENT + "(v, 700.003, 18) AS text)",
        number ->
            number.divide(new BigDecimal("700.003"), 18, RoundingMode.HALF_UP).toPlainString());
  }

  @Test
  void changes_the_case_of_every_character() {
    var texts =
        IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
            .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
            .mapToObj(point -> "a" + Character.toString(point) + "b " + Character.toString(point))
            .toList();
    same(
        texts,
        "text",
        "lower(v COLLATE \"pg_unicode_fast\")",
        text -> text.toLowerCase(Locale.ROOT));
    same(
        texts,
        "text",
        "upper(v COLLATE \"pg_unicode_fast\")",
        text -> text.toUpperCase(Locale.ROOT));
  }

  private static List<Double> floats() {
    var random = new Random(3);
    var floats = new ArrayList<Double>();
    for (var i = 0; i < VALUES; i++) {
      var any = Double.longBitsToDouble(random.nextLong());
      floats.add(Double.isFinite(any) ? any : random.nextDouble());
      floats.add(random.nextInt(100_000) / 100.0);
      floats.add((double) random.nextLong());
    }
    for (var i = 1; i < 200; i++) {
      floats.add(i * Double.MIN_VALUE);
      floats.add(-i * Double.MIN_VALUE);
    }
    floats.addAll(
        List.of(0.0, 1e17, Math.nextDown(1e17), 1e-5, Math.nextDown(1e-5), Double.MAX_VALUE));
    floats.addAll(List.of(Double.MIN_NORMAL, 1e15, 1e16));
    return floats;
  }

  private static <T> void same(
      List<T> values, String type, String sql, Function<T, String> expected) {
    var told = database.read(Duration.ofMinutes(1), c -> told(c, values, type, sql));
    for (var i = 0; i < values.size(); i++) {
      var value = values.get(i);
      if (!told.get(i).equals(expected.apply(value))) {
        assertThat(told.get(i)).as("of " + value).isEqualTo(expected.apply(value));
      }
    }
    assertThat(told).hasSameSizeAs(values);
  }

  private static List<String> told(
      PostgresConnection connection, List<?> values, String type, String sql) {
    var told = new ArrayList<String>();
    var array = new StringBuilder("{");
    for (var value : values) {
      var text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
      array.append(array.length() == 1 ? "\"" : ",\"");
      array.append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    var all =
        "SELECT " + sql + " FROM unnest(CAST(? AS " + type + "[])) WITH ORDINALITY AS u(v, n)";
    try (var rows = connection.rows(all + " ORDER BY n", array.append('}').toString())) {
      while (rows.next()) {
        told.add(rows.text(0));
      }
    }
    return told;
  }
}
