package {{package}}.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * How values of one kind are read from JSON and written to it. Null is JSON's null, both ways.
 *
 * @param <V> the values
 */
public final class Values<V> {
  /** Texts. */
  public static final Values<String> TEXT = new Values<>(Json::text, Json::of);

  /** Whole numbers. */
  public static final Values<Long> WHOLE =
      new Values<>(json -> number(json).longValueExact(), Json::of);

  /** Numbers. */
  public static final Values<Double> NUMBER =
      new Values<>(
          json -> number(json).doubleValue(),
          value -> new Json.Number(new BigDecimal(value.toString())));

  /** Exact numbers, which are texts in JSON. */
  public static final Values<BigDecimal> DECIMAL =
      new Values<>(Values::number, value -> Json.of(value.toPlainString()));

  /** Yes or no. */
  public static final Values<Boolean> TRUTH =
      new Values<>(json -> json instanceof Json.Bool bool && bool.value(), Json::of);

  /** Moments. */
  public static final Values<Instant> MOMENT = texts(Instant::parse);

  /** Days. */
  public static final Values<LocalDate> DAY = texts(LocalDate::parse);

  /** Times of a day. */
  public static final Values<LocalTime> TIME = texts(LocalTime::parse);

  /** Spans of time. */
  public static final Values<Duration> SPAN = texts(Duration::parse);

  /** UUIDs. */
  public static final Values<UUID> UUIDS = texts(UUID::fromString);

  /** Any JSON. */
  public static final Values<Json> JSON = new Values<>(json -> json, json -> json);

  /** Amounts of money. */
  public static final Values<Money> MONEY = new Values<>(Money::read, Money::json);

  /** Places. */
  public static final Values<Point> POINT = new Values<>(Point::read, Point::json);

  private final Function<Json, V> read;
  private final Function<V, Json> write;

  private Values(Function<Json, V> read, Function<V, Json> write) {
    this.read = read;
    this.write = write;
  }

  private static <V> Values<V> texts(Function<String, V> parse) {
    return new Values<>(json -> parse.apply(json.text()), value -> Json.of(value.toString()));
  }

  /** The choices of a field. */
  public static <V extends Enum<V> & Choice> Values<V> choices(V[] all) {
    return new Values<>(json -> choice(all, json.text()), value -> Json.of(value.value()));
  }

  private static <V extends Enum<V> & Choice> V choice(V[] all, String text) {
    for (var one : all) {
      if (one.value().equals(text)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        text + " is no choice that this client knows. Make it again from the model.");
  }

  private static BigDecimal number(Json json) {
    return json instanceof Json.Number number ? number.value() : new BigDecimal(json.text());
  }

  /** Lists of such values. */
  public Values<List<V>> listed() {
    return new Values<>(
        json -> json.elements().stream().map(this::read).toList(),
        values -> Json.of(values.stream().map(this::json).toList()));
  }

  /** The value; null where there is none. */
  public V read(Json json) {
    return json == Json.Null.NULL ? null : read.apply(json);
  }

  /** As JSON has it. */
  public Json json(V value) {
    return value == null ? Json.Null.NULL : write.apply(value);
  }

  /** A value of a field that has choices. */
  public interface Choice {
    /** As the model names it. */
    String value();
  }
}
