package {{package}}.client;

/**
 * What is measured of groups of rows.
 *
 * @param <E> the rows
 * @param <V> what comes out
 * @param how `sum`
 * @param name of the field
 */
public record Measure<E, V>(String how, String name, Values<V> values) {
  /** The least first. */
  public SortKey<E> ascending() {
    return new SortKey<>(how + "." + name);
  }

  /** The greatest first. */
  public SortKey<E> descending() {
    return new SortKey<>("-" + how + "." + name);
  }

  /** Groups for which it is this value. */
  public Having<E> is(V value) {
    return having("eq", value);
  }

  /** Groups for which it is another value than this one. */
  public Having<E> isNot(V value) {
    return having("ne", value);
  }

  /** Groups for which it is less than this. */
  public Having<E> lessThan(V value) {
    return having("lt", value);
  }

  /** Groups for which it is this at most. */
  public Having<E> atMost(V value) {
    return having("lte", value);
  }

  /** Groups for which it is more than this. */
  public Having<E> moreThan(V value) {
    return having("gt", value);
  }

  /** Groups for which it is this at least. */
  public Having<E> atLeast(V value) {
    return having("gte", value);
  }

  private Having<E> having(String operator, V value) {
    return new Having<>(how + "." + name + "." + operator, values.json(value));
  }
}
