package {{package}}.client;

import java.util.List;

/**
 * A field with several values.
 *
 * @param <E> the entity's rows
 * @param <V> one of the values
 */
public final class ValuesField<E, V> extends Field<E> {
  private final Values<V> values;

  private ValuesField(List<String> path, Values<V> values) {
    super(path);
    this.values = values;
  }

  /** A field of an entity. */
  public ValuesField(Values<V> values, String... path) {
    this(List.of(path), values);
  }

  /** This is among its values. */
  public Condition<E> contains(V value) {
    return condition("contains", values.json(value));
  }

  /** Its values are these, in this order. */
  public Condition<E> is(List<V> all) {
    return condition("eq", values.listed().json(all));
  }
}
