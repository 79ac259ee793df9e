package {{package}}.client;

/**
 * What rows are put in groups by.
 *
 * @param <E> the rows
 * @param <V> what their groups have in common
 * @param name as `month(placedAt)`
 */
public record Group<E, V>(String name, Values<V> values) {}
