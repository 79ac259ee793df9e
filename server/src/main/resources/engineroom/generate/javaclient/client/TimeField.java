package {{package}}.client;

import java.time.LocalDate;
import java.util.List;

/**
 * A field with moments or days.
 *
 * @param <E> the entity's rows
 * @param <V> the field's values
 */
public final class TimeField<E, V> extends OrderedField<E, V> {
  TimeField(List<String> path, Values<V> values) {
    super(path, values);
  }

  /** A field of an entity. */
  public TimeField(Values<V> values, String... path) {
    this(List.of(path), values);
  }

  /** It is on this day. */
  public Condition<E> on(LocalDate day) {
    return condition("on", Values.DAY.json(day));
  }

  /** Rows are grouped by the year, month, week, day or hour, as `2026-08`. */
  public Group<E, String> group(Part part) {
    return new Group<>(part.word + "(" + name() + ")", Values.TEXT);
  }

  /** A part of times. */
  public enum Part {
    YEAR("year"),
    MONTH("month"),
    WEEK("week"),
    DAY("day"),
    HOUR("hour");

    private final String word;

    Part(String word) {
      this.word = word;
    }
  }
}
