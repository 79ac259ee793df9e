package {{package}}.client;

import java.util.List;

/**
 * A field with values in an order.
 *
 * @param <E> the entity's rows
 * @param <V> the field's values
 */
public class OrderedField<E, V> extends ValueField<E, V> {
  OrderedField(List<String> path, Values<V> values) {
    super(path, values);
  }

  /** A field of an entity. */
  public OrderedField(Values<V> values, String... path) {
    this(List.of(path), values);
  }

  /** It is less than this. */
  public final Condition<E> lessThan(V value) {
    return condition("lt", values().json(value));
  }

  /** It is this at most. */
  public final Condition<E> atMost(V value) {
    return condition("lte", values().json(value));
  }

  /** It is more than this. */
  public final Condition<E> moreThan(V value) {
    return condition("gt", values().json(value));
  }

  /** It is this at least. */
  public final Condition<E> atLeast(V value) {
    return condition("gte", values().json(value));
  }

  /** It is from the one to the other, both of them included. */
  public final Condition<E> between(V from, V to) {
    return condition("between", values().listed().json(List.of(from, to)));
  }

  /** The least first; null last. */
  public final SortKey<E> ascending() {
    return new SortKey<>(name());
  }

  /** The greatest first; null last. */
  public final SortKey<E> descending() {
    return new SortKey<>("-" + name());
  }

  /** The least value. */
  public final Measure<E, V> min() {
    return new Measure<>("min", name(), values());
  }

  /** The greatest value. */
  public final Measure<E, V> max() {
    return new Measure<>("max", name(), values());
  }
}
