package {{package}}.client;

/**
 * A key of an order.
 *
 * @param <E> the rows that are put in order
 * @param text as `-placedAt`
 */
public record SortKey<E>(String text) {}
