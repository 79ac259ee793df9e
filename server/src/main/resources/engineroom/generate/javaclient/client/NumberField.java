package {{package}}.client;

import java.math.BigDecimal;
import java.util.List;

/**
 * A field with numbers; money of one currency is in minor units.
 *
 * @param <E> the entity's rows
 * @param <V> the field's values
 */
public final class NumberField<E, V> extends OrderedField<E, V> {
  NumberField(List<String> path, Values<V> values) {
    super(path, values);
  }

  /** A field of an entity. */
  public NumberField(Values<V> values, String... path) {
    this(List.of(path), values);
  }

  /** All added up. */
  public Measure<E, V> sum() {
    return new Measure<>("sum", name(), values());
  }

  /** What they are on average. */
  public Measure<E, BigDecimal> average() {
    return new Measure<>("avg", name(), Values.DECIMAL);
  }
}
