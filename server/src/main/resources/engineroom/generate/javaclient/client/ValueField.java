package {{package}}.client;

import java.util.List;

/**
 * A field with values that are the same or not.
 *
 * @param <E> the entity's rows
 * @param <V> the field's values
 */
public class ValueField<E, V> extends Field<E> {
  private final Values<V> values;

  ValueField(List<String> path, Values<V> values) {
    super(path);
    this.values = values;
  }

  /** A field of an entity. */
  public ValueField(Values<V> values, String... path) {
    this(List.of(path), values);
  }

  final Values<V> values() {
    return values;
  }

  /** It is this value. */
  public final Condition<E> is(V value) {
    return condition("eq", values.json(value));
  }

  /** It is another value than this one. */
  public final Condition<E> isNot(V value) {
    return condition("ne", values.json(value));
  }

  /** It is one of these values. */
  public final Condition<E> in(List<V> several) {
    return condition("in", values.listed().json(several));
  }

  /** It is none of these values. */
  public final Condition<E> notIn(List<V> several) {
    return condition("notIn", values.listed().json(several));
  }

  /** Rows are grouped by it. */
  public final Group<E, V> group() {
    return new Group<>(name(), values);
  }

  /** How many values of it there are. */
  public final Measure<E, Long> distinct() {
    return new Measure<>("distinct", name(), Values.WHOLE);
  }
}
